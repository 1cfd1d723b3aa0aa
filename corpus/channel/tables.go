package channel

import (
	"cmp"
	"maps"
	"slices"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// truths are people's answers, in the order of tables.
func truths() []rows.Truth {
	return []rows.Truth{rows.Genuine, rows.Edited, rows.Misattributed, rows.NotDefaced, corpus.Unclear}
}

// besides puts the counts into the order of outcomes and truths.
func besides(count map[Beside]int) []Beside {
	var all []Beside
	for b, n := range count {
		b.Claims = n
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b Beside) int {
		return cmp.Or(cmp.Compare(slices.Index(outcome.Kinds(), a.Outcome), slices.Index(outcome.Kinds(), b.Outcome)),
			cmp.Compare(slices.Index(truths(), a.Truth), slices.Index(truths(), b.Truth)), cmp.Compare(a.Truth, b.Truth))
	})
	return all
}

// Reason is why claims were set aside.
type Reason struct {
	Reason string `json:"reason"`
	Claims int    `json:"claims"`
}

func reasons(claims []Claim) []Reason {
	count := map[string]int{}
	for _, c := range claims {
		if c.Outcome == outcome.SetAside {
			count[c.Reason]++
		}
	}
	all := make([]Reason, 0, len(count))
	for _, reason := range slices.Sorted(maps.Keys(count)) {
		all = append(all, Reason{reason, count[reason]})
	}
	slices.SortStableFunc(all, func(a, b Reason) int { return cmp.Compare(b.Claims, a.Claims) })
	return all
}

// Month is how the claims first posted in one month came out.
type Month struct {
	Month   string `json:"month"` // 2025-02, in UTC; "" where the time of posting is not known
	Claims  int    `json:"claims"`
	For     int    `json:"for"`
	Against int    `json:"against"`
	Open    int    `json:"open"`
	Another int    `json:"another"`
	NoWord  int    `json:"no_word"`
}

func months(claims []Claim) []Month {
	by := map[string]*Month{}
	for _, c := range claims {
		key := ""
		if !c.Posted.IsZero() {
			key = c.Posted.Format("2006-01")
		}
		if by[key] == nil {
			by[key] = &Month{Month: key}
		}
		by[key].add(c.Outcome.Side())
	}
	var all []Month
	for _, key := range slices.Sorted(maps.Keys(by)) {
		all = append(all, *by[key])
	}
	return all
}

func (m *Month) add(s outcome.Side) {
	m.Claims++
	switch s {
	case outcome.For:
		m.For++
	case outcome.Against:
		m.Against++
	case outcome.Open:
		m.Open++
	case outcome.Another:
		m.Another++
	default:
		m.NoWord++
	}
}

// Model is a score model that verdicts were made with.
type Model struct {
	Model      string `json:"model"`
	Digest     string `json:"digest"`
	Calibrated *bool  `json:"calibrated"` // nil where the program does not know the model
	Claims     int    `json:"claims"`
}

// models are those of the newest verdicts. Whether a model is calibrated its file says;
// of others than the program's own only name and digest are kept.
func models(claims []Claim) []Model {
	count := map[Model]int{}
	for _, c := range claims {
		if c.Captures != nil {
			count[Model{Model: c.model.Model, Digest: c.model.ModelDigest}]++
		}
	}
	own, err := score.Embedded()
	all := make([]Model, 0, len(count))
	for m, n := range count {
		m.Claims = n
		if err == nil && m.Digest == own.Digest() {
			m.Calibrated = &own.Calibrated
		}
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Model) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.Model, b.Model), cmp.Compare(a.Digest, b.Digest))
	})
	return all
}
