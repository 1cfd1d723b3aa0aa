package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

func paint(dst draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(dst, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func write(dst draw.Image, x, y int, text string, c color.Color) {
	d := font.Drawer{Dst: dst, Src: image.NewUniform(c), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

const paperHeight = 640

var night = color.NRGBA{30, 32, 40, 255}

// paper draws a page in a window so wide: a column of words that always stands so, and
// beside it lines that break where the window ends.
func paper(width int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, paperHeight))
	paint(img, img.Rect, color.NRGBA{246, 244, 238, 255})
	for y := 40; y < paperHeight-20; y += 30 {
		write(img, 40, y, fmt.Sprintf("Ward %x, %c%x and %x", y*y*31, 'A'+y%25, y*y*y%997, y*y%613), color.NRGBA{90, 30, 40, 255})
	}
	x, y := 330, 40
	for n := 0; y < paperHeight-20; n++ {
		word := fmt.Sprintf("%c%x", 'a'+n%26, (n*n*7919)%65521)
		if x+7*len(word) > width-40 {
			x, y = 330, y+30
		}
		write(img, x, y, word, color.NRGBA{30, 60, 90, 255})
		x += 7*len(word) + 9
	}
	return img
}

// press is a live page that is drawn for the window it is asked for in.
type press struct{ looks int }

func (p *press) Live(_ context.Context, r capture.Request) (*capture.Capture, error) {
	p.looks++
	page := paper(r.Viewport.Width)
	c := &capture.Capture{ID: fmt.Sprint("live ", p.looks), Origin: capture.Origin{Kind: capture.Live, Name: "live web"},
		SeenAt: time.Unix(1, 0), Validity: capture.OK, Viewport: r.Viewport, PageHeight: paperHeight}
	top := min(r.ScrollY, max(0, paperHeight-r.Viewport.Height))
	var err error
	if c.First, err = encoded(page.SubImage(image.Rect(0, top, page.Rect.Dx(), min(paperHeight, top+r.Viewport.Height)))); err != nil {
		return nil, err
	}
	if r.FullPage {
		c.FullPage, err = encoded(page)
	}
	return c, err
}

func encoded(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

func (p *press) TimeMap(context.Context, string, time.Time, time.Time) (capture.TimeMap, []capture.Trouble) {
	return nil, nil
}

func (p *press) Replay(context.Context, capture.Memento, capture.Request) (*capture.Capture, error) {
	return nil, errors.New("there is no archive")
}

// judged looks at the page for a picture and returns the case.
func judged(t *testing.T, pic *image.NRGBA) *Case {
	t.Helper()
	opts, err := Options{Live: true}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	c := &Case{Claim: Claim{URL: "http://town.example/"}, Picture: &picture.Picture{Image: pic}, Model: opts.Model, AskedLive: true,
		Frame: frame.Frame{Kind: frame.None, Content: pic.Rect}}
	if err := observe(t.Context(), c, &press{}, opts, newStopwatch()); err != nil {
		t.Fatal(err)
	}
	return c
}

// front is what a window of 1280 px shows of the page, scrolled.
func front() *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, 1280, 420))
	draw.Draw(out, out.Rect, paper(1280), image.Pt(0, 120), draw.Src)
	return out
}

// walled puts a picture into a larger one of one colour, with small words in what is
// left free, and returns where it lies.
func walled(pic *image.NRGBA, left, top, right, bottom int) (*image.NRGBA, image.Rectangle) {
	at := pic.Rect.Add(image.Pt(left, top))
	out := image.NewNRGBA(image.Rect(0, 0, at.Max.X+right, at.Max.Y+bottom))
	paint(out, out.Rect, night)
	for _, y := range []int{30, 60, out.Rect.Max.Y - 20} {
		write(out, 12, y, "look at this", color.White)
	}
	draw.Draw(out, at, pic, image.Point{}, draw.Src)
	return out, at
}

func TestWhatSurroundsAPageIsTakenOffAndTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		left, top, right, bottom int
		said                     string
	}{
		"a panel on the left":  {260, 0, 0, 0, "left of the page"},
		"a panel on the right": {0, 0, 300, 0, "right of the page"},
		"a message":            {70, 90, 60, 50, "left of, right of, above and below the page"},
	} {
		pic, at := walled(front(), c.left, c.top, c.right, c.bottom)
		got := judged(t, pic)
		s := got.Sightings[0]
		if s.State != Same || got.Frame.Content != at {
			t.Errorf("%s: %s (%s), content %v, want %v", name, s.State, s.Why, got.Frame.Content, at)
		}
		if said := got.beyondCaveat(); !strings.Contains(said, c.said) || !strings.Contains(strings.Join(notes(got, Options{}), " "), c.said) {
			t.Errorf("%s: told %q", name, said)
		}
	}
}

// shout writes words in letters three times as large.
func shout(dst *image.NRGBA, x, y int, text string) {
	small := image.NewNRGBA(image.Rect(0, 0, 7*len(text), 16))
	write(small, 0, 12, text, color.NRGBA{255, 60, 60, 255})
	for py := range 16 * 5 {
		for px := range 7 * len(text) * 5 {
			if small.NRGBAAt(px/5, py/5).A > 0 {
				dst.Set(x+px, y+py, color.NRGBA{255, 60, 60, 255})
			}
		}
	}
}

func TestAMessageIsNeverTakenOffWithWhatSurroundsAPage(t *testing.T) {
	t.Parallel()
	banner := func(r image.Rectangle, c color.Color) *image.NRGBA {
		pic := front()
		paint(pic, r, c)
		write(pic, r.Min.X+20, r.Min.Y+40, "this site was taken over by the paper kites", color.White)
		return pic
	}
	top := banner(image.Rect(0, 0, 1280, 100), color.NRGBA{150, 20, 30, 255})
	message, _ := walled(top, 70, 90, 60, 50)
	panel, _ := walled(top, 260, 0, 0, 0)
	for name, pic := range map[string]*image.NRGBA{
		"a banner along the top":                 top,
		"a banner along the top, in a message":   message,
		"a banner along the top, beside a panel": panel,
		"a column on the right":                  banner(image.Rect(980, 0, 1280, 420), night),
	} {
		if got := judged(t, pic); got.Sightings[0].State == Same {
			t.Errorf("%s: same (%s), content %v", name, got.Sightings[0].Why, got.Frame.Content)
		}
	}
	loud, _ := walled(front(), 70, 130, 60, 50)
	shout(loud, 300, 20, "HACKED BY PAPER KITES")
	if got := judged(t, loud); got.Sightings[0].State == Same {
		t.Errorf("large letters above the page: same, content %v", got.Frame.Content)
	}
}

func TestABlockThatPushedThePageDownIsNotTheSamePage(t *testing.T) {
	t.Parallel()
	pushed := func(message bool) *image.NRGBA {
		pic := image.NewNRGBA(image.Rect(0, 0, 1280, 540))
		paint(pic, image.Rect(0, 0, 1280, 120), night)
		if message {
			write(pic, 500, 50, "taken over by the paper kites", color.White)
			write(pic, 500, 80, "see you at the next door", color.White)
		}
		draw.Draw(pic, image.Rect(0, 120, 1280, 540), paper(1280), image.Point{}, draw.Src)
		return pic
	}
	if s := judged(t, pushed(true)).Sightings[0]; s.State != Uninformative {
		t.Errorf("with a block above the page: %s (%s)", s.State, s.Why)
	}
	if s := judged(t, pushed(false)).Sightings[0]; s.State != Same {
		t.Errorf("with nothing above the page: %s (%s)", s.State, s.Why)
	}
}
