package verify

import (
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/trace"
)

func TestFindingsAboutAnAlteredPictureNameItsParts(t *testing.T) {
	t.Parallel()
	parts := []Rect{{X: 32 * 70, W: 32 * 30, H: 32}}
	altered := func() *Sighting { return sighting("2026-03-09 10:00", Altered, "new") }
	for name, tc := range map[string]struct {
		captures []*Sighting
		key      string
		words    string // of the sentence
		want     []Rect
	}{
		"not seen, but altered": {[]*Sighting{altered(), sighting("2026-03-12 10:00", Other, "old")}, "witness.not_seen", "agrees with the picture but for 1 part.", parts},
		"not seen at all":       {[]*Sighting{sighting("2026-03-12 10:00", Other, "old")}, "witness.not_seen", "weighs nothing.", nil},
		"the version that fits": {[]*Sighting{altered(), sighting("2026-03-12 10:00", Altered, "new")}, "version.nearest", "untouched part", parts},
		"a witness":             {[]*Sighting{altered(), sighting("2026-03-10 15:00", Same, "defaced")}, "witness.archive_same", "shows the same content", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caseOf(t, "2026-03-10 12:00", tc.captures...)
			c.Facts = &metadata.Facts{}
			all, _, err := gather(c)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(all, func(e Evidence) bool { return e.Finding == tc.key })
			if i < 0 || !slices.Equal(all[i].At, tc.want) || !strings.Contains(all[i].Sentence, tc.words) {
				t.Errorf("%+v", all)
			}
		})
	}
}

func TestEachTraceIsToldUnderItsOwnMethod(t *testing.T) {
	t.Parallel()
	c := caseOf(t, "")
	c.Facts = &metadata.Facts{}
	seen := map[string]string{}
	for _, m := range trace.Methods() {
		c.Traces.found = append(c.Traces.found, trace.Finding{Method: m.Name(), Kind: trace.Untouched, Asked: true, Sentence: "S."})
	}
	c.Traces.placed = true
	all, _, err := gather(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.ID != "trace" {
			continue
		}
		if earlier, ok := seen[e.Method]; ok || !strings.Contains(e.Method, "(") {
			t.Errorf("%q is told of two methods, or of none: %q", e.Method, earlier)
		}
		seen[e.Method] = e.Finding
	}
	if len(seen) != len(trace.Methods()) {
		t.Errorf("%v", seen)
	}
}
