package clock_test

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

// desk is a picture of a desktop with a clock, and where its window's page lies.
type desk struct {
	img  *image.NRGBA
	page image.Rectangle
}

// style is a kind of bar with a clock, in CSS px.
type style struct {
	name    string
	high    float64
	size    float64 // of the letters
	top     bool    // a bar at the top of the screen
	two     bool    // time above date
	middle  bool    // in the middle of the bar
	margin  float64 // right of the clock
	bell    bool    // an icon right of the clock
	dateFmt []string
	timeFmt []string
}

var styles = []style{
	{"Windows 10", 40, 12, false, true, false, 48, true, short, clocks},
	{"Windows 11", 48, 12, false, true, false, 40, true, short, clocks},
	{"KDE", 44, 12, false, true, false, 12, false, short, clocks},
	{"XFCE", 30, 13, false, false, false, 10, false, []string{"2006-01-02", "Mon 02 Jan,", "02/01/2006"}, clocks},
	{"macOS", 24, 13, true, false, false, 12, false, []string{"Mon Jan 2", "Mon 2 Jan", "2 Jan 2006"}, clocks},
	{"GNOME", 28, 14, true, false, true, 0, false, []string{"Jan 2", "2 Jan", "Mon Jan 2"}, clocks},
}

var (
	short  = []string{"1/2/2006", "01/02/2006", "02/01/2006", "2/1/2006", "2006-01-02", "02.01.2006", "2006/1/2", "02-01-2006", "1/2/06"}
	clocks = []string{"3:04 PM", "15:04", "03:04 PM", "15:04"}
)

func pick[T any](rng *rand.Rand, of []T) T { return of[rng.IntN(len(of))] }

// drawDesk draws a desktop whose clock shows the time.
func drawDesk(t testing.TB, rng *rand.Rand, f *opentype.Font, s style, scale float64, at time.Time) (desk, string) {
	t.Helper()
	px := func(v float64) int { return int(v*scale + 0.5) }
	d := desk{img: image.NewNRGBA(image.Rect(0, 0, px(1366), px(500)))}
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(d.img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(d.img.Rect, color.White)
	ground, ink := pick(rng, []color.NRGBA{readingtest.Grey(16), readingtest.Grey(32), {30, 40, 60, 255}}), readingtest.Grey(255)
	if rng.IntN(2) == 0 {
		ground, ink = pick(rng, []color.NRGBA{readingtest.Grey(243), readingtest.Grey(230), {225, 230, 240, 255}}), readingtest.Grey(20)
	}
	bar := image.Rect(0, d.img.Rect.Max.Y-px(s.high), d.img.Rect.Max.X, d.img.Rect.Max.Y)
	d.page = image.Rect(0, px(90), d.img.Rect.Max.X, bar.Min.Y)
	if s.top {
		bar = image.Rect(0, 0, d.img.Rect.Max.X, px(s.high))
		d.page = image.Rect(0, px(90), d.img.Rect.Max.X, d.img.Rect.Max.Y)
	}
	fill(image.Rect(0, 0, d.img.Rect.Max.X, d.page.Min.Y), readingtest.Grey(222))
	fill(bar, ground)
	fill(d.page, color.NRGBA{200, 210, 190, 255})
	icon := func(x, size float64, c color.Color) {
		y := float64(bar.Min.Y)/scale + (s.high-size)/2
		r := image.Rect(px(x), px(y), px(x+size), px(y+size))
		fill(r, c)
		fill(r.Inset(max(1, r.Dx()/5)), ground)
	}
	for i := range 5 {
		icon(12+float64(i)*s.high, s.high*.5, ink)
	}
	face := readingtest.Face(t, rng, f, s.size*scale)
	write := func(right, base int, text string) {
		w := font.MeasureString(face, text).Ceil()
		x := right - w
		if s.middle {
			x = (bar.Max.X - w) / 2
		}
		dr := font.Drawer{Dst: d.img, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, base)}
		dr.DrawString(text)
	}
	right, mid := bar.Max.X-px(s.margin), float64(bar.Min.Y)/scale+s.high/2
	if s.bell {
		icon(1366-s.margin+14, 16, ink)
	}
	date, hour := at.Format(pick(rng, s.dateFmt)), at.Format(pick(rng, s.timeFmt))
	if s.two {
		write(right, px(mid-3), hour)
		write(right, px(mid+s.size+1), date)
	} else {
		write(right, px(mid+s.size*.36), date+"  "+hour)
	}
	if !s.middle {
		for i := range 3 {
			icon(1366-s.margin-170-float64(i)*26, 15, ink)
		}
	}
	return d, fmt.Sprintf("%s, %s %s", s.name, date, hour)
}

// posted is a desktop as JPEG has it, and reduced as a messenger does.
func (d desk) posted(t testing.TB, factor float64, quality int) desk {
	t.Helper()
	return desk{readingtest.Posted(t, d.img, factor, quality), readingtest.Reduced(d.page, factor)}
}
