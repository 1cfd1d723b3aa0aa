package align

import "image"

// rim is how many frame px at the picture's edges nothing is accused by. A window whose
// height is no whole number of device pixels ends in half a row, whoever cuts a picture
// out is off by one, and a program's window has a line around it; softening spreads that
// over three px. No letter fits there.
const rim = 4

// inner is tile r without the picture's rim; r itself where it has none.
func (f *frame) inner(r image.Rectangle) image.Rectangle {
	if f.view != nil {
		return r
	}
	return r.Intersect(image.Rectangle{Max: f.size}.Inset(rim))
}

// pare examines the changed tiles along the edges once more without the rim.
func (g *grid) pare(f *frame, o CompareOptions) {
	for i, c := range g.cells {
		r := g.rect(i)
		inner := f.inner(r)
		if !c.changed() || inner == r || inner.Empty() {
			continue
		}
		if again := f.examine(inner, o); !again.outside {
			g.cells[i].state = again.state
		}
	}
}
