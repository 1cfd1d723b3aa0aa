package verify_test

import (
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

func TestABlockOverNearlyAllOfAPageIsNotWhatCapturesOnBothSidesShow(t *testing.T) {
	s := newStage(t)
	s.keep("2026-03-10 10:00", council2024)
	s.keep("2026-03-10 14:00", council2024)
	picture := s.picture("2026-03-10 12:00", council2024)
	r := s.claim(painted(t, picture, image.Rect(60, 130, 1220, 690)), "2026-03-10 12:00", council2024).Result
	for _, c := range r.Captures {
		if c.State != verify.Uninformative || !strings.Contains(c.StateReason, "of the picture has another ground than the page there") {
			t.Errorf("%s: %s, %s", c.ID, c.State, c.StateReason)
		}
	}
	if e := findingOf(t, r, "brackets"); e.Finding != "brackets.ordinary" || r.Verdict.Word == verify.Contradicted {
		t.Errorf("%s, %s: %s", e.Finding, r.Verdict.Word, e.Sentence)
	}
}
