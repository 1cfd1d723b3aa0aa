package alignment

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg" // what glimpses are kept as
	_ "image/png"
	"math"
	"strings"
	"sync"

	_ "golang.org/x/image/webp"

	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// glimpse is a window of a page as somebody posts it: a picture with its
// truth, described once for many pages.
type glimpse struct {
	*draft
	twin  bool
	place int // among the windows of its page, from the top

	content image.Rectangle // without the frame that was recognised, in pixels of the picture
	texts   []string        // lines of text that are to be seen

	mu    sync.Mutex
	luma  *image.Gray
	whole *align.Features
	small map[float64]*align.Features // by share of the picture's size
}

// coarse is how many times wider than a shot a picture must be to be looked for at
// the shot's size first. As verify does it.
const coarse = 1.4

// expose makes the posted picture of a shot and describes it.
func (g *glimpse) expose(ctx context.Context, r *run, s shot) (err error) {
	if g.specimen, err = newSpecimen(s); err != nil {
		return err
	}
	if g.kind.make != nil {
		if err := g.kind.make(ctx, r, g.draft); err != nil {
			return err
		}
	}
	if g.file == nil {
		if err := g.png(); err != nil {
			return err
		}
	}
	img, err := g.open()
	if err != nil {
		return err
	}
	f := frame.Find(img)
	g.content = f.Content
	g.luma = align.Luma(cut(img, f))
	g.whole = align.Describe(g.luma, align.Options{})
	g.small = map[float64]*align.Features{}
	g.texts = g.seen()
	g.img = nil // the pictures would not fit into memory together
	return nil
}

// open decodes the picture as it was posted.
func (g *glimpse) open() (*image.NRGBA, error) {
	img, _, err := image.Decode(bytes.NewReader(g.file))
	if err != nil {
		return nil, err
	}
	return picture.ToNRGBA(img), nil
}

func cut(img *image.NRGBA, f frame.Frame) image.Image {
	if f.Kind == frame.None {
		return img
	}
	content, _ := frame.Cut(img, f)
	return content
}

// seen lists the lines of text whose middle is in the picture and not replaced.
func (g *glimpse) seen() []string {
	var out []string
	for _, l := range g.lines {
		x, y := g.at(l.X+l.W/2, l.Y+l.H/2)
		if p := image.Pt(int(x), int(y)); p.In(g.img.Rect) && !g.replaced(p) {
			out = append(out, short(strings.TrimSpace(l.Text)))
		}
	}
	return out
}

func (g *glimpse) replaced(p image.Point) bool {
	for _, m := range g.mask {
		if p.In(m) {
			return true
		}
	}
	return false
}

// find locates the window in a shot, as verify does: at the shot's size first
// where the picture is much finer.
func (g *glimpse) find(shot *align.Features) align.Registration {
	wider := float64(g.content.Dx()) / math.Max(1, float64(shot.Size().X))
	if wider < coarse {
		return align.Register(g.whole, shot)
	}
	small := align.Register(g.reduced(1/wider), shot)
	if small.Located {
		return small
	}
	if whole := align.Register(g.whole, shot); whole.Located {
		return whole
	}
	return small
}

func (g *glimpse) reduced(share float64) *align.Features {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.small[share] == nil {
		g.small[share] = align.Describe(g.luma, align.Options{Share: share})
	}
	return g.small[share]
}
