package evaluate_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/evaluate"
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

func byHand(t *testing.T) *score.Model {
	t.Helper()
	m, err := score.ByHand()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func found(group, finding string) rows.Evidence { return rows.Evidence{Group: group, Finding: finding} }

// claims are five classes on eight sites, all on the test side, judged by the embedded
// model: witnessed ones at +1, old copies at -1, unwitnessed ones of both truths at 0,
// and ordinary pages.
func claims() *rows.Set {
	s := &rows.Set{Header: rows.Header{Schema: rows.Schema, Corpus: strings.Repeat("ab", 32)}, Digest: strings.Repeat("cd", 32)}
	add := func(class string, truth rows.Truth, word string, e ...rows.Evidence) {
		for i := range 16 {
			s.Rows = append(s.Rows, rows.Row{Claim: fmt.Sprintf("%s-%02d", class, i), Split: rows.Test, Site: fmt.Sprintf("site%d", i%8),
				Family: fmt.Sprintf("f%d", i%3), Class: class, Truth: truth, Word: word, Program: "0.3.0", Evidence: e})
		}
	}
	add("archived", rows.Genuine, "supported", found("witness", "witness.archive_same"), found("file", "metadata.nothing"))
	add("unwitnessed", rows.Genuine, "inconclusive", found("witness", "witness.not_seen"))
	add("browser", rows.Edited, "inconclusive", found("witness", "witness.not_seen"))
	add("oldcopy", rows.Edited, "contradicted", found("version", "version.old_copy"), found("file", "metadata.editor"))
	add("ordinary", rows.NotDefaced, "inconclusive", found("witness", "witness.ordinary_page"))
	return s
}

func config(t *testing.T) evaluate.Config {
	return evaluate.Config{Model: byHand(t), Program: "0.3.0", Bootstrap: lr.Bootstrap{Seed: 1, Replicates: 100}}
}

func figure(t *testing.T, all []evaluate.Figure, name string) evaluate.Figure {
	t.Helper()
	i := slices.IndexFunc(all, func(f evaluate.Figure) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no figure %s in %v", name, all)
	}
	return all[i]
}

// Half of each truth costs log2(1.1) bits, the other half 1.
func TestFiguresAreThoseWorkedOutByHand(t *testing.T) {
	r, err := evaluate.Measure(t.Context(), claims(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{
		"cllr": (math.Log2(1.1) + 1) / 2, "cllr_min": 0.5, "auc": 0.875, "strongly_misleading": 0,
	} {
		f := figure(t, r.Overall, name)
		if math.Abs(f.Value-want) > 1e-9 {
			t.Errorf("%s is %v, want %v", name, f.Value, want)
		}
		if f.Interval == nil || f.Value < f.Interval.Low-1e-9 || f.Value > f.Interval.High+1e-9 {
			t.Errorf("%s %v has the interval %v", name, f.Value, f.Interval)
		}
	}
	if i := figure(t, r.Overall, "strongly_misleading").Interval; math.Abs(i.High-(1-math.Pow(0.025, 1.0/64))) > 1e-9 {
		t.Errorf("none of 64 misled, and the rate's interval is %v", i)
	}
	if r.Genuine != 32 || r.False != 32 || r.Claims != 80 || r.Sites != 8 || r.Families != 3 || r.Other != 0 {
		t.Errorf("counted %+v", r)
	}
}

// Sixteen more claims, false ones that an archive bears out.
func TestStronglyMisleadingEvidenceIsCountedAmongAllAndInItsClass(t *testing.T) {
	s := claims()
	for i := range 16 {
		s.Rows = append(s.Rows, rows.Row{Claim: fmt.Sprintf("forged-%02d", i), Split: rows.Test, Site: fmt.Sprintf("site%d", i%8), Family: "f0",
			Class: "forged", Truth: rows.Edited, Word: "supported", Program: "0.3.0", Evidence: []rows.Evidence{found("witness", "witness.archive_same")}})
	}
	r, err := evaluate.Measure(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if f := figure(t, r.Overall, "strongly_misleading"); f.Value != 16.0/80 || f.Interval.Low >= f.Value || f.Interval.High <= f.Value {
		t.Errorf("16 of 80 misled: %v in %v", f.Value, f.Interval)
	}
	c := r.Classes[slices.IndexFunc(r.Classes, func(c evaluate.Class) bool { return c.Class == "forged" })]
	if f := figure(t, c.Figures, "strongly_misleading"); f.Value != 1 || f.Interval.High != 1 {
		t.Errorf("all of the class misled: %v in %v", f.Value, f.Interval)
	}
}

func TestEveryClassHasItsWordsAndItsOwnCost(t *testing.T) {
	r, err := evaluate.Measure(t.Context(), claims(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Classes) != 5 {
		t.Fatalf("%d classes", len(r.Classes))
	}
	for _, want := range []struct {
		class, word  string
		cost, median float64
	}{
		{"archived", "supported", math.Log2(1.1), 1}, {"browser", "inconclusive", 1, 0},
		{"oldcopy", "contradicted", math.Log2(1.1), -1}, {"unwitnessed", "inconclusive", 1, 0},
	} {
		c := r.Classes[slices.IndexFunc(r.Classes, func(c evaluate.Class) bool { return c.Class == want.class })]
		if c.Words[want.word] != 16 || len(c.Words) != 5 || c.Median != want.median {
			t.Errorf("%s: words %v, median %v", want.class, c.Words, c.Median)
		}
		if got := figure(t, c.Figures, "penalty").Value; math.Abs(got-want.cost) > 1e-9 {
			t.Errorf("%s costs %v bits, want %v", want.class, got, want.cost)
		}
	}
	if c := r.Classes[2]; c.Class != "oldcopy" && (c.Class != "ordinary" || c.Figures != nil || c.Words["inconclusive"] != 16) {
		t.Errorf("the ordinary page: %+v", c)
	}
	i := slices.IndexFunc(r.Words, func(w evaluate.Words) bool { return w.Truth == rows.Edited })
	if w := r.Words[i]; w.Claims != 32 || w.Words["contradicted"] != 16 || w.Words["inconclusive"] != 16 {
		t.Errorf("edited: %+v", w)
	}
}

func TestWithoutAKindOfEvidenceWhatRestedOnItIsLost(t *testing.T) {
	r, err := evaluate.Measure(t.Context(), claims(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(r.Ablation, func(a evaluate.Ablation) bool { return a.Evidence == "witness" })
	a := r.Ablation[i]
	// Alone: half of the genuine claims at +1, all else at 0.
	if got, want := figure(t, a.Alone, "cllr").Value, ((math.Log2(1.1)+1)/2+1)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("the witness alone gives Cllr %v, want %v", got, want)
	}
	if got, want := figure(t, a.Without, "auc").Value, 0.75; math.Abs(got-want) > 1e-9 {
		t.Errorf("without the witness AUC is %v, want %v", got, want)
	}
	if a.Claims != 48 || len(r.Ablation) != 3 {
		t.Errorf("%d claims have a witness item; %d kinds", a.Claims, len(r.Ablation))
	}
}

func TestWhatTheModelWasFittedOnIsNotMeasured(t *testing.T) {
	cfg := config(t)
	cfg.Model.Training = &score.Training{Sites: []string{"site3"}}
	if _, err := evaluate.Measure(t.Context(), claims(), cfg); !errors.Is(err, rows.ErrSplit) {
		t.Errorf("a site of the training: %v", err)
	}
	cfg.Model.Training = &score.Training{Families: []string{"f1"}}
	if _, err := evaluate.Measure(t.Context(), claims(), cfg); !errors.Is(err, rows.ErrSplit) {
		t.Errorf("a family of the training: %v", err)
	}
	cfg.Model.Training = &score.Training{Sites: []string{"elsewhere"}, Families: []string{"other"}}
	if _, err := evaluate.Measure(t.Context(), claims(), cfg); err != nil {
		t.Errorf("nothing shared: %v", err)
	}
}

func TestWhatCannotBeMeasuredIsRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*rows.Set)
		want   error
	}{
		"no test side": {func(s *rows.Set) {
			for i := range s.Rows {
				s.Rows[i].Split = rows.Train
			}
		}, lr.ErrEmpty},
		"one truth":        {func(s *rows.Set) { s.Rows = s.Rows[:32] }, lr.ErrOneTruth},
		"both sides":       {func(s *rows.Set) { s.Rows[0].Split = rows.Train }, rows.ErrSplit},
		"unknown evidence": {func(s *rows.Set) { s.Rows[0].Evidence = []rows.Evidence{found("witness", "witness.surely")} }, score.ErrModel},
	} {
		s := claims()
		c.change(s)
		if _, err := evaluate.Measure(t.Context(), s, config(t)); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
	if _, err := evaluate.Measure(t.Context(), claims(), evaluate.Config{}); !errors.Is(err, score.ErrModel) {
		t.Errorf("no model: %v", err)
	}
}

func TestOneSiteGivesFiguresWithoutIntervals(t *testing.T) {
	s := claims()
	for i := range s.Rows {
		s.Rows[i].Site = "one"
	}
	r, err := evaluate.Measure(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if f := figure(t, r.Overall, "cllr"); f.Interval != nil {
		t.Errorf("an interval from one site: %v", f.Interval)
	}
}

func TestTheSameRowsGiveTheSameFilesInWhateverOrder(t *testing.T) {
	files := func(s *rows.Set) []evaluate.File {
		r, err := evaluate.Measure(t.Context(), s, config(t))
		if err != nil {
			t.Fatal(err)
		}
		all, err := r.Files()
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	s := claims()
	first := files(s)
	slices.Reverse(s.Rows)
	for i, f := range files(s) {
		if !bytes.Equal(f.Data, first[i].Data) {
			t.Errorf("%s differs", f.Name)
		}
	}
}

func TestFilesCanBeReadByTheirOwnKind(t *testing.T) {
	r, err := evaluate.Measure(t.Context(), claims(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	files, err := r.Files()
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{"words.csv": 6, "claims.csv": 81, "figures.csv": 1 + 7 + 4*6 + 3*8 + 1 + 5} // the last of decisions, and of the file as a baseline
	for _, f := range files {
		switch {
		case strings.HasSuffix(f.Name, ".json"):
			var back evaluate.Report
			if err := json.Unmarshal(f.Data, &back); err != nil || back.Schema != evaluate.Schema || back.Genuine != 32 {
				t.Errorf("%s: %v", f.Name, err)
			}
		case strings.HasSuffix(f.Name, ".csv"):
			all, err := csv.NewReader(bytes.NewReader(f.Data)).ReadAll()
			if err != nil || len(all) != lines[f.Name] {
				t.Errorf("%s: %d lines, want %d: %v", f.Name, len(all), lines[f.Name], err)
			}
		case strings.HasSuffix(f.Name, ".svg"):
			d := xml.NewDecoder(bytes.NewReader(f.Data))
			paths := 0
			for {
				tok, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "path" {
					paths++
				}
			}
			if paths < 10 {
				t.Errorf("%s: %d paths", f.Name, paths)
			}
		default:
			t.Errorf("a file called %s", f.Name)
		}
	}
	if len(files) != 7 {
		t.Errorf("%d files", len(files))
	}
}

func TestAModelsNameCannotCommandATerminal(t *testing.T) {
	cfg := config(t)
	cfg.Model.Name = "x\x1b[2Jy"
	r, err := evaluate.Measure(t.Context(), claims(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Text(&b); err != nil || strings.Contains(b.String(), "\x1b") {
		t.Errorf("%v: %q", err, b.String())
	}
}

func TestTheTextTellsFiguresClassesAndOtherWords(t *testing.T) {
	s := claims()
	s.Rows[0].Word = "leans genuine"
	r, err := evaluate.Measure(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Text(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"32 genuine, 32 false", "not calibrated", "cllr_min", "oldcopy", "by another model or version: 1"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
	t.Log("\n" + b.String())
}

// Two thousand claims of thirteen classes about forty sites, at the usual number of
// draws.
func BenchmarkMeasure(b *testing.B) {
	m, err := score.ByHand()
	if err != nil {
		b.Fatal(err)
	}
	s := &rows.Set{Header: rows.Header{Schema: rows.Schema}}
	for i := range 2000 {
		truth, e := rows.Genuine, found("witness", "witness.archive_same")
		if i%13 > 4 {
			truth, e = rows.Edited, found("version", "version.old_copy")
		}
		r := rows.Row{Claim: fmt.Sprint("c", i), Split: rows.Test, Site: fmt.Sprint("s", i%40), Class: fmt.Sprint("k", i%13), Truth: truth, Word: "inconclusive", Program: "0"}
		if i%3 > 0 {
			r.Evidence = []rows.Evidence{e}
		}
		s.Rows = append(s.Rows, r)
	}
	for b.Loop() {
		if _, err := evaluate.Measure(b.Context(), s, evaluate.Config{Model: m, Program: "0"}); err != nil {
			b.Fatal(err)
		}
	}
}
