package evaluate

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/defacecheck/defacecheck/corpus/evaluate/plots"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// File is one file of a report.
type File struct {
	Name string
	Data []byte
}

// Files are the report as files: evaluation.json, the whole; figures.csv and words.csv,
// its tables; claims.csv, what each claim got; and the plots tippett.svg,
// reliability.svg and roc.svg.
func (r *Report) Files() ([]File, error) {
	var files []File
	for _, f := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"evaluation.json", r.json},
		{"figures.csv", r.figures},
		{"words.csv", r.words},
		{"claims.csv", r.claims},
		{"tippett.svg", func() ([]byte, error) { return plots.Tippett(r.Curves.TippettGenuine, r.Curves.TippettFalse) }},
		{"reliability.svg", func() ([]byte, error) { return plots.Reliability(r.Curves.Reliability) }},
		{"roc.svg", func() ([]byte, error) { return plots.ROC(r.Curves.ROC) }},
	} {
		data, err := f.make()
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", f.name, err)
		}
		files = append(files, File{f.name, data})
	}
	return files, nil
}

func (r *Report) json() ([]byte, error) {
	data, err := json.MarshalIndent(r, "", "  ")
	return append(data, '\n'), err
}

// table writes lines of CSV.
func table(lines [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	err := w.WriteAll(lines)
	return b.Bytes(), err
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// figures has one line a figure; the scope is overall, decidable, decisions, a
// baseline, a class, or evidence that was left out or alone.
func (r *Report) figures() ([]byte, error) {
	lines := [][]string{{"scope", "name", "figure", "value", "low", "high", "claims"}}
	add := func(scope, name string, all []Figure, claims int) {
		for _, f := range all {
			low, high := "", ""
			if f.Interval != nil {
				low, high = number(f.Interval.Low), number(f.Interval.High)
			}
			lines = append(lines, []string{scope, name, f.Name, number(f.Value), low, high, strconv.Itoa(claims)})
		}
	}
	add("overall", "", r.Overall, r.Genuine+r.False)
	if d := r.Decidable; d != nil {
		add("decidable", "", d.Figures, d.Genuine+d.False)
	}
	for _, b := range r.Baselines {
		add("baseline", b.Name, append(slices.Clone(b.Figures), Figure{Name: "wrong", Value: b.Wrong}), b.Claims)
	}
	add("decisions", "", []Figure{{Name: "wrong", Value: r.Decisions.Wrong}}, r.Decisions.Decided)
	for _, c := range r.Classes {
		add("class", c.Class, c.Figures, c.Claims)
	}
	for _, a := range r.Ablation {
		add("without", a.Evidence, a.Without, a.Claims)
		add("alone", a.Evidence, a.Alone, a.Claims)
	}
	return table(lines)
}

// words has one line a class.
func (r *Report) words() ([]byte, error) {
	lines := [][]string{append([]string{"class", "truth", "claims", "sites"}, rows.Words()...)}
	for _, c := range r.Classes {
		line := []string{c.Class, string(c.Truth), strconv.Itoa(c.Claims), strconv.Itoa(c.Sites)}
		for _, w := range rows.Words() {
			line = append(line, strconv.Itoa(c.Words[w]))
		}
		lines = append(lines, line)
	}
	return table(lines)
}

func (r *Report) claims() ([]byte, error) {
	lines := [][]string{{"claim", "site", "family", "class", "truth", "log10_lr", "word"}}
	for _, c := range r.Scored {
		lines = append(lines, []string{c.Row.Claim, c.Row.Site, c.Row.Family, c.Row.Class, string(c.Row.Truth), number(c.Log10LR), c.Word})
	}
	return table(lines)
}
