package verify

import (
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/trace"
)

func TestTracesWeighByWhetherACaptureSpeaksOfThePart(t *testing.T) {
	t.Parallel()
	at := image.Rect(10, 20, 110, 90)
	for name, tc := range map[string]struct {
		traces traces
		want   string
		least  float64 // the weight is between this and 0
	}{
		"asked for":            {traces{[]trace.Finding{{Kind: trace.Untouched, At: at, Asked: true, Chance: -9, Sentence: "S."}}, true}, "trace.untouched", -0.45},
		"searched":             {traces{[]trace.Finding{{Kind: trace.OtherGrid, At: at, Chance: -9, Sentence: "S."}}, true}, "trace.other_grid_searched", -0.2},
		"the page not found":   {traces{[]trace.Finding{{Kind: trace.Uneven, At: at, Chance: -9, Sentence: "S."}}, false}, "trace.uneven_unplaced", 0},
		"history":              {traces{[]trace.Finding{{Kind: trace.Compressed, Chance: -90, Sentence: "S."}}, true}, "trace.compressed", 0},
		"silence":              {traces{nil, true}, "trace.nothing", 0},
		"silence, without one": {traces{nil, false}, "trace.nothing", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caseOf(t, "")
			c.Traces = tc.traces
			found, err := checkTrace(c)
			if err != nil || len(found) != 1 || found[0].key != tc.want || found[0].sentence == "" {
				t.Fatalf("%+v, %v, want %s", found, err, tc.want)
			}
			w, err := c.Model.Weight(groupTrace, found[0].key)
			if err != nil || w > 0 || w < tc.least || tc.least == 0 && w != 0 {
				t.Errorf("weight %v, %v", w, err)
			}
			if local := strings.Contains(tc.want, "_") || tc.want == "trace.untouched"; local != (len(found[0].at) == 1) {
				t.Errorf("about %v", found[0].at)
			}
		})
	}
}

func TestEveryTraceHasAWeightAndNoWeightIsForNothing(t *testing.T) {
	t.Parallel()
	c := caseOf(t, "")
	want := []string{"trace.nothing", "trace.compressed"}
	for _, k := range []trace.Kind{trace.OtherGrid, trace.Uneven, trace.Untouched} {
		want = append(want, "trace."+string(k), "trace."+string(k)+"_searched", "trace."+string(k)+"_unplaced")
	}
	// Found only where they are asked about, which is where a capture says that the
	// page lies.
	for _, k := range []trace.Kind{trace.Rescaled, trace.Unsmoothed, trace.Fringed, trace.Unfringed} {
		want = append(want, "trace."+string(k))
	}
	var have []string
	for key := range c.Model.Findings {
		if strings.HasPrefix(key, "trace.") {
			have = append(have, key)
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("the model has %v, and %v can be found", have, want)
	}
	if w, err := c.Model.Bound(groupTrace, -5); err != nil || w < -0.4772 {
		t.Errorf("all traces together weigh %v, %v: more than a likelihood ratio of three", w, err)
	}
}

func TestThePartsOfTheBestPlacedCaptureAreAskedAbout(t *testing.T) {
	t.Parallel()
	other := sighting("2026-03-10 15:00", Altered, "new")
	other.Match.Agreement, other.Match.Regions = 0.4, []Rect{{1, 1, 5, 5}}
	best := sighting("2026-03-11 15:00", Altered, "new")
	best.Capture.Pictures = []capture.Box{{X: 10, Y: 10, W: 20, H: 20}}
	far := sighting("2026-03-12 15:00", Other, "new")
	far.Match.Agreement = 1
	c := pictured(caseOf(t, "", other, best, far))
	if c.placing() != best {
		t.Fatal("not placed by the capture that agrees best")
	}
	if err := lookForTraces(t.Context(), c); err != nil || !c.Traces.placed {
		t.Fatalf("%+v, %v", c.Traces, err)
	}
	best.Match.Homography = &[9]float64{1}
	best.State, other.State, other.Match.Located = Altered, Other, false
	if got := c.placing(); got != nil {
		t.Errorf("placed by %s", got.Capture.ID)
	}
}
