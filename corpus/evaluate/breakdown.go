package evaluate

import (
	"context"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

func byClaim(a, b ScoredClaim) int { return strings.Compare(a.Row.Claim, b.Row.Claim) }

// classes measures each class against all claims of the other truth.
func classes(ctx context.Context, all []ScoredClaim, cfg Config) ([]Class, error) {
	var out []Class
	for _, name := range distinct(all, func(c ScoredClaim) string { return c.Row.Class }) {
		own := ofClass(all, name)
		c := Class{
			Class: name, Truth: own[0].Row.Truth, Claims: len(own), Words: count(own), Median: median(own),
			Sites: len(distinct(own, func(c ScoredClaim) string { return c.Row.Site })),
		}
		if c.Truth.Decided() {
			genuine := c.Truth == rows.Genuine
			var err error
			if c.Figures, err = measured(ctx, against(all, own, genuine), cfg.Bootstrap, ofSide(genuine)); err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	return out, nil
}

func ofClass(all []ScoredClaim, class string) []ScoredClaim {
	var own []ScoredClaim
	for _, c := range all {
		if c.Row.Class == class {
			own = append(own, c)
		}
	}
	return own
}

// against are a class's claims and all claims of the other truth.
func against(all, own []ScoredClaim, genuine bool) []lr.Case {
	out := cases(own)
	for _, c := range cases(all) {
		if c.Genuine != genuine {
			out = append(out, c)
		}
	}
	return out
}

// ofSide are the figures of a class: how well it is told from the other truth, what
// its own claims cost, and how many of them are strongly misleading.
func ofSide(genuine bool) []named {
	return append(telling(),
		named{name: "penalty", of: func(s lr.Sample) float64 { return s.MeanPenalty(genuine) }},
		rate("strongly_misleading", func(s lr.Sample) (seen, among int) {
			g, f := s.StronglyMisleading()
			if genuine {
				return g, s.Genuine()
			}
			return f, s.False()
		}))
}

// count counts verdict words; every word has an entry.
func count(all []ScoredClaim) map[string]int {
	n := map[string]int{}
	for _, w := range rows.Words() {
		n[w] = 0
	}
	for _, c := range all {
		n[c.Word]++
	}
	return n
}

// words counts verdict words by truth, and the claims to which the program that judged
// them gave another word.
func words(all []ScoredClaim) (table []Words, other int) {
	for _, truth := range []rows.Truth{rows.Genuine, rows.Edited, rows.Misattributed, rows.NotDefaced} {
		var own []ScoredClaim
		for _, c := range all {
			if c.Row.Truth == truth {
				own = append(own, c)
			}
		}
		if len(own) > 0 {
			table = append(table, Words{truth, len(own), count(own)})
		}
	}
	for _, c := range all {
		if c.Word != c.Row.Word {
			other++
		}
	}
	return table, other
}

// kind is the kind of an item of evidence: "metadata" of "metadata.editor".
func kind(e rows.Evidence) string {
	k, _, _ := strings.Cut(e.Finding, ".")
	return k
}

// ablation measures without each kind of evidence, and with each alone.
func ablation(all []ScoredClaim, m *score.Model) ([]Ablation, error) {
	having := map[string]int{}
	var test []rows.Row
	for _, c := range all {
		if !c.Row.Truth.Decided() {
			continue
		}
		test = append(test, c.Row)
		kinds := map[string]bool{}
		for _, e := range c.Row.Evidence {
			kinds[kind(e)] = true
		}
		for k := range kinds {
			having[k]++
		}
	}
	out := []Ablation{}
	for k, n := range having {
		a := Ablation{Evidence: k, Claims: n}
		var err error
		if a.Without, err = kept(m, test, func(e rows.Evidence) bool { return kind(e) != k }); err != nil {
			return nil, err
		}
		if a.Alone, err = kept(m, test, func(e rows.Evidence) bool { return kind(e) == k }); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Ablation) int { return strings.Compare(a.Evidence, b.Evidence) })
	return out, nil
}

func kept(m *score.Model, test []rows.Row, keep func(rows.Evidence) bool) ([]Figure, error) {
	part, err := scored(m, test, keep)
	if err != nil {
		return nil, err
	}
	return plainly(cases(part), telling())
}
