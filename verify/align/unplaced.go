package align

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// unplaced is the comparison of a picture that was not located.
func unplaced(pic, page image.Image, reg Registration) Comparison {
	c := Comparison{State: Uninformative, Why: reg.Why}
	if reg.Photograph {
		// Blur, glare and turning hide points enough.
		c.Why = "the photograph was not found on the page: " + reg.Why
		return c
	}
	if reg.blind || reg.doubtful || reg.points[0] < minOtherPoints || reg.points[1] < minOtherPoints {
		return c
	}
	a, b := textured(pic), textured(page)
	if min(a, b) < minInformative {
		c.Why = "too little on the picture or the page to tell"
		return c
	}
	return Comparison{State: Other, Why: "the picture was not found on the page: " + reg.Why}
}

// textured counts the tiles of img that hold something.
func textured(img image.Image) int {
	soft := raster.Soften(raster.Luma(img))
	if soft.Rect.Empty() {
		return 0
	}
	g := newGrid(soft.Rect.Size())
	n := 0
	for i := range g.cells {
		if measure(soft, g.rect(i)).deviation >= textureFrom {
			n++
		}
	}
	return n
}
