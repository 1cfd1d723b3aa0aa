package evaluate_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/calibrate"
	"github.com/defacecheck/defacecheck/corpus/evaluate"
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// TestMethodTellsTheFiguresOfItsRows weighs the claims of testdata/rows.jsonl anew, which
// are those that METHOD.md tells of, and wants its tables there to the letter: whoever
// changes a weight, a bound or a figure's definition must tell what becomes of them.
func TestMethodTellsTheFiguresOfItsRows(t *testing.T) {
	f, err := os.Open("testdata/rows.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	set, err := rows.Read(f, rows.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../../METHOD.md")
	if err != nil {
		t.Fatal(err)
	}
	builtIn, err := score.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	fitted, err := calibrate.Fit(t.Context(), set, calibrate.Config{Base: byHand(t), Program: builtIn.Training.Program})
	if err != nil {
		t.Fatal(err)
	}
	if fitted.Digest() != builtIn.Digest() {
		t.Error("the embedded model is not the one fitted to these rows: make model")
	}
	var reports [2]*evaluate.Report
	for i, m := range []*score.Model{fitted, byHand(t)} {
		// The seed and the number of drawings are the command's defaults.
		cfg := evaluate.Config{Model: m, Program: "test", Bootstrap: lr.Bootstrap{Seed: 1}}
		if reports[i], err = evaluate.Measure(t.Context(), set, cfg); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{
		counts(reports[0]), learnt(fitted), weights(fitted, byHand(t)), figures(t, reports), simpler(t, reports),
		byClass("built-in", reports[0]), byClass("by hand", reports[1]), leftOut(t, reports[0]),
	} {
		if !strings.Contains(string(text), table) {
			t.Errorf("METHOD.md should have:\n\n%s", table)
		}
	}
}

// weights are those that fitting set, beside those set by hand.
func weights(fitted, hand *score.Model) string {
	var b strings.Builder
	b.WriteString("| finding | claims | by hand | fitted |\n|---|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(fitted.Findings)) {
		w, h := fitted.Findings[name], hand.Findings[name]
		switch {
		case w.Claims == 0 || h.Factor == nil && h.Log10LR == 0:
		case w.Factor != nil:
			fmt.Fprintf(&b, "| `%s` | %d | computed, times %.2f | times %.2f |\n", name, w.Claims, *h.Factor, *w.Factor)
		default:
			fmt.Fprintf(&b, "| `%s` | %d | %+.2f | %+.2f |\n", name, w.Claims, h.Log10LR, w.Log10LR)
		}
	}
	return b.String()
}

func counts(r *evaluate.Report) string {
	return fmt.Sprintf("%d claims, of %d sites and %d families: %d genuine, %d false, %d of the ordinary page",
		r.Claims, r.Sites, r.Families, r.Genuine, r.False, r.Claims-r.Genuine-r.False)
}

func learnt(m *score.Model) string {
	return fmt.Sprintf("on %d genuine and %d false claims of %d sites, supports log10 LRs from %.2f to %.2f",
		m.Training.Genuine, m.Training.False, len(m.Training.Sites), m.Total.Lower, m.Total.Upper)
}

func figures(t *testing.T, reports [2]*evaluate.Report) string {
	t.Helper()
	d := reports[0].Decidable
	if d == nil {
		t.Fatal("no claim was decidable")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| test side | built-in, all claims | built-in, %d genuine and %d false ones that a witness could decide | by hand, all | by hand, those |\n|---|---|---|---|---|\n",
		d.Genuine, d.False)
	for _, row := range []struct{ words, name string }{
		{"area under the ROC curve", "auc"},
		{"Cllr", "cllr"},
		{"the least that any calibration reaches", "cllr_min"},
		{"what calibration costs", "cllr_cal"},
		{"Brier score", "brier"},
		{"expected calibration error", "ece"},
		{"strongly misleading (LR of ten and more on the wrong side)", "strongly_misleading"},
	} {
		fmt.Fprintf(&b, "| %s |", row.words)
		for _, r := range reports {
			fmt.Fprintf(&b, " %s | %s |", spanned(t, r.Overall, row.name), spanned(t, r.Decidable.Figures, row.name))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func spanned(t *testing.T, all []evaluate.Figure, name string) string {
	t.Helper()
	f := figure(t, all, name)
	if f.Interval == nil {
		t.Fatalf("%s has no interval", name)
	}
	return fmt.Sprintf("%.3f (%.3f to %.3f)", f.Value, f.Interval.Low, f.Interval.High)
}

func simpler(t *testing.T, reports [2]*evaluate.Report) string {
	t.Helper()
	words := map[string]string{
		"phash_archive":  "distance of perceptual hashes (64 bits) to the nearest archived capture",
		"phash_live":     "the same to the live page",
		"pixels_archive": "difference of pixels to the nearest archived capture",
		"pixels_live":    "the same to the live page, of pixels",
		"metadata_alone": "what the file says of itself, alone",
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| as many decisions as the built-in model makes | wrong of %d | area | Cllr |\n|---|---|---|---|\n", reports[0].Decisions.Decided)
	line := func(what string, wrong float64, all []evaluate.Figure) {
		fmt.Fprintf(&b, "| %s | %g | %.3f | %.2f |\n", what, wrong, figure(t, all, "auc").Value, figure(t, all, "cllr").Value)
	}
	line("the built-in model", reports[0].Decisions.Wrong, reports[0].Overall)
	line(fmt.Sprintf("the model set by hand, of its own %d", reports[1].Decisions.Decided), reports[1].Decisions.Wrong, reports[1].Overall)
	for _, base := range reports[0].Baselines {
		line(words[base.Name], base.Wrong, base.Figures)
	}
	return b.String()
}

func byClass(model string, r *evaluate.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| class, %s model |", model)
	for _, w := range rows.Words() {
		fmt.Fprintf(&b, " %s |", w)
	}
	b.WriteString("\n|---|---|---|---|---|---|\n")
	for _, c := range r.Classes {
		fmt.Fprintf(&b, "| %s |", c.Class)
		for _, w := range rows.Words() {
			if c.Words[w] == 0 {
				b.WriteString(" |")
			} else {
				fmt.Fprintf(&b, " %d |", c.Words[w])
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func leftOut(t *testing.T, r *evaluate.Report) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| kind of evidence | claims that have it | Cllr without | Cllr by it alone |\n|---|---|---|---|\n")
	for _, a := range r.Ablation {
		fmt.Fprintf(&b, "| %s | %d | %.3f | %.3f |\n", a.Evidence, a.Claims, figure(t, a.Without, "cllr").Value, figure(t, a.Alone, "cllr").Value)
	}
	return b.String()
}
