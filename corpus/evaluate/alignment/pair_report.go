package alignment

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify/align"
)

// pairSum is the figures of one kind of pairs of different pages.
type pairSum struct {
	Set        string         `json:"set"`
	Kind       string         `json:"kind"`
	Drawn      int            `json:"drawn"`
	LeftOut    map[string]int `json:"left_out"` // by reason
	N          int            `json:"n"`
	Pictures   int            `json:"pictures"` // different ones in these pairs
	Located    int            `json:"located"`
	Words      int            `json:"located_by_words"`   // of the located, rightly
	Drawing    int            `json:"located_by_drawing"` // of the located, rightly
	False      int            `json:"false"`              // of the located: nothing is shared there
	FalseMost  float64        `json:"false_upper"`        // 95 % upper bound of the rate
	Same       int            `json:"same"`
	Altered    int            `json:"altered"`
	StatedMost float64        `json:"stated_upper"` // of same and altered together
}

func pairSums(all []*pairOutcome) []pairSum {
	var out []pairSum
	for _, set := range []string{"dev", "held"} {
		of := func(kind string) []*pairOutcome {
			var part []*pairOutcome
			for _, o := range all {
				if o.Set == set && (kind == "" || o.Kind == kind) {
					part = append(part, o)
				}
			}
			return part
		}
		if len(of("")) == 0 {
			continue
		}
		for _, k := range pairKinds {
			out = append(out, pairsAdded(set, relationNames[k], of(relationNames[k])))
		}
		out = append(out, pairsAdded(set, "= all", of("")))
	}
	return out
}

func pairsAdded(set, kind string, part []*pairOutcome) pairSum {
	s := pairSum{Set: set, Kind: kind, Drawn: len(part), LeftOut: map[string]int{}}
	pictures := map[string]bool{}
	for _, o := range part {
		if o.LeftOut != "" {
			s.LeftOut[o.LeftOut]++
			continue
		}
		s.N++
		pictures[o.Picture] = true
		s.Located += one(o.Located)
		s.Words += one(o.Located && o.Shares == sharedWords)
		s.Drawing += one(o.Located && o.Shares == sharedDrawing)
		s.False += one(o.falsely())
		s.Same += one(o.State == align.Same)
		s.Altered += one(o.State == align.Altered)
	}
	s.Pictures, s.FalseMost, s.StatedMost = len(pictures), bench.Upper(s.False, s.N), bench.Upper(s.Same+s.Altered, s.N)
	return s
}

// pairTable writes the sums for people.
func (r *report) pairTable(out io.Writer) {
	if len(r.PairSums) == 0 {
		return
	}
	fmt.Fprint(out, "\nPairs of different pages: a window of one against the full-page capture of another\n")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "set\tpairs\tn\tleft out\tpictures\tlocated\tby words\tby drawing\tfalsely\tat most\tsame\taltered\tat most\n")
	for _, s := range r.PairSums {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.2f %%\t%d\t%d\t%.2f %%\n", s.Set, s.Kind, s.N, s.Drawn-s.N, s.Pictures,
			s.Located, s.Words, s.Drawing, s.False, 100*s.FalseMost, s.Same, s.Altered, 100*s.StatedMost)
	}
	_ = w.Flush()
	fmt.Fprintf(out, "at most: the upper bound of the rate at %.0f %% confidence (Clopper and Pearson), pairs taken for independent\n", 100*bench.Level)
}
