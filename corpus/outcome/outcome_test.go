package outcome_test

import (
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
)

// Every word beside every answer, also those that this program does not know.
func TestAnAnswerThatIsNoVerdictIsNeverCountedAsItsWord(t *testing.T) {
	t.Parallel()
	answers := map[verify.Answer]outcome.Kind{verify.PageNotSeen: outcome.NotSeen, verify.OrdinaryPage: outcome.Ordinary, verify.Shown: outcome.Shown}
	for _, word := range append(rows.Words(), "", "certain") {
		for answer, want := range answers {
			if got := outcome.From(verify.Word(word), answer); got != want {
				t.Errorf("%q with the answer %q is %q, want %q", word, answer, got, want)
			}
		}
	}
	for _, word := range rows.Words() {
		if got := outcome.From(verify.Word(word), verify.Judged); string(got) != word {
			t.Errorf("%q that was judged is %q", word, got)
		}
	}
	if got := outcome.From("certain", verify.Judged); got != outcome.Kind(verify.Inconclusive) {
		t.Errorf("a word that nobody knows is %q", got)
	}
}

func TestTheNewestVerdictCountsAndStandsBeforeASetback(t *testing.T) {
	t.Parallel()
	r := &corpus.Record{}
	if got := outcome.Of(r); got != outcome.Pending {
		t.Errorf("without anything it is %q", got)
	}
	r.SetAside = &corpus.Setback{Reason: "hung"}
	if got := outcome.Of(r); got != outcome.SetAside {
		t.Errorf("set aside it is %q", got)
	}
	for _, answer := range []verify.Answer{verify.Judged, verify.OrdinaryPage} {
		r.Verdicts = append(r.Verdicts, corpus.Verdict{Result: &verify.Result{Verdict: verify.Verdict{Word: verify.Supported, Answer: answer}}})
	}
	if got := outcome.Of(r); got != outcome.Ordinary {
		t.Errorf("with two verdicts it is %q", got)
	}
}

func TestOutcomesAreToldInAnOrderAndInFewWords(t *testing.T) {
	t.Parallel()
	if all, given := outcome.Kinds(), outcome.Given(); len(all) != 10 || len(given) != 8 || given[0] != outcome.Kind(verify.Supported) || given[7] != outcome.Shown {
		t.Errorf("%q, given %q", all, given)
	}
	for _, k := range outcome.Kinds() {
		if n := len(k.Short()); n == 0 || n > len("leans genuine") {
			t.Errorf("%q is %q in few words", k, k.Short())
		}
	}
}
