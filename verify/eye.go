package verify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"math"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// eye lays the claim's picture, without the frame of a window around it, beside
// captures. It describes the picture once. It is used from one goroutine at a
// time. Registrations and tiles are in pixels of the content; what leaves this
// file for the result is in pixels of the picture.
type eye struct {
	shots   *Shots
	content image.Image
	size    image.Point
	frame   frame.Frame
	luma    *image.Gray
	whole   *align.Features
	small   map[float64]*align.Features // by share of the picture's size
	seen    map[view]placement
}

// view is what a placement depends on: a shot's bytes and how it lies in its page. Of a
// page that stays as it is many captures look the same to the last pixel.
type view struct {
	digest         string
	window         capture.Viewport
	goesUp, goesOn bool
}

func newEye(p *picture.Picture, f frame.Frame, shots *Shots) *eye {
	e := &eye{shots: shots, content: p.Image, frame: f}
	if f.Kind != frame.None {
		e.content, _ = frame.Cut(p.Image, f)
	}
	e.size = e.content.Bounds().Size()
	e.luma = align.Luma(e.content)
	e.whole = e.describe(1)
	e.small, e.seen = map[float64]*align.Features{}, map[view]placement{}
	return e
}

func (e *eye) describe(share float64) *align.Features {
	// Perspective explains a page that is laid out for another window as well
	// as a photograph of a screen, and then agrees where it should not: it is only
	// looked for in pictures that no screenshot looks like.
	return align.Describe(e.luma, align.Options{Share: share})
}

// coarse is how many times wider than a shot a picture must be to be looked for
// at the shot's size first: most points on a picture with three device pixels
// per CSS pixel are smaller than anything on the shot.
const coarse = 1.4

// find locates the picture in a shot.
func (e *eye) find(shot *align.Features) align.Registration {
	wider := float64(e.size.X) / float64(max(shot.Size().X, 1))
	if wider < coarse {
		return align.Register(e.whole, shot)
	}
	share := 1 / wider
	if e.small[share] == nil {
		e.small[share] = e.describe(share)
	}
	small := align.Register(e.small[share], shot)
	if small.Located {
		return small
	}
	if whole := align.Register(e.whole, shot); whole.Located {
		return whole
	}
	return small
}

// placement is where the picture lies in one shot of a capture.
type placement struct {
	registration align.Registration
	comparison   align.Comparison
	account      account
	full         bool // the shot is the full page, not the viewport
	digest       string
	beyond       float64 // share of the picture that lies beyond the page
}

// see compares the picture with a capture's shots, the viewport's at scroll CSS
// pixels, and keeps the placement that explains more of the picture.
func (e *eye) see(c *capture.Capture, scroll int) (*Sighting, error) {
	s := &Sighting{Capture: c, scroll: scroll, Why: "the capture cannot speak about content"}
	if c.Validity != capture.OK {
		return s, nil
	}
	first, err := e.shots.open(c.First, c.Viewport)
	if err != nil {
		return nil, fmt.Errorf("read shot of %s: %w", c.ID, err)
	}
	s.Look = lookOf(c, first.imprint())
	best := e.place(first, c.Viewport, s.within(c, false))
	// Of a page that fits the window both shots are one.
	if c.FullPage != nil && !best.complete() && !bytes.Equal(c.First, c.FullPage) {
		whole, err := e.shots.open(c.FullPage, c.Viewport)
		if err != nil {
			return nil, fmt.Errorf("read full-page shot of %s: %w", c.ID, err)
		}
		p := e.place(whole, c.Viewport, s.within(c, true))
		p.full = true
		if p.account.over(best.account) || s.tellsMore(p, best) {
			best = p
		}
	}
	s.take(best, e.frame.Content)
	return s, nil
}

// tellsMore says whether placement a tells which part of the page the picture shows,
// where b only agrees in what stays in view wherever that is.
func (s *Sighting) tellsMore(a, b placement) bool {
	tells := func(p placement) bool {
		at := &Sighting{Capture: s.Capture, scroll: s.scroll, full: p.full, registration: p.registration}
		return p.account.located && !p.registration.Turned() && at.body() >= 0
	}
	return s.holdsStill() && b.account.located && tells(a) && !tells(b)
}

// complete says whether the shot shows all that the picture does, so that no other shot
// of the capture can show more of it.
func (p placement) complete() bool {
	return p.comparison.State == align.Same && p.comparison.Covered == 1 && p.account.consistent && p.account.whole()
}

// within says how a shot lies in its page, for a comparison with it.
func (s *Sighting) within(c *capture.Capture, full bool) align.CompareOptions {
	o := align.CompareOptions{PerCSS: sight(c.Viewport)}
	if full {
		o.GoesOn = c.Clipped
		return o
	}
	o.GoesUp, o.GoesOn = s.scroll > 0, c.PageHeight > s.scroll+c.Viewport.Height
	return o
}

// shotOf reads the shot of a capture that the sighting compared the picture with, at the size
// it was compared at.
func (s *Sighting) shotOf(c *capture.Capture, shots *Shots) (*shot, error) {
	data := c.First
	if s.full {
		data = c.FullPage
	}
	got, err := shots.open(data, c.Viewport)
	if err != nil {
		return nil, fmt.Errorf("read shot of %s: %w", c.ID, err)
	}
	return got, nil
}

// view lays the sighting's capture over the content of the picture.
func (e *eye) view(s *Sighting) (*image.NRGBA, error) {
	shot, err := s.shotOf(s.Capture, e.shots)
	if err != nil {
		return nil, err
	}
	return align.Warp(shot.image, s.registration, e.content.Bounds()), nil
}

// again compares anew where the picture was found before, leaving out parts of
// the content.
func (e *eye) again(s *Sighting, ignore []image.Rectangle) error {
	shot, err := s.shotOf(s.Capture, e.shots)
	if err != nil {
		return err
	}
	o := s.within(s.Capture, s.full)
	o.IgnorePicture = ignore
	p := e.placed(shot.image, s.registration, s.Capture.Viewport, o)
	p.full, p.digest = s.full, s.shot
	s.take(p, e.frame.Content)
	return nil
}

// differences returns where two captures taken alike differ, in pixels of the
// content, and how the picture agrees with the second. The two are looks at one
// page: however much differs between them varies by itself, but for what only
// moved because a line above it is longer.
func (e *eye) differences(s *Sighting, twin *capture.Capture) ([]image.Rectangle, func(Rect) TileState, error) {
	one, err := e.view(s)
	if err != nil {
		return nil, nil, err
	}
	shot, err := s.shotOf(twin, e.shots)
	if err != nil {
		return nil, nil, err
	}
	place := s.registration
	if again := e.find(shot.features()); again.Located && !place.Turned() &&
		!again.Turned() && math.Abs(again.Scale/place.Scale-1) <= widthSlack {
		place = again
	}
	var regions []image.Rectangle
	for _, r := range differing(one, align.Warp(shot.image, place, e.content.Bounds()), image.Point{}) {
		regions = append(regions, r.image().Inset(-align.TileSize/2))
	}
	t := &Sighting{Capture: twin}
	t.take(placement{registration: place, comparison: e.compare(shot.image, place, s.within(twin, s.full))}, e.frame.Content)
	return regions, t.states(), nil
}

// place finds the picture in a shot and compares the two. A picture that was
// not found is compared where it would lie if it were the shot itself, because
// a page with a line of text on black gives too few points to be found by.
func (e *eye) place(s *shot, v capture.Viewport, o align.CompareOptions) placement {
	key := view{s.digest, v, o.GoesUp, o.GoesOn}
	if p, ok := e.seen[key]; ok {
		return p
	}
	p := e.placeAnew(s, v, o)
	e.seen[key] = p
	return p
}

func (e *eye) placeAnew(s *shot, v capture.Viewport, o align.CompareOptions) placement {
	r := e.find(s.features())
	p := e.placed(s.image, r, v, o)
	if !r.Located && s.image.Bounds().Dx() == e.size.X {
		if q := e.placed(s.image, align.At(1, 0, 0), v, o); q.comparison.State == align.Same {
			p = q
		}
	}
	p.digest = s.digest
	return p
}

// placed compares the picture with a shot in which it lies as r says.
func (e *eye) placed(shot image.Image, r align.Registration, v capture.Viewport, o align.CompareOptions) placement {
	c := e.compare(shot, r, o)
	a := accountOf(r, c, e.size.X, v)
	a.consistent = a.consistent || !v.Mobile && align.Sided(e.content, r, shot.Bounds().Size())
	beyond, empty := align.Beyond(e.luma, r, shot.Bounds().Size(), o)
	a.open = beyond > littleBeyond && !empty
	return placement{registration: r, comparison: c, account: a, beyond: beyond}
}

// gridSteps is how many grids a picture must come out the same on, each moved
// down by a further part of a tile: a line of text that stands across the edge
// of two rows of tiles can hide in both. One grid missed a line of 13 px at 8 of
// 32 places, two at one, four at none.
const gridSteps = 4

// compare lays the content over a shot. What comes out the same is compared
// again on other grids.
func (e *eye) compare(shot image.Image, r align.Registration, o align.CompareOptions) align.Comparison {
	first := align.Compare(e.content, shot, r, o)
	for i := 1; i < gridSteps && first.State == align.Same; i++ {
		if c := e.lower(shot, r, o, i*align.TileSize/gridSteps); c.State == align.Altered {
			return c
		}
	}
	return first
}

// lower compares on a grid that lies by px lower, which leaves out that many
// rows at the top.
func (e *eye) lower(shot image.Image, r align.Registration, o align.CompareOptions, px int) align.Comparison {
	part, ok := e.content.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok || e.size.Y <= px+align.TileSize {
		return align.Comparison{}
	}
	b := e.content.Bounds()
	b.Min.Y += px
	r = r.Moved(0, -float64(px))
	down := image.Pt(0, px)
	o.IgnorePicture = shifted(o.IgnorePicture, image.Pt(0, -px))
	c := align.Compare(part.SubImage(b), shot, r, o)
	for i := range c.Tiles {
		c.Tiles[i].Rect = c.Tiles[i].Rect.Add(down)
	}
	c.Regions, c.Frame = shifted(c.Regions, down), shifted(c.Frame, down)
	for _, outline := range c.Outlines {
		for i := range outline {
			outline[i] = outline[i].Add(down)
		}
	}
	return c
}

func shifted(all []image.Rectangle, by image.Point) []image.Rectangle {
	var out []image.Rectangle
	for _, r := range all {
		out = append(out, r.Add(by))
	}
	return out
}

// take makes the placement the sighting's own; content is where the page lies in
// the picture.
func (s *Sighting) take(p placement, content image.Rectangle) {
	by, pixels := content.Min, content.Dx()*content.Dy()
	s.registration, s.full, s.shot, s.account, s.aligned = p.registration, p.full, p.digest, p.account, p.comparison
	s.down = p.registration.OffsetY
	if p.registration.Located && !p.registration.Turned() && s.holdsStill() {
		if i := s.body(); i >= 0 {
			s.down = p.registration.Groups[i].OffsetY
		}
	}
	c := p.comparison
	s.State, s.Why = State(c.State), c.Why
	if s.State == Other && s.Capture.Clipped {
		// What lies below the clip was not looked at.
		s.State, s.Why = Uninformative, "the picture was not found in the part of the page that was captured"
	}
	if s.Capture.Settled.ScriptsOff && (s.State == Other || s.State == Altered) {
		s.State, s.Why = Uninformative, "the page could be drawn without its scripts only, and may lack what they make"
	}
	s.edged = s.State == Same && c.Legible
	if s.edged {
		s.State, s.Why = Uninformative, "all agrees but a strip along the picture's edge, which may be a window's frame or a banner over the page"
	}
	if s.State == Same && p.account.open {
		s.State, s.Why = Uninformative, "beyond the page the picture shows something which nobody compared: a window's bars, or a block that pushed the page down"
	}
	s.Tiles = make([]Tile, len(c.Tiles))
	for i, t := range c.Tiles {
		s.Tiles[i] = Tile{rect(t.Rect.Add(by)), tileState(t.State)}
	}
	whole := p.registration.Moved(float64(by.X), float64(by.Y)).OnFiner(scaleOf(s.Capture.Viewport) / sight(s.Capture.Viewport))
	s.Match = &Match{
		Homography: (*[9]float64)(whole.Homography),
		Located:    whole.Located, Scale: whole.Scale,
		OffsetX: whole.OffsetX, OffsetY: whole.OffsetY, Confidence: whole.Confidence,
		TilesSame: c.Match, TilesDiff: c.Mismatch, TilesFlat: c.Flat,
		Agreement: c.Agreement, Changed: c.LargestChanged, Beyond: p.beyond,
	}
	s.Match.SetAside = setAside(s.Tiles, pixels)
	for _, r := range c.Frame {
		s.Match.Frame = append(s.Match.Frame, rect(r.Add(by)))
	}
	for _, r := range c.Regions {
		s.Match.Regions = append(s.Match.Regions, rect(r.Add(by)))
	}
	for _, o := range c.Outlines {
		s.Match.Outlines = append(s.Match.Outlines, shape(o, by))
	}
	s.doubtFonts(c, by)
	s.doubtHeld(c, by)
}

func shape(outline []image.Point, by image.Point) Shape {
	out := make(Shape, len(outline))
	for i, p := range outline {
		p = p.Add(by)
		out[i] = Point{X: p.X, Y: p.Y}
	}
	return out
}

func tileState(t align.TileState) TileState {
	switch t {
	case align.TileMatch:
		return TileMatch
	case align.TileMismatch:
		return TileMismatch
	case align.TileMasked:
		return TileMasked
	}
	return TileFlat
}

func rect(r image.Rectangle) Rect {
	return Rect{X: r.Min.X, Y: r.Min.Y, W: r.Dx(), H: r.Dy()}
}

// rank orders states by how much they say of where the picture lies. Other and
// uninformative say nothing of it, and are told apart by agreement.
func rank(s State) int {
	switch s {
	case Same:
		return 2
	case Altered:
		return 1
	}
	return 0
}

// scaleOf is the device pixels per CSS pixel of a window.
func scaleOf(v capture.Viewport) float64 {
	if v.Scale == 0 {
		return 1
	}
	return v.Scale
}

// scale is the device pixels per CSS pixel of the capture.
func (s *Sighting) scale() float64 { return scaleOf(s.Capture.Viewport) }

// phoneSight is how many pixels per CSS pixel a phone's shot is compared at.
const phoneSight = 2

// sight is how many pixels per CSS pixel a shot is compared at. What was
// rendered at two and more is reduced, and the picture with it: a tile then holds
// the same letters whatever the screen. A phone shrinks pages that were not made
// for it, and keeps two.
func sight(v capture.Viewport) float64 {
	switch scale := scaleOf(v); {
	case scale < 2:
		return scale
	case v.Mobile:
		return phoneSight
	}
	return 1
}

// atSight is the shot at the size that it is compared at.
func atSight(shot image.Image, v capture.Viewport) image.Image {
	share := sight(v) / scaleOf(v)
	if share == 1 {
		return shot
	}
	return align.Reduce(shot, share)
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
