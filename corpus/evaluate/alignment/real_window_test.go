package alignment

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os/exec"
	"testing"
)

func TestARealWindowTellsWhereItsPageAndItsTextAre(t *testing.T) {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		t.Skipf("skipped: %v", err)
	}
	r := small(t, "none")
	s, err := r.inWindow(t.Context(), Page{on: r.pages[0]}, pose{URL: r.pages[0].url(), Width: 1100, Height: 600, Scale: 1.25, Scroll: 0.3, Edit: 1})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Content; c.Min.X != 0 || c.Min.Y < 80 || c.Max != s.Image.Rect.Max || c.Dy() < 600 {
		t.Errorf("the page lies at %v of %v", s.Content, s.Image.Rect)
	}
	if s.Changed.Empty() || !s.Changed.In(s.Content) || s.Changed.Dy() > 100 {
		t.Errorf("the rewritten line is at %v", s.Changed)
	}
	whole := 0
	for _, l := range s.Lines {
		if !l.Box.In(s.Content) {
			continue // it is scrolled out of view in part
		}
		if whole++; flatIn(s.Image, l.Box) {
			t.Errorf("nothing stands at %v, where a line of text should", l.Box)
		}
	}
	if whole < 5 {
		t.Errorf("%d of %d lines are in view", whole, len(s.Lines))
	}
}

func flatIn(img *image.RGBA, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if img.RGBAAt(x, y) != img.RGBAAt(r.Min.X, r.Min.Y) {
				return false
			}
		}
	}
	return true
}

func TestAWindowWithoutTheMarkerIsAnError(t *testing.T) {
	t.Parallel()
	img := filled(200, 100, color.White)
	at := image.Rect(0, 30, 200, 100)
	draw.Draw(img, at, image.NewUniform(markerColour), image.Point{}, draw.Src)
	if got, err := markedPart(img); got != at || err != nil {
		t.Errorf("%v, %v", got, err)
	}
	draw.Draw(img, at, image.White, image.Point{}, draw.Src)
	if _, err := markedPart(img); !errors.Is(err, errNoMarker) {
		t.Error(err)
	}
}
