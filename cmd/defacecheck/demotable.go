package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// trial is what became of one labelled claim.
type trial struct {
	claim   synth.Claim
	dir     string         // of the report
	result  *verify.Result // nil when it failed
	failure string
}

// right says whether the verdict is one that a careful person would give.
func (o trial) right() bool {
	return o.result != nil && o.claim.Expect.Met(o.result.Verdict)
}

// got is the verdict in the words of the table.
func (o trial) got() string {
	if o.result == nil {
		return "failed"
	}
	v := o.result.Verdict
	return described(string(v.Word), string(v.Answer), string(v.Leaning))
}

func (o trial) expected() string {
	e := o.claim.Expect
	return described(alternatives(e.Words), alternatives(e.Answers), alternatives(e.Leanings))
}

// described leaves out what is usual: a claim that was judged, and no leaning.
func described(word, answer, leaning string) string {
	if answer != string(verify.Judged) {
		word += " (" + strings.ReplaceAll(answer, "_", " ") + ")"
	}
	if leaning != "" {
		word += ", " + leaning
	}
	return word
}

// alternatives joins what is accepted; where nothing at all would do as well,
// nothing is said.
func alternatives[T ~string](all []T) string {
	if slices.Contains(all, T("")) {
		return ""
	}
	var parts []string
	for _, v := range all {
		parts = append(parts, string(v))
	}
	return strings.Join(parts, " or ")
}

func (p *program) printOutcomes(all []trial) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CLAIM\tTRUTH\tEXPECTED\tGOT\tLOG10 LR\t")
	wrong := 0
	for _, o := range all {
		mark, lr := "", "-"
		if o.result != nil {
			lr = fmt.Sprintf("%+.2f", o.result.Verdict.Log10LR)
		}
		if !o.right() {
			mark = "NOT AS EXPECTED"
			wrong++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", o.claim.Name, strings.ReplaceAll(string(o.claim.Truth), "_", " "),
			o.expected(), o.got(), lr, mark)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, o := range all {
		p.printOutcome(o)
	}
	if wrong > 0 {
		return fmt.Errorf("verify the demonstration: %d of %d claims did not come out as expected", wrong, len(all))
	}
	return nil
}

// printOutcome writes what a reader wants after the table.
func (p *program) printOutcome(o trial) {
	fmt.Fprintf(p.stdout, "\n%s: %s\n", o.claim.Name, o.claim.Title)
	if o.result == nil {
		fmt.Fprintf(p.stdout, "  %s\n", plain.Text(o.failure, maxError))
		return
	}
	fmt.Fprintf(p.stdout, "  %s\n", plain.Text(o.result.Verdict.Sentence, maxError))
	if !o.right() {
		fmt.Fprintf(p.stdout, "  expected, because %s\n", o.claim.Expect.Why)
	}
	fmt.Fprintf(p.stdout, "  %s\n", filepath.Join(o.dir, report.HTMLName))
}
