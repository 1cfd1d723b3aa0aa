package alignment

import (
	"context"
	"image"
	"io"
	"math"
	"os/exec"

	"github.com/defacecheck/defacecheck/capture"
)

// Studio takes pictures of this benchmark's pages as its claimants do, for other
// benchmarks.
type Studio struct {
	r    *run
	shut func() error
}

// StudioOptions say where packages and pictures are kept and what is said on the way.
type StudioOptions struct {
	Cache     string
	Log       io.Writer
	NoSandbox bool
	Subpixel  bool // Chromium smooths letters for a screen's sub-pixels; Firefox is left out
}

// Page is a page that pictures are taken of.
type Page struct {
	Name        string // of site and page
	Site        string // without its version
	Development bool   // may be looked at while developing
	on          subject
}

// Pose is how a picture is taken.
type Pose struct {
	Width, Height int     // CSS px of the content area
	Scale         float64 // device pixels per CSS px
	Scroll        float64 // share, 0 to 1, of what can be scrolled
	Firefox       bool
	Edit          int  // from 1: which line is rewritten in the developer tools; 0 is none
	Window        bool // the browser's window is in the picture; Firefox shows the page's top in one
}

// Shot is a picture and what the page has where. Firefox does not tell: its
// pictures are where Chromium has them, and its lines are not known.
type Shot struct {
	Image    *image.RGBA
	Content  image.Rectangle // the page in it
	Pictures []image.Rectangle
	Lines    []Line
	Changed  image.Rectangle // the rewritten line
}

// Line is text in view.
type Line struct {
	Box  image.Rectangle
	Type Type
}

// Type is how a line is set. One whose letters cannot be had from the families' names
// alone has no size: of a font of the page's own, spaced out, of several lines.
type Type struct {
	Families []string // as CSS names them, the most wanted first
	Size     float64  // px of the picture
	Letters  int
	Bold     bool
	Italic   bool
	Colour   string // as CSS writes it
}

// OpenStudio fetches the sites and starts the claimants' browsers.
func OpenStudio(ctx context.Context, o StudioOptions) (*Studio, error) {
	r, err := prepare(ctx, options{cache: o.Cache, noSandbox: o.NoSandbox, subpixel: o.Subpixel}, o.Log)
	if err != nil {
		return nil, err
	}
	shut, err := r.claimants(ctx, newWeb(r.sites))
	if err != nil {
		return nil, err
	}
	return &Studio{r, shut}, nil
}

// Close ends the browsers.
func (s *Studio) Close() error { return s.shut() }

// HasFirefox says whether there is a Firefox here.
func (s *Studio) HasFirefox() bool { return s.r.firefox != nil }

// HasScreen says whether real windows can be shown here.
func (s *Studio) HasScreen() bool { _, err := exec.LookPath("Xvfb"); return err == nil }

// Pages are all that could be had.
func (s *Studio) Pages() []Page {
	var all []Page
	for _, p := range s.r.pages {
		all = append(all, Page{p.String(), p.site.family(), p.site.development(), p})
	}
	return all
}

// Take takes a picture, or gives the one that is kept.
func (s *Studio) Take(ctx context.Context, page Page, p Pose) (Shot, error) {
	inner := pose{URL: page.on.url(), Width: p.Width, Height: p.Height, Scale: p.Scale, Scroll: p.Scroll, Edit: p.Edit, Firefox: p.Firefox}
	if p.Window {
		return s.r.inWindow(ctx, page, inner)
	}
	taken, err := s.r.photograph(ctx, page.on.site.digest, inner)
	if err != nil {
		return Shot{}, err
	}
	seen, err := s.r.inView(ctx, page, inner)
	if err != nil {
		return Shot{}, err
	}
	img, err := decode(taken.PNG)
	if err != nil {
		return Shot{}, err
	}
	return shotOf(img, taken.Before, img.Rect, seen, inner)
}

// shotOf puts together a picture and what the page has where, which is counted from the
// corner of the page.
func shotOf(img *image.RGBA, unedited []byte, content image.Rectangle, seen layout, p pose) (Shot, error) {
	s := Shot{Image: img, Content: content}
	for _, b := range seen.Pictures {
		s.Pictures = append(s.Pictures, outer(b).Add(content.Min))
	}
	if p.Firefox { // its lines are not known
		return s, nil
	}
	for _, l := range seen.Lines {
		s.Lines = append(s.Lines, Line{outer(l.Box).Add(content.Min), l.Type})
	}
	if p.Edit > 0 {
		before, err := decode(unedited)
		if err != nil {
			return Shot{}, err
		}
		s.Changed = difference(before, img).Intersect(content)
	}
	return s, nil
}

func outer(b capture.Box) image.Rectangle {
	return image.Rect(int(math.Floor(b.X)), int(math.Floor(b.Y)), int(math.Ceil(b.X+b.W)), int(math.Ceil(b.Y+b.H)))
}
