package align

import "github.com/defacecheck/defacecheck/verify/align/internal/raster"

// unplaced is the comparison of a picture that was not located.
func unplaced(reg Registration) Comparison {
	c := Comparison{State: Uninformative, Why: reg.Why}
	if reg.Photograph {
		// Blur, glare and turning hide points enough.
		c.Why = "the photograph was not found on the page: " + reg.Why
		return c
	}
	if reg.blind || reg.doubtful || reg.points[0] < minOtherPoints || reg.points[1] < minOtherPoints {
		return c
	}
	if min(reg.textured[0], reg.textured[1]) < minInformative {
		c.Why = "too little on the picture or the page to tell"
		return c
	}
	return Comparison{State: Other, Why: "the picture was not found on the page: " + reg.Why}
}

// texture counts the tiles that hold something.
func (f *Features) texture() int {
	soft := raster.Soften(f.luma)
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
