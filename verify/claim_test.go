package verify_test

import (
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

func TestTimesOfClaimsAreSpansInUTC(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		"2024-02-29":                {"2024-02-29T00:00:00Z", "2024-02-29T23:59:59Z"},
		"2025-12-31":                {"2025-12-31T00:00:00Z", "2025-12-31T23:59:59Z"},
		"2025-02-16T02:30:00+07:00": {"2025-02-15T19:30:00Z", "2025-02-15T19:30:00Z"},
	} {
		got, err := verify.ParseSpan(in)
		if err != nil || got.From.Format(time.RFC3339) != want[0] || got.To.Format(time.RFC3339) != want[1] || got.IsMoment() != (want[0] == want[1]) {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	if got, err := verify.ParseSpan(""); err != nil || !got.IsZero() {
		t.Errorf("none: %v, %v", got, err)
	}
	for _, in := range []string{"yesterday", "2025-02-29", "2025-02-16T12:30:00", "20250216", " "} {
		if got, err := verify.ParseSpan(in); err == nil || !got.IsZero() {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
}
