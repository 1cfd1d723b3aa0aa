package evaluate

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// longestName bounds a model's name and version on a terminal, in characters.
const longestName = 80

// Text writes the report for a person: figures, classes and words. Names in rows are
// plain letters; a model's can be anything and are made safe.
func (r *Report) Text(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%d claims of the test side, about %d sites: %d genuine, %d false\n", r.Claims, r.Sites, r.Genuine, r.False)
	fmt.Fprintf(t, "model %s %s (%s)\n\n", plain.Text(r.Model.Name, longestName), plain.Text(r.Model.Version, longestName), calibrated(r.Model.Calibrated))
	fmt.Fprintf(t, "FIGURE\tVALUE\t95 %% BY SITE\n")
	for _, f := range r.Overall {
		fmt.Fprintf(t, "%s\t%.4f\t%s\n", f.Name, f.Value, span(f))
	}
	if d := r.Decidable; d != nil {
		fmt.Fprintf(t, "\nOF %d GENUINE AND %d FALSE CLAIMS THAT A WITNESS COULD DECIDE\n", d.Genuine, d.False)
		for _, f := range d.Figures {
			fmt.Fprintf(t, "%s\t%.4f\t%s\n", f.Name, f.Value, span(f))
		}
	}
	fmt.Fprintf(t, "\nWRONG OF %d DECIDED\tWRONG\tAUC\tCLLR\n", r.Decisions.Decided)
	fmt.Fprintf(t, "this model\t%g\t%s\t%s\n", r.Decisions.Wrong, value(r.Overall, "auc"), value(r.Overall, "cllr"))
	for _, b := range r.Baselines {
		fmt.Fprintf(t, "%s\t%g\t%s\t%s\n", b.Name, b.Wrong, value(b.Figures, "auc"), value(b.Figures, "cllr"))
	}
	fmt.Fprintf(t, "\nCLASS\tTRUTH\tCLAIMS\tSUPPORTED\tLEANS G.\tINCONCL.\tLEANS F.\tCONTRAD.\tMISLEADING\n")
	for _, c := range r.Classes {
		fmt.Fprintf(t, "%s\t%s\t%d", c.Class, c.Truth, c.Claims)
		for _, word := range rows.Words() {
			fmt.Fprintf(t, "\t%d", c.Words[word])
		}
		fmt.Fprintf(t, "\t%s\n", misleading(c))
	}
	if r.Other > 0 {
		fmt.Fprintf(t, "\nClaims that had another word when they were judged, by another model or version: %d\n", r.Other)
	}
	return t.Flush()
}

func calibrated(yes bool) string {
	if yes {
		return "calibrated"
	}
	return "not calibrated"
}

func span(f Figure) string {
	if f.Interval == nil {
		return "too few sites"
	}
	return fmt.Sprintf("%.4f to %.4f", f.Interval.Low, f.Interval.High)
}

func value(all []Figure, name string) string {
	for _, f := range all {
		if f.Name == name {
			return fmt.Sprintf("%.4f", f.Value)
		}
	}
	return "-"
}

func misleading(c Class) string {
	for _, f := range c.Figures {
		if f.Name == "strongly_misleading" {
			return fmt.Sprintf("%.1f %%", 100*f.Value)
		}
	}
	return "-"
}
