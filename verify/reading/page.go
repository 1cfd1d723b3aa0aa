package reading

import (
	"context"
	"image"
	"math"

	"golang.org/x/image/draw"
)

// Text is what was read off a picture or a part of it.
type Text struct {
	Words     []Word // in reading order
	Languages []string
	Clipped   bool // the part lower than was read is not in Words
}

const (
	// DefaultPixels is the largest enlarged picture that Tesseract is given: a
	// window of 1920 x 1080 at twice its size is half of it.
	DefaultPixels = 16_000_000
	// enlarge is how much a page is enlarged: of pages of small text 97.5 % of
	// the words are found at their own size, 98.7 % at twice it, 99.1 % at three
	// times. Chinese gains more from the third.
	enlarge, enlargeDense = 2, 3
	// large is the width in pixels from which a picture has letters as large as
	// the enlarged ones of a window: a screen of two device pixels per CSS pixel.
	large = 2400
)

// Page reads the text of a page in img, within r. languages are Tesseract's
// names, the likeliest first; those that are not installed are left out, and
// without any English or what there is is taken. Errors wrap ErrFailed,
// ErrMalformed or ErrSmall, or are the context's.
func (e *Engine) Page(ctx context.Context, img *image.NRGBA, r image.Rectangle, languages ...string) (Text, error) {
	r = r.Intersect(img.Rect)
	if err := roomy(r); err != nil {
		return Text{}, err
	}
	t := Text{Languages: e.among(languages)}
	factor := pageFactor(r.Dx(), t.Languages)
	if most := int(DefaultPixels / (factor * factor * float64(max(1, r.Dx())))); r.Dy() > most {
		r.Max.Y, t.Clipped = r.Min.Y+most, true
	}
	words, err := e.recognise(ctx, scaled(inked(img, r), factor), columnsOfText, t.Languages)
	if err != nil {
		return Text{}, err
	}
	t.Words = placed(words, factor, r)
	return t, nil
}

func pageFactor(width int, languages []string) float64 {
	switch {
	case width >= large:
		return 1
	case dense(languages[0]) && width <= large/2:
		return enlargeDense
	}
	return enlarge
}

// dense says whether a language is written with characters of many strokes.
func dense(language string) bool {
	switch language {
	case "chi_tra", "chi_sim", "jpn", "kor":
		return true
	}
	return false
}

// among returns the first installed of the languages wanted, and English beside
// it, in which names, addresses and menus are written everywhere. More slow
// Tesseract down and confuse it.
func (e *Engine) among(wanted []string) []string {
	var have []string
	for _, l := range wanted {
		if l != english && e.Has(l) {
			have = append(have, l)
			break
		}
	}
	if e.Has(english) {
		have = append(have, english)
	}
	if len(have) == 0 {
		have = append(have, e.languages[0].Name)
	}
	return have
}

const english = "eng"

// scaled enlarges a grey picture with a cubic filter, with a margin of white
// around it, without which letters at the edge are lost.
func scaled(img *image.Gray, factor float64) *image.Gray {
	w, h := round(float64(img.Rect.Dx())*factor), round(float64(img.Rect.Dy())*factor)
	out := image.NewGray(image.Rect(0, 0, w+2*margin, h+2*margin))
	for i := range out.Pix {
		out.Pix[i] = 255
	}
	draw.CatmullRom.Scale(out, image.Rect(margin, margin, margin+w, margin+h), img, img.Rect, draw.Src, nil)
	return out
}

// margin is Tesseract's own advice (10 pixels) and a little.
const margin = 12

func round(x float64) int { return int(math.Round(x)) }

// placed takes words from the enlarged picture back to the part r of the picture.
func placed(words []Word, factor float64, r image.Rectangle) []Word {
	back := func(v int) int { return round(float64(v-margin) / factor) }
	for i, w := range words {
		b := image.Rect(back(w.Box.Min.X), back(w.Box.Min.Y), back(w.Box.Max.X), back(w.Box.Max.Y))
		words[i].Box = b.Add(r.Min).Intersect(r)
	}
	return words
}
