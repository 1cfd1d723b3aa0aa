package alignment

import (
	"context"
	"fmt"
	"hash/fnv"
	"image"
	"io"
	"math"
	"math/rand/v2"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
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
	Edit          int    // from 1: which line is rewritten in the developer tools; 0 is none
	Frame         string // chrome, firefox, edge or safari: a window drawn around it; "" is none
}

// Shot is a picture and what the page has where. Firefox does not tell: its
// pictures are where Chromium has them, and its lines are not known.
type Shot struct {
	Image    *image.RGBA
	Content  image.Rectangle // the page in it
	Pictures []image.Rectangle
	Lines    []image.Rectangle // of text
	Changed  image.Rectangle   // the rewritten line
	Browser  string
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
	taken, err := s.r.photograph(ctx, page.on.site.digest, inner)
	if err != nil {
		return Shot{}, err
	}
	d := &draft{on: page.on, pose: inner, rng: drawFrom(page.Name, p)}
	if d.specimen, err = newSpecimen(taken); err != nil {
		return Shot{}, err
	}
	shot := Shot{Browser: "chromium"}
	if p.Firefox {
		shot.Browser = "firefox"
	}
	if p.Edit > 0 {
		before, err := decode(taken.Before)
		if err != nil {
			return Shot{}, err
		}
		shot.Changed = difference(before, d.img)
	}
	if shot.Pictures, err = s.boxes(ctx, page, inner); err != nil {
		return Shot{}, err
	}
	for _, l := range taken.Lines {
		shot.Lines = append(shot.Lines, outer(l.Box))
	}
	shot.Image, shot.Content = d.img, d.img.Rect
	if p.Frame != "" {
		if err := s.r.framed(ctx, d, p.Frame, false); err != nil {
			return Shot{}, err
		}
		shot.Image, shot.Content = d.img, d.hole
		for i := range shot.Pictures {
			shot.Pictures[i] = shot.Pictures[i].Add(d.hole.Min)
		}
		for i := range shot.Lines {
			shot.Lines[i] = shot.Lines[i].Add(d.hole.Min)
		}
		shot.Changed = shot.Changed.Add(d.hole.Min)
	}
	return shot, nil
}

// picturesInView lists what the page shows as pictures, in pixels of the shot.
const picturesInView = `(()=>{const out=[],k=%g,names=new Set(['IMG','VIDEO','CANVAS','svg','OBJECT','EMBED','IFRAME']);
for(const e of document.querySelectorAll('*')){if(!names.has(e.tagName)&&!/url\(/.test(getComputedStyle(e).backgroundImage))continue;
if(!e.checkVisibility({checkOpacity:true,checkVisibilityCSS:true}))continue;const b=e.getBoundingClientRect();
if(b.width<1||b.height<1||b.bottom<0||b.top>innerHeight)continue;out.push({x:b.x*k,y:b.y*k,w:b.width*k,h:b.height*k})}return out})()`

// boxes asks Chromium, at the pose of either browser, and keeps the answer.
func (s *Studio) boxes(ctx context.Context, page Page, p pose) ([]image.Rectangle, error) {
	p.Firefox, p.Edit = false, 0
	list, err := bench.Keep(s.r.cache, "boxes", []any{"boxes/1 ", page.on.site.digest, fmt.Sprintf("%+v", p), s.r.camera.Version}, func() ([]capture.Box, error) {
		return s.r.camera.look(ctx, p)
	})
	var out []image.Rectangle
	for _, b := range list {
		out = append(out, outer(b))
	}
	return out, err
}

func outer(b capture.Box) image.Rectangle {
	return image.Rect(int(math.Floor(b.X)), int(math.Floor(b.Y)), int(math.Ceil(b.X+b.W)), int(math.Ceil(b.Y+b.H)))
}

func (c *camera) look(ctx context.Context, p pose) (boxes []capture.Box, err error) {
	err = c.visit(ctx, p, func(tab context.Context) error {
		if err := wait(tab, fmt.Sprintf(scroll, reach, p.Scroll)); err != nil {
			return err
		}
		boxes, err = chromedp.Run(tab, chromedp.Evaluate[[]capture.Box](fmt.Sprintf(picturesInView, p.Scale)))
		return err
	})
	return boxes, err
}

func drawFrom(name string, p Pose) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %+v", name, p)
	return rand.New(rand.NewPCG(h.Sum64(), 3))
}
