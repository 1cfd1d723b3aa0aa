package tracing

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
)

// edit is one way of changing a picture.
type edit struct {
	name, group string
	rewritten   bool // the browser made it, in the developer tools
	intoGrey    bool // material smoothed for sub-pixels is put into a page that is not
	make        func(context.Context, *work) error
}

// edits are what forgers do. The group is what the aims are set for.
func edits() []edit {
	return []edit{
		{name: "paste of JPEG", group: "JPEG material", make: pasteJPEG},
		{name: "paste of PNG", group: "none expected", make: pastePNG},
		{name: "paste of PNG, scaled", group: "other scale", make: scaled(0)},
		{name: "paste of JPEG, scaled", group: "other scale", make: scaled(82)},
		{name: "text in the same font", group: "none expected", make: writtenAsSet},
		{name: "text in another font", group: "other rendering", make: written("-font", "DejaVu-Serif")},
		{name: "text without smoothing", group: "other rendering", make: written("-font", "DejaVu-Sans", "+antialias")},
		{name: "text by GIMP", group: "other rendering", make: writtenByGIMP},
		{name: "text in developer tools", group: "none expected", rewritten: true},
		{name: "blur", group: "other", make: blur},
		{name: "clone", group: "none expected", make: clone},
	}
}

// fringedEdits are those that are made of pages whose letters are smoothed for
// sub-pixels, or with material of such pages.
func fringedEdits() []edit {
	return []edit{
		{name: "fringed letters into grey", group: "other rendering", intoGrey: true, make: pastePNG},
		{name: "grey letters into fringed", group: "other rendering", make: pastePNG},
		{name: "text in another font, into fringed", group: "other rendering", make: written("-font", "DejaVu-Serif")},
		{name: "text by GIMP, into fringed", group: "other rendering", make: writtenByGIMP},
		{name: "clone, fringed", group: "none expected", make: clone},
	}
}

// spot draws a place on the page that holds something and no picture of its own.
func (w *work) spot(img *image.NRGBA, within image.Rectangle, size image.Point, avoid []image.Rectangle) (image.Rectangle, error) {
	size.X, size.Y = min(size.X, within.Dx()), min(size.Y, within.Dy())
	for range 200 {
		p := within.Min.Add(image.Pt(w.rng.IntN(within.Dx()-size.X+1), w.rng.IntN(within.Dy()-size.Y+1)))
		r := image.Rectangle{Min: p, Max: p.Add(size)}
		free := true
		for _, a := range avoid {
			free = free && !a.Overlaps(r)
		}
		if free && lively(img, r) {
			return r, nil
		}
	}
	return image.Rectangle{}, errNotPossible
}

// lively says whether there is drawing in a part, as in two lines of text.
func lively(img *image.NRGBA, r image.Rectangle) bool {
	steps := 0
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X + 1; x < r.Max.X; x++ {
			a, b := img.Pix[img.PixOffset(x-1, y)+1], img.Pix[img.PixOffset(x, y)+1]
			if a > b+60 || b > a+60 {
				steps++
			}
		}
	}
	return steps*40 > r.Dx()*r.Dy()/2
}

func (w *work) size() image.Point { return image.Pt(160+w.rng.IntN(320), 60+w.rng.IntN(200)) }

// pasteFrom puts a part of other material, made ready, somewhere on the page.
func (w *work) pasteFrom(m *image.NRGBA, ready func(*image.NRGBA) (*image.NRGBA, error)) error {
	from, err := w.spot(m, m.Rect, w.size(), nil)
	if err != nil {
		return err
	}
	patch, err := ready(cut(m, from))
	if err != nil {
		return err
	}
	to, err := w.spot(w.img, w.content, patch.Rect.Size(), w.pictures)
	if err != nil {
		return err
	}
	// On the grid of blocks that the material came from is one of 64 places.
	if (to.Min.X-from.Min.X)%8 == 0 && (to.Min.Y-from.Min.Y)%8 == 0 && to.Max.X < w.content.Max.X {
		to = to.Add(image.Pt(1, 0))
	}
	w.put(patch, to.Min)
	return nil
}

func pastePNG(_ context.Context, w *work) error {
	m, err := w.material()
	if err != nil {
		return err
	}
	return w.pasteFrom(m, func(p *image.NRGBA) (*image.NRGBA, error) { return p, nil })
}

func pasteJPEG(ctx context.Context, w *work) error {
	m, err := w.material()
	if err != nil {
		return err
	}
	if m, err = w.tools.recompress(ctx, m, 70+w.rng.IntN(23)); err != nil {
		return err
	}
	return w.pasteFrom(m, func(p *image.NRGBA) (*image.NRGBA, error) { return p, nil })
}

// scaled pastes from material of another zoom level: 60 to 90 % or 115 to 160 %.
func scaled(quality int) func(context.Context, *work) error {
	return func(ctx context.Context, w *work) error {
		m, err := w.material()
		if err != nil {
			return err
		}
		if quality > 0 {
			if m, err = w.tools.recompress(ctx, m, quality); err != nil {
				return err
			}
		}
		k := 60 + w.rng.IntN(31)
		if w.rng.IntN(2) == 0 {
			k = 115 + w.rng.IntN(46)
		}
		filter := [...]string{"Lanczos", "Catrom", "Triangle"}[w.rng.IntN(3)]
		return w.pasteFrom(m, func(p *image.NRGBA) (*image.NRGBA, error) {
			return w.tools.magick(ctx, p, "-filter", filter, "-resize", fmt.Sprintf("%d%%", k))
		})
	}
}

// lines are those of text on plain ground that can be written over.
func (w *work) lines() (fit []alignment.Line) {
	for _, l := range w.shot.Lines {
		if l.Box.In(w.content) && l.Box.Dx() >= 100 && l.Box.Dy() >= 12 && l.Box.Dy() <= 60 && lively(w.img, l.Box) {
			fit = append(fit, l)
		}
	}
	return fit
}

// line chooses one of them.
func (w *work) line() (image.Rectangle, error) {
	fit := w.lines()
	if len(fit) == 0 {
		return image.Rectangle{}, errNotPossible
	}
	return fit[w.rng.IntN(len(fit))].Box, nil
}

// blank covers a part with the colour that its border has most.
func (w *work) blank(r image.Rectangle) string {
	count := map[[3]uint8]int{}
	var most [3]uint8
	for x := r.Min.X; x < r.Max.X; x++ {
		for _, y := range []int{r.Min.Y, r.Max.Y - 1} {
			p := w.img.Pix[w.img.PixOffset(x, y):]
			c := [3]uint8{p[0], p[1], p[2]}
			if count[c]++; count[c] > count[most] {
				most = c
			}
		}
	}
	patch := image.NewNRGBA(image.Rectangle{Max: r.Size()})
	for i := 0; i < len(patch.Pix); i += 4 {
		patch.Pix[i], patch.Pix[i+1], patch.Pix[i+2], patch.Pix[i+3] = most[0], most[1], most[2], 255
	}
	w.put(patch, r.Min)
	if int(most[0])+int(most[1])+int(most[2]) > 380 {
		return "#202020"
	}
	return "#f0f0f0"
}

const said = "Taken over by the Paper Kite: your server was open, and now everybody has read your letters."

// words are as many as the line is likely to hold.
func words(r image.Rectangle, size int) string {
	n := min(len(said), max(4, r.Dx()*2/max(size, 1)))
	return strings.TrimSpace(said[:n])
}

func fontSize(r image.Rectangle) int { return max(10, min(r.Dy()*3/4, 36)) }

func written(how ...string) func(context.Context, *work) error {
	return func(ctx context.Context, w *work) error {
		r, err := w.line()
		if err != nil {
			return err
		}
		ink, size := w.blank(r), fontSize(r)
		args := append([]string{"-fill", ink, "-pointsize", fmt.Sprint(size), "-gravity", "West"}, how...)
		patch, err := w.tools.magick(ctx, cut(w.img, r), append(args, "-annotate", "+2+0", words(r, size))...)
		if err != nil {
			return err
		}
		w.put(patch, r.Min)
		return nil
	}
}

func blur(ctx context.Context, w *work) error {
	r, err := w.spot(w.img, w.content, w.size(), w.pictures)
	if err != nil {
		return err
	}
	patch, err := w.tools.magick(ctx, cut(w.img, r), "-blur", "0x3")
	if err != nil {
		return err
	}
	w.put(patch, r.Min)
	return nil
}

// clone copies a part of the picture over another part.
func clone(_ context.Context, w *work) error {
	from, err := w.spot(w.img, w.content, w.size(), w.pictures)
	if err != nil {
		return err
	}
	patch := cut(w.img, from)
	for range 50 {
		to, err := w.spot(w.img, w.content, patch.Rect.Size(), w.pictures)
		if err != nil {
			return err
		}
		if !to.Overlaps(from) {
			draw.Draw(w.img, to, patch, image.Point{}, draw.Src)
			w.at = to
			return nil
		}
	}
	return errNotPossible
}
