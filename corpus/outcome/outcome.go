// Package outcome says how a claim came out, in one of ten ways that are never mixed up:
// a verdict word, one of the three answers that are no verdicts on the claim (the page could
// not be seen, the picture shows the ordinary page, the page showed it while its ordinary
// look is not known), set aside, or not judged. Whoever counts or lists verdicts goes by it
// and not by the word, which stands beside every answer and then means nothing: a page that
// nobody saw is "inconclusive" as well, and a picture of the ordinary page may be "supported".
package outcome

import (
	"slices"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
)

// Kind is how a claim came out: a verdict word, or one of the others.
type Kind string

// The outcomes that are no verdict words.
const (
	NotSeen  Kind = "page not seen"
	Ordinary Kind = "ordinary page"
	Shown    Kind = "shown, not judged whether defaced"
	SetAside Kind = "set aside"
	Pending  Kind = "not judged"
)

// Kinds are all outcomes: from the strongest support to the strongest contradiction, then
// those that are no verdicts.
func Kinds() []Kind {
	var all []Kind
	for _, w := range rows.Words() {
		all = append(all, Kind(w))
	}
	return append(all, NotSeen, Ordinary, Shown, SetAside, Pending)
}

// Given are the outcomes that a verdict can have, in the order of Kinds.
func Given() []Kind {
	return slices.DeleteFunc(Kinds(), func(k Kind) bool { return k == SetAside || k == Pending })
}

// Of says how a claim came out, by its newest verdict.
func Of(r *corpus.Record) Kind {
	v := r.Latest()
	switch {
	case v != nil && v.Result != nil:
		return From(v.Result.Verdict.Word, v.Result.Verdict.Answer)
	case r.SetAside != nil:
		return SetAside
	}
	return Pending
}

// From is the outcome of a verdict with this word and answer. A word of no program that is
// known here settles nothing.
func From(w verify.Word, a verify.Answer) Kind {
	switch {
	case a == verify.PageNotSeen:
		return NotSeen
	case a == verify.OrdinaryPage:
		return Ordinary
	case a == verify.Shown:
		return Shown
	case !slices.Contains(rows.Words(), string(w)):
		return Kind(verify.Inconclusive)
	}
	return Kind(w)
}

// Short is the outcome in two words at most, for columns and lines of a terminal.
func (k Kind) Short() string {
	if k == Shown {
		return "shown"
	}
	return string(k)
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
func (k Kind) Side() Side {
	switch k {
	case Kind(verify.Supported), Kind(verify.LeansGenuine):
		return For
	case Kind(verify.Contradicted), Kind(verify.LeansFalse):
		return Against
	case Ordinary, Shown:
		return Another
	case SetAside, Pending:
		return NoWord
	}
	return Open
}

// Opposed says whether a person decided the other way than the program.
func Opposed(k Kind, truth rows.Truth) bool {
	switch k.Side() {
	case For:
		return truth == rows.Edited || truth == rows.Misattributed || truth == rows.NotDefaced
	case Against:
		return truth == rows.Genuine
	}
	return k == Ordinary && truth == rows.Genuine
}
