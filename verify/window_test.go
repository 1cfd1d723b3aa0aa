package verify_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// pebbled is a page before a picture that fills the window and stands still while the
// page is scrolled, so that a shot of the whole page shows it otherwise.
func pebbled() string {
	r := rand.New(rand.NewPCG(7, 9))
	var stones, text strings.Builder
	for range 400 {
		fmt.Fprintf(&stones, "<ellipse cx='%d' cy='%d' rx='%d' ry='%d' fill='rgb(%d,%d,%d)'/>",
			r.IntN(1600), r.IntN(900), 8+r.IntN(40), 8+r.IntN(30), 60+r.IntN(150), 40+r.IntN(120), 30+r.IntN(90))
	}
	words := strings.Fields("harbour market forest ferry tide office notice street opens leaves council bridge winter timber lantern quarry orchard meadow parish ledger")
	for i := range 9 {
		fmt.Fprintf(&text, "<article><h2>Notice %d</h2><p>", i+1)
		for range 70 {
			fmt.Fprintf(&text, "%s %d ", words[r.IntN(len(words))], r.IntN(100))
		}
		text.WriteString("</article>")
	}
	svg := "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1600 900'>" + stones.String() + "</svg>"
	return `<!doctype html><meta charset="utf-8"><title>Offices</title><style>
body{margin:0;font:17px/1.5 sans-serif;background:#754 url("data:image/svg+xml,` + url.PathEscape(svg) + `") fixed center/cover}
article{width:460px;margin:60px auto 260px 160px;padding:18px;font-size:15px;background:#fbf1e0;color:#222}
</style>` + text.String()
}

func TestAGroundThatStandsStillIsSeenWhereThePictureWasTaken(t *testing.T) {
	s := newStage(t)
	for name, c := range map[string]struct {
		view  capture.Viewport
		atAll int // renderings
	}{
		"the first window's width":   {capture.Viewport{Width: 1366, Height: 641, Scale: 1}, 4},
		"the same on a finer screen": {capture.Viewport{Width: 1366, Height: 641, Scale: 1.5}, 5},
	} {
		r := s.claim(s.pictureIn("2026-02-10 12:00", pebbled(), c.view, 700), "2026-02-10 12:00", pebbled()).Result
		last := r.Captures[len(r.Captures)-1]
		if last.State != verify.Same || r.Effort.Renderings > c.atAll {
			t.Errorf("%s: %s (%s) after %+v, in %+v", name, last.State, last.StateReason, r.Effort, last.Viewport)
		}
	}
}
