package align

import (
	"cmp"
	"image"
	"math"
)

// TileState is what the comparison of one tile gave.
type TileState uint8

// The tile states. A flat tile agrees but holds nothing that tells pages apart:
// one colour, even shading, or a straight edge. A match agrees in detail, down
// to the letters. A tile that carries texture on one side only is a mismatch. A
// masked tile was left out by the caller.
const (
	TileFlat TileState = iota
	TileMatch
	TileMismatch
	TileMasked
)

// Tile is one square of the comparison. In a photograph, where a square of the
// page shows as a quadrilateral, Rect is the smallest rectangle around it, so that
// neighbours overlap a little.
type Tile struct {
	Rect  image.Rectangle // in pixels of the picture, origin at its top left corner
	State TileState
	Frame bool // part of a strip at the edge that looks like window frame, and not counted
	// Likeness is how well the detail of a tile that matches agrees, as a
	// correlation from 0 to 1; 0 where it was not measured. Letters of one program
	// and font have 0.9 and more, however they were recompressed; see Altered.
	Likeness float64
}

// State is the match state of a picture in a page.
type State string

// The match states.
const (
	Same          State = "same"          // all that is informative agrees
	Altered       State = "altered"       // the same page with the Regions replaced
	Other         State = "other"         // another page
	Uninformative State = "uninformative" // too little, or too mixed, to tell
)

// Comparison is how a picture and a page agree, tile by tile. Rectangles are
// in pixels of the picture, whose top left corner is (0, 0).
type Comparison struct {
	State State
	Why   string // one clause saying why the state is what it is

	Tiles                         []Tile // row by row; tiles outside the page are left out
	Match, Mismatch, Flat, Masked int    // numbers of tiles; those in Frame are not counted

	Agreement float64           // Match / (Match + Mismatch); 0 when there are none
	Regions   []image.Rectangle // connected changed regions, largest first
	// Outlines are the regions as polygons on the picture, in the same order. Only
	// in a photograph do they differ from the rectangles.
	Outlines [][]image.Point
	// Fresh says for each region whether it lies on another background than the page
	// has there: then it is no matter of letters.
	Fresh          []bool
	LargestChanged float64 // share of the picture that the largest covers with changed tiles, 0 to 1
	Covered        float64 // share of the picture that lies inside the page, 0 to 1
	// Frame holds strips along the edges, over the full width or height, that
	// differ while all beside them agrees, and that the page would fill. They
	// look like a browser's or a phone's bars, and are neither counted nor called
	// an alteration; but a banner painted along the edge would look the same, so
	// that a caller who must be sure takes the frame off first and finds none.
	Frame []image.Rectangle
	// Moving says that the state is Uninformative because what differs lies along lines,
	// as it does where a drawing moves.
	Moving bool
	// OtherOrAltered says that the state is Uninformative because what agrees is too little, or
	// lies too much along the edges, to tell this page with a part replaced from another
	// page: either way the picture shows something else than the page in its Regions.
	OtherOrAltered bool
	// Legible says that one of these strips has room for a line of text and is not of
	// one colour.
	Legible bool
}

// CompareOptions says what to leave out. The zero value leaves out nothing.
type CompareOptions struct {
	IgnorePicture []image.Rectangle // in picture px from its top left corner
	IgnorePage    []image.Rectangle // in page px: what varies by itself, from Mask
	// Furniture is what other pages of the site show as well, in page px: headers,
	// menus, footers; for example what agrees in Compare of two of its pages. Where
	// it is known, what agrees elsewhere proves the page, along the edges too. Nil
	// is unknown: then what lies along the edges is taken for furniture.
	Furniture []image.Rectangle
	// GoesOn says that the page goes on below the shot's lower end, as a window's
	// does: then a frame may lie over the picture's lower edge.
	GoesOn bool
	// GoesUp says the same of its upper end, as of a window's that is scrolled. A bar
	// there may be the window's or laid over the page: it is not taken for frame, but
	// neither called an alteration.
	GoesUp bool
	// PerCSS is how many pixels of the shot a CSS pixel has; 0 is one.
	PerCSS float64
}

// Compare puts the picture beside the page as reg says, tile by tile. Both are
// taken on white where transparent. It needs about three times the picture's
// memory, and as much again for each group of reg that is used.
func Compare(pic, page image.Image, reg Registration, o CompareOptions) Comparison {
	if !reg.Located || len(reg.Groups) == 0 || pic.Bounds().Empty() || page.Bounds().Empty() {
		return unplaced(reg)
	}
	if reg.Turned() {
		return compareTurned(pic, page, reg, o)
	}
	f := newFrame(pic, page, reg)
	f.goesOn, f.goesUp, f.perCSS = o.GoesOn, o.GoesUp, cmp.Or(o.PerCSS, 1)
	return f.compare(o)
}

// Differing lays two pictures of one size, of one part of a page, over each other and
// returns the tiles in which they differ, row by row: those that Compare calls
// mismatches, without asking what state that makes.
func Differing(a, b image.Image) []image.Rectangle {
	if a.Bounds().Empty() || b.Bounds().Empty() {
		return nil
	}
	f := newFrame(a, b, At(1, 0, 0))
	g, _, _ := f.lay(CompareOptions{})
	var out []image.Rectangle
	for i, c := range g.cells {
		if !c.outside && c.state == TileMismatch {
			out = append(out, f.toPicture(g.rect(i)))
		}
	}
	return out
}

// lay gives every tile its state, and what of the edges looks like a window's frame.
func (f *frame) lay(o CompareOptions) (g *grid, strips []image.Rectangle, legible bool) {
	g = f.survey(o)
	if f.view != nil && f.relight(g) {
		g = f.survey(o)
	}
	g.pare(f, o)
	g.mend(f)
	if f.view != nil {
		f.view.clip(g)
	}
	strips, legible = g.takeStrips(f)
	return g, strips, legible
}

func (f *frame) compare(o CompareOptions) Comparison {
	c := Comparison{}
	var g *grid
	g, c.Frame, c.Legible = f.lay(o)
	regions := g.regions(f)
	c.count(g, f, regions)
	c.State, c.Why = decide(&c, g, f, regions)
	c.liken(g, f)
	return c
}

// survey examines every tile.
func (f *frame) survey(o CompareOptions) *grid {
	g := newGrid(f.size)
	g.furnished = o.Furniture != nil
	for i := range g.cells {
		g.cells[i] = f.examine(g.rect(i), o)
	}
	return g
}

// examine gives the state of one tile of the frame.
func (f *frame) examine(r image.Rectangle, o CompareOptions) cell {
	if f.view != nil && !f.view.shows(r) {
		return cell{outside: true}
	}
	groups := f.groups(r)
	if len(groups) == 0 {
		return cell{outside: true, busy: measure(f.soft, r).deviation >= f.limits.textureFrom}
	}
	if f.masked(r, groups, o) {
		return cell{state: TileMasked}
	}
	shared := f.onPage(r, groups, o.Furniture)
	state := TileMismatch
	for _, k := range groups {
		if s := f.judge(r, k); s != TileMismatch {
			state = s
		}
		if state == TileMatch {
			break
		}
	}
	return cell{state: state, shared: shared, busy: measure(f.soft, r).deviation >= f.limits.textureFrom}
}

// masked says whether a quarter of the tile lies in a region to be ignored.
func (f *frame) masked(r image.Rectangle, groups []int, o CompareOptions) bool {
	for _, m := range o.IgnorePicture {
		if quarter(f.fromPicture(m), r) {
			return true
		}
	}
	return f.onPage(r, groups, o.IgnorePage)
}

// onPage says whether a quarter of the tile lies in one of the page's regions.
func (f *frame) onPage(r image.Rectangle, groups []int, regions []image.Rectangle) bool {
	for _, k := range groups {
		s, x, y := f.into(k)
		for _, m := range regions {
			if quarter(scaled(m, s, x, y), r) {
				return true
			}
		}
	}
	return false
}

// quarter says whether m covers a quarter of r.
func quarter(m, r image.Rectangle) bool {
	i := m.Intersect(r)
	return i.Dx()*i.Dy() > r.Dx()*r.Dy()/4
}

// scaled moves a rectangle and rounds it outwards.
func scaled(r image.Rectangle, s, x, y float64) image.Rectangle {
	return image.Rect(
		int(math.Floor(float64(r.Min.X)*s+x)), int(math.Floor(float64(r.Min.Y)*s+y)),
		int(math.Ceil(float64(r.Max.X)*s+x)), int(math.Ceil(float64(r.Max.Y)*s+y)))
}

// count fills in the figures.
func (c *Comparison) count(g *grid, f *frame, regions []region) {
	inside, total := 0, 0
	for i, cell := range g.cells {
		r := g.rect(i)
		total += r.Dx() * r.Dy()
		if cell.outside {
			continue
		}
		inside += r.Dx() * r.Dy()
		c.Tiles = append(c.Tiles, Tile{Rect: f.toPicture(r), State: cell.state, Frame: cell.strip})
		if cell.strip {
			continue
		}
		switch cell.state {
		case TileMatch:
			c.Match++
		case TileMismatch:
			c.Mismatch++
		case TileFlat:
			c.Flat++
		case TileMasked:
			c.Masked++
		}
	}
	c.Covered = float64(inside) / float64(max(total, 1))
	c.Agreement = share(c.Match, c.Match+c.Mismatch)
	for i, r := range regions {
		c.Regions = append(c.Regions, f.toPicture(r.rect))
		c.Outlines = append(c.Outlines, f.outline(r.rect))
		c.Fresh = append(c.Fresh, 2*r.fresh >= len(r.tiles))
		if i == 0 {
			c.LargestChanged = float64(r.area) / float64(max(total, 1))
		}
	}
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }
