package synth_test

import (
	"testing"

	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/verify"
)

func TestAVerdictIsExpectedOnlyWhereEachOfItsPartsIs(t *testing.T) {
	t.Parallel()
	e := synth.Expect{Words: []verify.Word{verify.Supported, verify.LeansGenuine}, Answers: []verify.Answer{verify.Judged}, Leanings: []verify.Leaning{""}}
	for _, c := range []struct {
		v    verify.Verdict
		want bool
	}{
		{verify.Verdict{Word: verify.LeansGenuine, Answer: verify.Judged}, true},
		{verify.Verdict{Word: verify.Contradicted, Answer: verify.Judged}, false},
		{verify.Verdict{Word: verify.Supported, Answer: verify.Shown}, false},
		{verify.Verdict{Word: verify.Supported, Answer: verify.Judged, Leaning: verify.Edited}, false},
	} {
		if got := e.Met(c.v); got != c.want {
			t.Errorf("%+v: %v", c.v, got)
		}
	}
	if (synth.Expect{}).Met(verify.Verdict{}) {
		t.Error("no expectation is met")
	}
}
