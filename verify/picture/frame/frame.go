package frame

import (
	"image"
	"image/draw"
	"slices"
)

// Kind says what surrounds the page.
type Kind string

// The kinds of surroundings.
const (
	None      Kind = "none"      // nothing was taken off
	Browser   Kind = "browser"   // a browser window that fills the picture
	Desktop   Kind = "desktop"   // a window with other things around it: a task bar, a wallpaper
	Phone     Kind = "phone"     // a phone's status bar and its browser
	Letterbox Kind = "letterbox" // plain bars that fill up another aspect ratio
	Known     Kind = "known"     // From was told where the content is
)

// Side is where a strip lies, seen from the content.
type Side string

// The four sides.
const (
	Top    Side = "top"
	Bottom Side = "bottom"
	Left   Side = "left"
	Right  Side = "right"
)

// Part says what a strip is.
type Part string

// The parts of a frame.
const (
	Bars      Part = "bars"       // tabs, address bar, bookmarks, and what lies above them
	TaskBar   Part = "task bar"   // the lowest strip of a desktop
	NavBar    Part = "navigation" // the lowest strip of a phone
	Border    Part = "border"     // window border, scroll bar, wallpaper, another window
	Bar       Part = "bar"        // a plain bar of a letterbox
	Remainder Part = "remainder"  // what From was told is not the content
)

// Strip is one piece of the frame. The strips of a Frame do not overlap and
// together with its Content make up the whole picture.
type Strip struct {
	Rect image.Rectangle
	Side Side
	Part Part
}

// Frame is what surrounds the page in a picture. Rectangles are in the
// picture's own coordinates, in pixels.
type Frame struct {
	Content    image.Rectangle // the page; the whole picture when Kind is None
	Kind       Kind
	Confidence float64 // 0 to 1 that the strips are no page; 0 when Kind is None
	Strips     []Strip
	Address    image.Rectangle // best guess of the address bar's field; empty when there is none
	Tab        image.Rectangle // best guess of the active tab, with its sign and title; empty when there is none
	Clock      image.Rectangle // best guess of where the clock stands; empty when there is none
	Grounds    []uint8         // lumas of a window's bar and of its strip of tabs; panels have them too
	Why        string          // one sentence: what spoke for the cut, or against one
}

// DefaultConfidence is what a cut needs. What a desktop's bars lack when their
// tabs were cropped away puts them below it: a page's own header with a search
// field looks the same.
const DefaultConfidence = 0.7

// Find proposes what of img is page and what is frame. It is sure of itself or
// cuts nothing. Equal pictures give equal frames; img is only read.
func Find(img image.Image) Frame {
	p := newPlane(img)
	best := whole(p.bounds(), "no address bar, status bar or plain bars were recognised")
	if p.w < minSide || p.h < minSide {
		best.Why = "the picture is too small to tell a frame from a page"
		return best.moved(img)
	}
	for _, look := range []func(*plane) Frame{window, phoneScreen, letterbox} {
		f := look(p)
		if f.Kind != None && f.Confidence >= DefaultConfidence && sensible(f, p) {
			return f.moved(img)
		}
		if f.Confidence > best.Confidence {
			best.Why, best.Confidence = "nothing was cut: "+f.Why, f.Confidence
		}
	}
	best.Confidence = 0
	return best.moved(img)
}

const (
	// minSide is the least side, in pixels, of a picture worth looking at: bars
	// and some page.
	minSide = 200
	// minShare is the least share of either side that content may keep: a
	// smaller rectangle is more likely a picture on a page than a window.
	minShare = 0.4
)

func sensible(f Frame, p *plane) bool {
	return float64(f.Content.Dx()) >= minShare*float64(p.w) && float64(f.Content.Dy()) >= minShare*float64(p.h)
}

// From makes the Frame of a picture whose content is known, as a registration
// of the page gives it: what lies outside is kept as strips, and an address bar
// and a clock are looked for there. Confidence is 1. A rectangle that does not
// meet the picture, or covers it, gives a Frame of Kind None.
func From(content image.Rectangle, img image.Image) Frame {
	p := newPlane(img)
	c := content.Sub(img.Bounds().Min).Intersect(p.bounds())
	if c.Empty() || c == p.bounds() {
		return whole(p.bounds(), "the content leaves no frame").moved(img)
	}
	f := Frame{Content: c, Kind: Known, Confidence: 1, Why: "the page was located in the picture"}
	f.surround(p.bounds(), Remainder, Remainder)
	f.Address, f.Tab = addressBeyond(p, c)
	f.Clock = clockBeyond(p, c)
	return f.moved(img)
}

// Within is f with more taken off: what of its content lies outside of content, which
// a registration of the page gives. What f tells of address, tab and clock stays. Where
// f has nothing taken off it is From.
func (f Frame) Within(content image.Rectangle, img image.Image) Frame {
	if f.Kind == None {
		return From(content, img)
	}
	before, c := f.Content, content.Intersect(f.Content)
	if c.Empty() || c == before {
		return f
	}
	f.Content, f.Strips = c, slices.Clone(f.Strips)
	f.surround(before, Remainder, Remainder)
	f.Why += "; and the page was located in the rest"
	return f
}

// Cut gives the content and the strips of f as pictures of their own, in the
// order of f.Strips. They are copies with the origin at 0, 0.
func Cut(img image.Image, f Frame) (content *image.NRGBA, strips []*image.NRGBA) {
	for _, s := range f.Strips {
		strips = append(strips, piece(img, s.Rect))
	}
	return piece(img, f.Content), strips
}

// Picture is the frame as a picture of its own: of img's bounds, so that the
// rectangles of f hold in it, with the content transparent. It is nil when there
// is no frame.
func Picture(img image.Image, f Frame) *image.NRGBA {
	if len(f.Strips) == 0 {
		return nil
	}
	out := image.NewNRGBA(img.Bounds())
	for _, s := range f.Strips {
		draw.Draw(out, s.Rect, img, s.Rect.Min, draw.Src)
	}
	return out
}

func piece(img image.Image, r image.Rectangle) *image.NRGBA {
	r = r.Intersect(img.Bounds())
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, img, r.Min, draw.Src)
	return out
}

func whole(r image.Rectangle, why string) Frame {
	return Frame{Content: r, Kind: None, Why: why}
}

// surround fills in the strips around f.Content: the rows above and below over
// the whole width, and what is left at the sides.
func (f *Frame) surround(all image.Rectangle, side, below Part) {
	c, upper := f.Content, Bars
	if side == Remainder || side == Bar {
		upper = side
	}
	for _, s := range []Strip{
		{image.Rect(all.Min.X, all.Min.Y, all.Max.X, c.Min.Y), Top, upper},
		{image.Rect(all.Min.X, c.Max.Y, all.Max.X, all.Max.Y), Bottom, below},
		{image.Rect(all.Min.X, c.Min.Y, c.Min.X, c.Max.Y), Left, side},
		{image.Rect(c.Max.X, c.Min.Y, all.Max.X, c.Max.Y), Right, side},
	} {
		if !s.Rect.Empty() {
			f.Strips = append(f.Strips, s)
		}
	}
}

// moved puts f, found with the origin at 0, 0, where img has its own.
func (f Frame) moved(img image.Image) Frame {
	d := img.Bounds().Min
	f.Content = f.Content.Add(d)
	for i := range f.Strips {
		f.Strips[i].Rect = f.Strips[i].Rect.Add(d)
	}
	for _, r := range []*image.Rectangle{&f.Address, &f.Tab, &f.Clock} {
		if !r.Empty() {
			*r = r.Add(d)
		}
	}
	return f
}
