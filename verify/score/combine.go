package score

import (
	"fmt"
	"math"
	"sort"
)

// Item is one finding's weight on its way into the sum.
type Item struct {
	Group   string
	Log10LR float64 // already bounded by its group
	Counted float64 // set by Combine: what of it entered the sum
}

// Combine sums the items into a log10 LR within the model's total bounds and
// notes in each what of it was counted: of a group, the strongest item for the
// claim and the strongest against it. Items are summed in the order of their
// groups' names, so that their order in the slice does not matter.
func (m *Model) Combine(items []Item) (float64, error) {
	byGroup := map[string][]int{}
	for i := range items {
		items[i].Counted = 0
		if _, ok := m.Groups[items[i].Group]; !ok {
			return 0, fmt.Errorf("combine evidence: %w: the model has no group %q", ErrModel, items[i].Group)
		}
		byGroup[items[i].Group] = append(byGroup[items[i].Group], i)
	}
	names := make([]string, 0, len(byGroup))
	for name := range byGroup {
		names = append(names, name)
	}
	sort.Strings(names)
	sum := 0.0
	for _, name := range names {
		sum += m.countGroup(items, byGroup[name])
	}
	return m.Total.clamp(sum), nil
}

func (m *Model) countGroup(items []Item, members []int) float64 {
	best, worst := -1, -1
	for _, i := range members {
		lr := items[i].Log10LR
		if lr > 0 && (best < 0 || lr > items[best].Log10LR) {
			best = i
		}
		if lr < 0 && (worst < 0 || lr < items[worst].Log10LR) {
			worst = i
		}
	}
	sum := 0.0
	for _, i := range []int{best, worst} {
		if i >= 0 {
			items[i].Counted = items[i].Log10LR
			sum += items[i].Log10LR
		}
	}
	return sum
}

// Probability of the claim being genuine, for a prior probability in (0, 1).
func Probability(log10LR, prior float64) float64 {
	odds := prior / (1 - prior) * math.Pow(10, log10LR)
	return odds / (1 + odds)
}

// Band names the verdict band of a log10 LR: one of "supported", "leans
// genuine", "inconclusive", "leans false", "contradicted".
func (m *Model) Band(log10LR float64) string {
	switch b := m.Bands; {
	case log10LR >= b.Supported:
		return "supported"
	case log10LR >= b.LeansGenuine:
		return "leans genuine"
	case log10LR <= b.Contradicted:
		return "contradicted"
	case log10LR <= b.LeansFalse:
		return "leans false"
	}
	return "inconclusive"
}

// verbalScale holds the lower ends, as |log10 LR|, of the bands of the forensic
// verbal scale (ENFSI guideline for evaluative reporting, 2015, in decades).
func verbalScale() []struct {
	from float64
	word string
} {
	return []struct {
		from float64
		word string
	}{{4, "very strong"}, {3, "strong"}, {2, "moderately strong"}, {1, "moderate"}, {0.3, "weak"}}
}

// Strength is the verbal equivalent of a log10 LR: which side the evidence
// favours and how strongly. Below a likelihood ratio of two it favours neither.
func Strength(log10LR float64) string {
	side := "for the claim"
	if log10LR < 0 {
		side = "against the claim"
	}
	for _, step := range verbalScale() {
		if math.Abs(log10LR) >= step.from {
			return step.word + " support " + side
		}
	}
	return "no support either way"
}
