package clock_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"image/png"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/clock"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

var (
	drawn = flag.Int("clocks", 12, "how many desktops with a clock are drawn and read")
	fonts = flag.String("fonts", "", "a directory of fonts to draw clocks with, besides Go's own")
	seed  = flag.Uint64("seed", 5, "of the clocks drawn")
	shown = flag.Bool("shown", false, "print every clock that was not read")
	keep  = flag.String("keep", "", "a directory for the pictures of clocks that were not read")
)

// tally counts what came of the clocks of one kind.
type tally struct {
	clocks, found, exact int
	own, strange         map[clock.Outcome]int
}

// TestClocksAreReadAndNoMisreadDateContradicts draws desktops and reads their
// clocks. With -clocks 600 -fonts DIR it is the measurement that the package
// comment gives.
func TestClocksAreReadAndNoMisreadDateContradicts(t *testing.T) {
	e := readingtest.Engine(t)
	rng := rand.New(rand.NewPCG(3, *seed))
	all := readingtest.Fonts(t, *fonts)
	tallies := map[string]*tally{}
	for n := range *drawn {
		at := time.Date(2015+rng.IntN(12), time.Month(1+rng.IntN(12)), 1+rng.IntN(28), rng.IntN(24), rng.IntN(60), 0, 0, time.UTC)
		scale := pick(rng, []float64{1, 1, 1.25, 1.5, 2})
		d, what := drawDesk(t, rng, all[n%len(all)], styles[n/3%len(styles)], scale, at)
		kind := "untouched"
		switch n % 3 {
		case 1:
			kind = "JPEG 60-90"
			d = d.posted(t, 1, 60+rng.IntN(30))
		case 2:
			kind = "messenger, 1920 to 1280, JPEG 75-85"
			d = d.posted(t, 2.0/3, 75+rng.IntN(10))
		}
		if tallies[kind] == nil {
			tallies[kind] = &tally{own: map[clock.Outcome]int{}, strange: map[clock.Outcome]int{}}
		}
		count(t, e, d, at, what, tallies[kind], rng)
	}
	for kind, y := range tallies {
		t.Logf("%s: %d clocks, %d found, %d agree; against their own day %v; against another %v", kind, y.clocks, y.found, y.exact, y.own, y.strange)
		if n := y.own[clock.Contradicts] + y.own[clock.Impossible]; n > 0 {
			t.Errorf("%s: %d misread clocks contradict their own day", kind, n)
		}
	}
}

func count(t *testing.T, e *reading.Engine, d desk, at time.Time, what string, y *tally, rng *rand.Rand) {
	t.Helper()
	y.clocks++
	f := frame.From(d.page, d.img)
	if f.Clock.Empty() {
		if *shown {
			t.Logf("not found: %s, %v", what, d.img.Rect)
		}
		return
	}
	y.found++
	read, err := clock.Read(t.Context(), e, d.img, f.Clock)
	if err != nil {
		t.Fatal(err)
	}
	about := func(day time.Time) clock.About {
		from := day.Truncate(24 * time.Hour)
		return clock.About{Window: clock.Span{From: from, To: from.Add(24*time.Hour - time.Second)}, ReadAt: at.AddDate(1, 0, 0), Slack: 72 * time.Hour}
	}
	own := clock.Judge(read, about(at))
	y.own[own.Outcome]++
	if own.Outcome == clock.Agrees {
		y.exact++
	} else if *shown {
		t.Logf("%s: %s\n%+v at %v", what, own.Outcome, read, f.Clock)
		words, _ := e.Lines(t.Context(), d.img, f.Clock, 56, 2)
		t.Logf("%+v", words)
		if *keep != "" {
			save(t, d)
		}
	}
	y.strange[clock.Judge(read, about(at.AddDate(0, 0, -20-rng.IntN(700)))).Outcome]++
}

func save(t *testing.T, d desk) {
	f, err := os.CreateTemp(*keep, "*.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, d.img); err != nil {
		t.Fatal(err)
	}
}
