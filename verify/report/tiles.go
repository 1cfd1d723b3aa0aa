package report

import (
	"fmt"
	"image"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// maxTiles is how many tiles of an exhibit are drawn: four times what the
// largest picture at the usual tile size has. Beyond it nothing is drawn and
// the caption says so.
const maxTiles = 40_000

// overlay is the marking of one comparison as SVG path data, in pixels of the
// picture.
type overlay struct {
	Match    string // dots, one to a tile
	Mismatch string // areas
	Edge     string // outlines of the changed regions, or of the areas where none are known
	Masked   string // areas
	Aside    string // outline of the masked areas
}

// newOverlay marks the tiles, and outlines the changed regions of m.
func newOverlay(tiles []verify.Tile, m *verify.Match) overlay {
	if len(tiles) > maxTiles {
		return overlay{}
	}
	o := overlay{
		Match:    dots(tiles),
		Mismatch: areas(tiles, verify.TileMismatch),
		Edge:     edges(tiles, verify.TileMismatch),
		Masked:   areas(tiles, verify.TileMasked),
		Aside:    edges(tiles, verify.TileMasked),
	}
	if m != nil && len(m.Outlines) > 0 {
		o.Edge = outlines(m.Outlines)
	}
	return o
}

// outlines draws polygons.
func outlines(all []verify.Shape) string {
	var b strings.Builder
	for _, shape := range all {
		for i, p := range shape {
			fmt.Fprintf(&b, "%c%d %d", "ML"[min(i, 1)], p.X, p.Y)
		}
		if len(shape) > 0 {
			b.WriteByte('z')
		}
	}
	return b.String()
}

// dots puts a point into the middle of every matching tile; a round line cap
// draws it.
func dots(tiles []verify.Tile) string {
	var b strings.Builder
	for _, t := range tiles {
		if t.State == verify.TileMatch {
			fmt.Fprintf(&b, "M%d %dh0", t.X+t.W/2, t.Y+t.H/2)
		}
	}
	return b.String()
}

func areas(tiles []verify.Tile, s verify.TileState) string {
	var b strings.Builder
	for _, t := range tiles {
		if t.State == s {
			fmt.Fprintf(&b, "M%d %dh%dv%dh%dz", t.X, t.Y, t.W, t.H, -t.W)
		}
	}
	return b.String()
}

// edge is one side of a tile, from its left or upper end.
type edge struct{ from, to image.Point }

// edges returns the sides that only one tile of the state has: the outline of
// the whole area. Tiles of one grid share their sides exactly.
func edges(tiles []verify.Tile, s verify.TileState) string {
	count := map[edge]int{}
	var order []edge
	for _, t := range tiles {
		if t.State != s {
			continue
		}
		for _, e := range sides(t.Rect) {
			if count[e] == 0 {
				order = append(order, e)
			}
			count[e]++
		}
	}
	var b strings.Builder
	for _, e := range order {
		if count[e] == 1 {
			fmt.Fprintf(&b, "M%d %dL%d %d", e.from.X, e.from.Y, e.to.X, e.to.Y)
		}
	}
	return b.String()
}

func sides(r verify.Rect) [4]edge {
	nw, ne := image.Pt(r.X, r.Y), image.Pt(r.X+r.W, r.Y)
	sw, se := image.Pt(r.X, r.Y+r.H), image.Pt(r.X+r.W, r.Y+r.H)
	return [4]edge{{nw, ne}, {sw, se}, {nw, sw}, {ne, se}}
}
