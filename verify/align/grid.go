package align

import (
	"cmp"
	"image"
	"slices"
)

// grid is the frame cut into tiles. The last tile of a row or column takes what
// is left over, so that no strip of the picture goes unseen.
type grid struct {
	size   image.Point
	nx, ny int
	cells  []cell
	// furnished is set where the caller knows the site's furniture.
	furnished bool
}

type cell struct {
	state   TileState
	outside bool // the page does not reach it
	busy    bool // the picture is textured here
	shared  bool // other pages of the site show it as well
	strip   bool // part of what looks like window frame
}

func newGrid(size image.Point) *grid {
	g := &grid{size: size, nx: max(1, size.X/TileSize), ny: max(1, size.Y/TileSize)}
	g.cells = make([]cell, g.nx*g.ny)
	return g
}

// rect is tile i in the frame.
func (g *grid) rect(i int) image.Rectangle {
	x, y := i%g.nx, i/g.nx
	r := image.Rect(x*TileSize, y*TileSize, (x+1)*TileSize, (y+1)*TileSize)
	if x == g.nx-1 {
		r.Max.X = g.size.X
	}
	if y == g.ny-1 {
		r.Max.Y = g.size.Y
	}
	return r
}

// changed says whether the tile counts as changed.
func (c cell) changed() bool { return !c.outside && !c.strip && c.state == TileMismatch }

// matched says whether the tile counts as agreeing.
func (c cell) matched() bool { return !c.outside && !c.strip && c.state == TileMatch }

// region is a connected set of changed tiles.
type region struct {
	tiles  []int
	rect   image.Rectangle // in the frame, drawn tight around what differs
	area   int             // of its tiles, frame px
	inner  int             // matching tiles within the tiles' bounds
	fresh  int             // tiles whose ground is another than the page's
	bounds image.Rectangle // in tiles
}

// bridge is how many tiles apart two changed tiles may lie and still be one
// region: a white gap between two replaced lines is no border.
const bridge = 2

// regions gathers the changed tiles into connected regions, largest first.
func (g *grid) regions(f *frame) []region {
	seen := make([]bool, len(g.cells))
	var out []region
	for i := range g.cells {
		if !seen[i] && g.cells[i].changed() {
			out = append(out, g.measureRegion(f, g.flood(i, seen)))
		}
	}
	slices.SortStableFunc(out, func(a, b region) int { return cmp.Compare(b.area, a.area) })
	return out
}

func (g *grid) flood(start int, seen []bool) []int {
	seen[start] = true
	tiles := []int{start}
	for n := 0; n < len(tiles); n++ {
		x, y := tiles[n]%g.nx, tiles[n]/g.nx
		for dy := -bridge; dy <= bridge; dy++ {
			for dx := -bridge; dx <= bridge; dx++ {
				if i, ok := g.joined(x, y, dx, dy); ok && !seen[i] {
					seen[i] = true
					tiles = append(tiles, i)
				}
			}
		}
	}
	return tiles
}

// joined is the changed tile at (x+dx, y+dy) if nothing that agrees lies between.
func (g *grid) joined(x, y, dx, dy int) (int, bool) {
	tx, ty := x+dx, y+dy
	if tx < 0 || ty < 0 || tx >= g.nx || ty >= g.ny || !g.cells[ty*g.nx+tx].changed() {
		return 0, false
	}
	between := (y+dy/2)*g.nx + x + dx/2
	return ty*g.nx + tx, !g.cells[between].matched()
}

func (g *grid) measureRegion(f *frame, tiles []int) region {
	slices.Sort(tiles)
	r := region{tiles: tiles}
	for _, i := range tiles {
		t := g.rect(i)
		r.area += t.Dx() * t.Dy()
		r.rect = r.rect.Union(f.differing(t))
		if f.newGround(t) {
			r.fresh++
		}
		r.bounds = r.bounds.Union(image.Rect(i%g.nx, i/g.nx, i%g.nx+1, i/g.nx+1))
	}
	for y := r.bounds.Min.Y; y < r.bounds.Max.Y; y++ {
		for x := r.bounds.Min.X; x < r.bounds.Max.X; x++ {
			if g.cells[y*g.nx+x].matched() {
				r.inner++
			}
		}
	}
	r.rect = f.trimmed(r.rect)
	return r
}

// visible is the difference of luma, in levels, from which a pixel is taken to
// differ when a region is drawn tight.
const visible = 24

// differing is the part of tile t in which picture and page differ, or all of t.
func (f *frame) differing(t image.Rectangle) image.Rectangle {
	l := f.layer(f.groups(t)[0])
	var out image.Rectangle
	for y := t.Min.Y; y < t.Max.Y; y++ {
		p := f.soft.Pix[y*f.soft.Stride+t.Min.X:][:t.Dx()]
		q := l.soft.Pix[(y+drift)*l.soft.Stride+t.Min.X+drift:][:len(p)]
		for x, v := range p {
			if d := int(v) - int(q[x]); d > f.limits.visible || d < -f.limits.visible {
				out = out.Union(image.Rect(t.Min.X+x, y, t.Min.X+x+1, y+1))
			}
		}
	}
	if out.Empty() {
		return t
	}
	return out
}
