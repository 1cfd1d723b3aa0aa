package align

import "image"

// The tiles of a region reach beyond what was replaced, and a stray pixel that
// differs there would move the border by as much. So each side is moved inwards
// to the first line that differs about as much as the region does.
const (
	rowShare = 0.25     // of a line's pixels, at most
	rowHalf  = 0.5      // of what the region's pixels differ in
	trimMost = TileSize // px that a side is moved by
)

// trimmed is r with its sides drawn to where picture and page begin to differ.
func (f *frame) trimmed(r image.Rectangle) image.Rectangle {
	need := min(rowShare, rowHalf*f.apart(r))
	if need == 0 {
		return r
	}
	sides := [4]func(*image.Rectangle) image.Rectangle{
		func(r *image.Rectangle) image.Rectangle {
			r.Min.X++
			return image.Rect(r.Min.X-1, r.Min.Y, r.Min.X, r.Max.Y)
		},
		func(r *image.Rectangle) image.Rectangle {
			r.Max.X--
			return image.Rect(r.Max.X, r.Min.Y, r.Max.X+1, r.Max.Y)
		},
		func(r *image.Rectangle) image.Rectangle {
			r.Min.Y++
			return image.Rect(r.Min.X, r.Min.Y-1, r.Max.X, r.Min.Y)
		},
		func(r *image.Rectangle) image.Rectangle {
			r.Max.Y--
			return image.Rect(r.Min.X, r.Max.Y, r.Max.X, r.Max.Y+1)
		},
	}
	for _, take := range sides {
		smaller := r
		for n := 0; n < trimMost; n++ {
			if f.apart(take(&smaller)) >= need {
				break
			}
			if smaller.Empty() {
				break
			}
			r = smaller
		}
	}
	return r
}

// apart is the share of r's pixels in which picture and page differ.
func (f *frame) apart(r image.Rectangle) float64 {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; {
			end := min(r.Max.X, (x/TileSize+1)*TileSize)
			n += f.differ(image.Rect(x, y, end, y+1))
			x = end
		}
	}
	return share(n, r.Dx()*r.Dy())
}

// differ counts the differing pixels of a row within one tile.
func (f *frame) differ(r image.Rectangle) int {
	groups := f.groups(r)
	if len(groups) == 0 {
		return 0
	}
	l, n := f.layer(groups[0]), 0
	p := f.soft.Pix[r.Min.Y*f.soft.Stride+r.Min.X:][:r.Dx()]
	q := l.soft.Pix[(r.Min.Y+drift)*l.soft.Stride+r.Min.X+drift:][:len(p)]
	for i, v := range p {
		if d := int(v) - int(q[i]); d > f.limits.visible || d < -f.limits.visible {
			n++
		}
	}
	return n
}
