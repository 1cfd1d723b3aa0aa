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

// minUnseen is how many tiles that were set aside must show what no look at the
// page showed before that part of the picture could hold a message: as many as
// make a changed region.
const minUnseen = 3

// littleUnseen is the share of the picture up to which such a part is taken for
// a date, a counter or a greeting by name: room for a short line and no more.
const littleUnseen = 0.01

// noteUnseen counts what the picture shows, in the parts that were set aside,
// which none of the looks at the page showed there: another advert, or a message
// that was put where the adverts are.
func (s *Sighting) noteUnseen(looks []func(Rect) TileState, pixels int) {
	if s.Match.SetAside == nil {
		return
	}
	area := 0
	for _, t := range s.Tiles {
		if t.State == TileMasked && !shownBy(looks, t.Rect) {
			area += t.W * t.H
			s.unseen++
		}
	}
	s.Match.SetAside.Unseen = float64(area) / float64(max(pixels, 1))
}

func shownBy(looks []func(Rect) TileState, r Rect) bool {
	for _, state := range looks {
		if st := state(r); st == TileMatch || st == TileFlat {
			return true
		}
	}
	return false
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
