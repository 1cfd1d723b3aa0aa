package channel

import (
	"slices"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
)

// Outcome is how a claim came out: a verdict word, or one of the others.
type Outcome string

// The outcomes that are no verdict words.
const (
	NotSeen  Outcome = "page not seen"
	Ordinary Outcome = "ordinary page"
	Shown    Outcome = "shown, not judged whether defaced"
	SetAside Outcome = "set aside"
	Pending  Outcome = "not judged"
)

// Outcomes are all outcomes: from the strongest support to the strongest contradiction,
// then those that are no verdicts.
func Outcomes() []Outcome {
	var all []Outcome
	for _, w := range rows.Words() {
		all = append(all, Outcome(w))
	}
	return append(all, NotSeen, Ordinary, Shown, SetAside, Pending)
}

// Side is what an outcome says of the claim.
type Side string

// The sides.
const (
	For     Side = "for"
	Against Side = "against"
	Open    Side = "open"    // the evidence does not settle it
	Another Side = "another" // it answers another question
	NoWord  Side = "no word" // nothing was found out
)

// Side says what the outcome says of the claim.
func (o Outcome) Side() Side {
	switch o {
	case Outcome(verify.Supported), Outcome(verify.LeansGenuine):
		return For
	case Outcome(verify.Contradicted), Outcome(verify.LeansFalse):
		return Against
	case Ordinary, Shown:
		return Another
	case SetAside, Pending:
		return NoWord
	}
	return Open
}

// OutcomeOf says how a claim came out, by its newest verdict.
func OutcomeOf(r *corpus.Record) Outcome {
	v := r.Latest()
	switch {
	case v == nil || v.Result == nil:
		if r.SetAside != nil {
			return SetAside
		}
		return Pending
	case v.Result.Verdict.Answer == verify.PageNotSeen:
		return NotSeen
	case v.Result.Verdict.Answer == verify.OrdinaryPage:
		return Ordinary
	case v.Result.Verdict.Answer == verify.Shown:
		return Shown
	case !slices.Contains(rows.Words(), string(v.Result.Verdict.Word)): // of no program known here
		return Outcome(verify.Inconclusive)
	}
	return Outcome(v.Result.Verdict.Word)
}

// Opposed says whether a person decided the other way than the program.
func Opposed(o Outcome, truth rows.Truth) bool {
	switch o.Side() {
	case For:
		return truth == rows.Edited || truth == rows.Misattributed || truth == rows.NotDefaced
	case Against:
		return truth == rows.Genuine
	}
	return o == Ordinary && truth == rows.Genuine
}
