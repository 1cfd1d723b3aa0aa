package verify

import "sort"

// setAside tells what of the picture was left out of a comparison, whose size
// is in pixels; nil when nothing was.
func setAside(tiles []Tile, pixels int) *Aside {
	var masked []Rect
	area := 0
	for _, t := range tiles {
		if t.State == TileMasked {
			masked = append(masked, t.Rect)
			area += t.W * t.H
		}
	}
	if area == 0 {
		return nil
	}
	return &Aside{Share: float64(area) / float64(max(pixels, 1)), Tiles: len(masked), Rects: joined(masked)}
}

// joined puts tiles of one grid together: first those beside each other, then
// the rows that lie exactly below each other.
func joined(tiles []Rect) []Rect {
	sort.SliceStable(tiles, func(i, j int) bool {
		a, b := tiles[i], tiles[j]
		return a.Y < b.Y || a.Y == b.Y && a.X < b.X
	})
	var rows []Rect
	for _, t := range tiles {
		if n := len(rows) - 1; n >= 0 && rows[n].Y == t.Y && rows[n].H == t.H && rows[n].X+rows[n].W == t.X {
			rows[n].W += t.W
			continue
		}
		rows = append(rows, t)
	}
	var out []Rect
	ending := map[[3]int]int{} // place in out, by left edge, width and lower edge
	for _, r := range rows {
		i, ok := ending[[3]int{r.X, r.W, r.Y}]
		if ok {
			out[i].H += r.H
		} else {
			i = len(out)
			out = append(out, r)
		}
		ending[[3]int{r.X, r.W, out[i].Y + out[i].H}] = i
	}
	return out
}
