package verify_test

import (
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

// Seven looks, of which three tell the window: the other four are taken in that window
// alone, and still say what they show.
func TestWhatLiesFurtherFromTheClaimIsLookedAtOnce(t *testing.T) {
	s := newStage(t)
	for _, when := range []string{"2025-01-04 10:00", "2025-06-04 10:00", "2025-09-04 10:00", "2026-02-01 10:00", "2026-03-01 10:00"} {
		s.keep(when, council2026)
	}
	s.keep("2021-03-04 10:00", council2021)
	r := s.claim(s.picture("2026-02-10 12:00", council2026), "2026-02-10 12:00", council2026).Result
	if r.Effort.Captures != 7 || r.Effort.Renderings > 13 {
		t.Errorf("%+v", r.Effort)
	}
	if len(r.Captures) != 7 {
		t.Fatalf("%d captures", len(r.Captures))
	}
	for _, c := range r.Captures {
		if other := c.SeenAt.Year() == 2021; (c.State == verify.Same) == other || c.State == verify.Altered {
			t.Errorf("%s: %s (%s)", c.SeenAt, c.State, c.StateReason)
		}
	}
}
