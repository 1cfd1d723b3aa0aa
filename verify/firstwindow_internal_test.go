package verify

import (
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestTheFirstWindowIsOneThatThePictureHasTheExactWidthOf(t *testing.T) {
	t.Parallel()
	desktop := func(w, h int) capture.Viewport { return capture.Viewport{Width: w, Height: h, Scale: 1} }
	phone := func(w, h int, scale float64) capture.Viewport {
		return capture.Viewport{Width: w, Height: h, Scale: scale, Mobile: true}
	}
	for name, c := range map[string]struct {
		size  image.Point
		phone bool // by its bars
		want  capture.Viewport
	}{
		"a common width":                {image.Pt(1680, 915), false, desktop(1680, 915)},
		"a common width at 1.5":         {image.Pt(2049, 1100), false, desktop(1366, 733)},
		"a piece":                       {image.Pt(1111, 700), false, capture.DefaultViewport()},
		"a whole page":                  {image.Pt(1440, 5200), false, desktop(1440, 768)},
		"a phone at 2.625":              {image.Pt(1082, 1995), false, phone(412, 760, 2)},
		"a phone's page, by its bars":   {image.Pt(1170, 1500), true, phone(390, 500, 2)},
		"a phone's, reduced":            {image.Pt(739, 1362), true, phone(390, 844, 2)},
		"a phone's, reduced to a third": {image.Pt(412, 900), true, phone(412, 900, 1)},
	} {
		if got := firstWindow(c.size, c.phone); got.view != c.want || !got.full || got.scroll != 0 {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
