package align

import "image"

const (
	bandMost  = 0.25 // of the picture's height, that a band takes
	bandLeast = 4    // px
	bandShare = 0.5  // of the tiles along the edge, that must differ from the page
)

// bandsOf outlines a page between bands of one colour above and below it, where the
// page shows other things. A band hides nothing but what it covers.
func bandsOf(pic *image.Gray, c Comparison) (Outline, bool) {
	size := pic.Rect.Size()
	o := Outline{Size: size, Window: image.Rectangle{Max: size}, Quiet: true, Plain: true}
	if n := band(pic, 0, 1); n >= bandLeast && differs(c, image.Rect(0, 0, size.X, n)) {
		o.Window.Min.Y = n
	}
	if n := band(pic, size.Y-1, -1); n >= bandLeast && differs(c, image.Rect(0, size.Y-n, size.X, size.Y)) {
		o.Window.Max.Y = size.Y - n
	}
	return o, (o.Above() || o.Below()) && float64(o.Window.Dy()) >= outlineLeast*float64(size.Y)
}

// band is how many rows from a row on, upwards or downwards, are of one colour
// together, up to the longest step near the last of them; 0 when it does not end in
// one along most of the picture.
func band(g *image.Gray, from, step int) int {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	low, high, n := uint8(255), uint8(0), 0
	for ; n < int(bandMost*float64(h)); n++ {
		for _, v := range g.Pix[(from+n*step)*g.Stride:][:w] {
			low, high = min(low, v), max(high, v)
		}
		if high-low > plainSpread {
			break
		}
	}
	if n == 0 || n == int(bandMost*float64(h)) {
		return 0
	}
	best, most := n, 0
	for k := n; k <= min(n+ringing, h-1); k++ {
		if d := stepBetween(g, from+(k-1)*step, from+k*step); d > most {
			best, most = k, d
		}
	}
	if share(most, w) < sideShare {
		return 0 // it ends in letters
	}
	return best
}

// stepBetween counts the columns that step between two rows.
func stepBetween(g *image.Gray, a, b int) int {
	w, n := g.Rect.Dx(), 0
	p, q := g.Pix[a*g.Stride:][:w], g.Pix[b*g.Stride:][:w]
	for x := range p {
		if d := int(p[x]) - int(q[x]); d >= sideStep || d <= -sideStep {
			n++
		}
	}
	return n
}

// differs says whether most tiles that r meets differ from the page or lie beyond it.
func differs(c Comparison, r image.Rectangle) bool {
	n, agree := 0, 0
	for _, t := range c.Tiles {
		if t.Rect.Overlaps(r) {
			n++
			if t.State != TileMismatch {
				agree++
			}
		}
	}
	return float64(agree) <= (1-bandShare)*float64(n)
}
