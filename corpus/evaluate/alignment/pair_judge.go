package alignment

import (
	"image"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// pairOutcome is what came of one pair.
type pairOutcome struct {
	Set        string      `json:"set"`
	Kind       string      `json:"kind"`
	Picture    string      `json:"picture"`
	How        string      `json:"how"` // what was done to the picture
	Page       string      `json:"page"`
	Rendering  string      `json:"rendering"`
	LeftOut    string      `json:"left_out,omitempty"` // why the pair was not judged
	Located    bool        `json:"located"`
	Confidence float64     `json:"confidence,omitempty"`
	Inliers    int         `json:"inliers,omitempty"`
	State      align.State `json:"state,omitempty"` // of located pairs: the others are never same or altered
	Shares     string      `json:"shares,omitempty"`
	Why        string      `json:"why,omitempty"`
}

// What a located pair shares at the place where it was located.
const (
	sharedWords   = "words"   // the same lines of text
	sharedDrawing = "drawing" // the same drawing, to the detail
	sharedNothing = "nothing" // a false registration
)

// falsely says whether the picture was located on a page that does not share what
// is in the window.
func (o *pairOutcome) falsely() bool { return o.Located && o.Shares == sharedNothing }

// stated says whether a state was given that is false of every pair.
func (o *pairOutcome) stated() bool { return o.State == align.Same || o.State == align.Altered }

const (
	// fewPoints is the number of recognisable points up to which a window is left
	// out: where nothing can be found, that nothing was found says nothing.
	fewPoints = 100
	// sameText is the share of the window's text that also stands on the other page
	// from which the two are not called different pages.
	sameText = 0.5
	// littleText is the number of characters of a window below which two pages of
	// one site cannot be told to be different in what it shows.
	littleText = 40
)

// sheet is one rendering of a page, described once for many windows.
type sheet struct {
	view     view
	shot     image.Image
	features *align.Features
	found    map[*glimpse]align.Registration // of what was located
	texts    map[string][]box
}

// newSheet is nil for a capture that cannot speak about content.
func newSheet(c *capture.Capture) (*sheet, error) {
	if c.Validity != capture.OK || c.FullPage == nil {
		return nil, nil
	}
	img, err := picture.DecodeCapture(c.FullPage)
	if err != nil {
		return nil, err
	}
	s := &sheet{view: view{c, true, 0}, shot: img, found: map[*glimpse]align.Registration{}, texts: map[string][]box{}}
	s.features = align.Describe(align.Luma(img), align.Options{Page: true})
	for _, t := range c.Text {
		k := short(t.Text)
		s.texts[k] = append(s.texts[k], box{t.X, t.Y, t.W, t.H})
	}
	return s, nil
}

// unfit says why a window and a page are no pair of different pages, or "".
func (s *sheet) unfit(g *glimpse, kind relation) string {
	all, known := 0, 0
	for _, t := range g.texts {
		all += len(t)
		if s.texts[t] != nil {
			known += len(t)
		}
	}
	switch {
	case g.whole.Len() < fewPoints:
		return "nothing to find it by"
	case kind != stranger && all < littleText:
		return "too little text to call it another page"
	case all > 0 && float64(known) >= sameText*float64(all):
		return "half of its text is on the page"
	}
	return ""
}

// hold looks for the window on the page and compares where it was located.
func (s *sheet) hold(g *glimpse, o *pairOutcome) error {
	r := g.find(s.features)
	o.Located, o.Confidence, o.Inliers, o.Why = r.Located, r.Confidence, r.Inliers, r.Why
	blind := !r.Located && s.shot.Bounds().Dx() == g.content.Dx()
	if !r.Located && !blind {
		return nil
	}
	img, err := g.open()
	if err != nil {
		return err
	}
	content := part(img, g.content)
	if blind {
		// What was not located is compared where it would lie if it were the shot.
		if compare(content, s.shot, align.At(1, 0, 0), s.view.capture.Clipped).State == align.Same {
			o.State = align.Same
		}
		return nil
	}
	c := compare(content, s.shot, r, s.view.capture.Clipped)
	o.State, o.Why = c.State, c.Why
	o.Shares, s.found[g] = s.shares(g, content, r), r
	return nil
}

// over is the page as it lies over a located window.
func (s *sheet) over(g *glimpse, b image.Rectangle) image.Image {
	r, ok := s.found[g]
	if !ok {
		r = align.At(1, 0, 0)
	}
	return align.Warp(s.shot, r, b)
}

func part(img *image.NRGBA, r image.Rectangle) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: r.Size()})
	for y := range out.Rect.Dy() {
		copy(out.Pix[out.PixOffset(0, y):][:4*out.Rect.Dx()], img.Pix[img.PixOffset(r.Min.X, r.Min.Y+y):])
	}
	return out
}

// gridSteps is how many grids of tiles a picture must come out the same on. As
// verify does it.
const gridSteps = 4

// compare compares as verify does.
func compare(content *image.NRGBA, shot image.Image, r align.Registration, goesOn bool) align.Comparison {
	o := align.CompareOptions{GoesOn: goesOn}
	first := align.Compare(content, shot, r, o)
	for i := 1; i < gridSteps && first.State == align.Same; i++ {
		down := i * align.TileSize / gridSteps
		b := content.Rect
		b.Min.Y += down
		if c := align.Compare(content.SubImage(b), shot, r.Moved(0, -float64(down)), o); c.State == align.Altered {
			return c
		}
	}
	return first
}
