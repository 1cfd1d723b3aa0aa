package metadata

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

const (
	// thumbnailGrid is the side of the square to which both pictures are reduced:
	// so coarse that the jagged previews of careless programs agree as well.
	thumbnailGrid = 16
	// minContrast is the standard deviation, in grey levels of 255, below which a
	// reduced picture shows too little to be recognised.
	minContrast = 8
	// otherThumbnail is the agreement below which a thumbnail shows another
	// picture. Of 288 thumbnails of 32 screenshots, made in nine ways, the least
	// was 0.83; all of 96 of other screenshots were below.
	otherThumbnail = 0.7
)

// CompareThumbnails compares every preview inside the file with the picture that
// the file shows, and notes how far they agree. A preview is decoded as strangers'
// pictures are, in a child of its own. An error is the context's, or that the
// program serves no children; a preview that cannot be read is a note.
func (f *Facts) CompareThumbnails(ctx context.Context, whole *picture.Picture) error {
	for i := range f.Thumbnails {
		t := &f.Thumbnails[i]
		if len(t.small) == 0 || t.likeBefore(f.Thumbnails[:i]) {
			continue
		}
		small, err := picture.ReadWithin(ctx, t.small, picture.Limits{Pixels: maxPreviewPixels})
		if err != nil {
			if ctx.Err() != nil || errors.Is(err, confine.ErrNotServed) {
				return fmt.Errorf("compare the preview in %s: %w", t.Source, err)
			}
			f.note(fmt.Sprintf("The preview inside the file, in %s, could not be read.", t.place()))
			continue
		}
		t.Agreement, t.Compared = agreement(small.Image, whole)
		t.shown = atMost(small.Image, maxShown)
	}
	return nil
}

// likeBefore takes over what was found of the same preview in another place;
// Photoshop writes one to two.
func (t *Thumbnail) likeBefore(before []Thumbnail) bool {
	for _, b := range before {
		if bytes.Equal(t.small, b.small) {
			t.Agreement, t.Compared, t.shown = b.Agreement, b.Compared, b.shown
			return true
		}
	}
	return false
}

// place names where a preview is stored.
func (t *Thumbnail) place() string {
	switch t.Source {
	case inEXIF:
		return "its EXIF part"
	case inPhotoshop:
		return "its part for Photoshop (8BIM)"
	case inJFXX:
		return "its JFIF extension (JFXX)"
	case inC2PA:
		return "its C2PA manifest"
	}
	return "its XMP part"
}

// maxPreviewPixels is above any preview that programs write, which is of screen
// size at most, and keeps the time bounded that all of them take.
const maxPreviewPixels = 16 << 20

// maxShown is the longer side, in pixels, to which a preview is reduced that is
// kept to be shown; honest ones are smaller.
const maxShown = 1200

// Preview is, of the previews inside the file, the one that a finding is about,
// as CompareThumbnails decoded it, its longer side at most 1200 pixels; nil where
// none shows another picture.
func (f *Facts) Preview() *image.NRGBA {
	if t := f.otherPreview(); t != nil {
		return t.shown
	}
	return nil
}

// otherPreview is the preview that agrees least with the picture, where that shows
// another.
func (f *Facts) otherPreview() (worst *Thumbnail) {
	for i := range f.Thumbnails {
		t := &f.Thumbnails[i]
		if t.Compared && t.Agreement < otherThumbnail && (worst == nil || t.Agreement < worst.Agreement) {
			worst = t
		}
	}
	return worst
}

// atMost is img reduced so that no side is longer than most.
func atMost(img *image.NRGBA, most int) *image.NRGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	longer := max(w, h)
	if longer <= most {
		return img
	}
	out := image.NewNRGBA(image.Rect(0, 0, max(1, w*most/longer), max(1, h*most/longer)))
	draw.BiLinear.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
	return out
}

// agreement is the highest correlation of both pictures' grey levels over the
// ways in which thumbnails are made: whole, with bars to fill up another shape,
// or cut to another shape; upright or as the sensor lay. False means that
// one of them shows too little.
func agreement(small *image.NRGBA, whole *picture.Picture) (best float64, ok bool) {
	best = -1
	for _, a := range parts(small.Rect, cutTo(small.Rect, whole.Image.Rect)) {
		reduced, contrast := reduce(small, a)
		if contrast < minContrast {
			continue
		}
		for _, b := range parts(whole.Image.Rect, cutTo(whole.Image.Rect, a)) {
			large, contrast := reduce(whole.Image, b)
			if contrast < minContrast {
				continue
			}
			ok = true
			for turn := range 8 {
				if turn == 0 || whole.Oriented {
					best = max(best, correlation(reduced, large, turn))
				}
			}
		}
	}
	return best, ok
}

// reduce makes grey levels on a square grid, with zero mean and unit length,
// and tells their standard deviation before.
func reduce(img *image.NRGBA, r image.Rectangle) (grid []float64, contrast float64) {
	small := image.NewGray(image.Rect(0, 0, thumbnailGrid, thumbnailGrid))
	draw.ApproxBiLinear.Scale(small, small.Rect, boxed(img, r), image.Rect(0, 0, boxedSide, boxedSide), draw.Src, nil)
	mean := 0.0
	for _, v := range small.Pix {
		mean += float64(v) / float64(len(small.Pix))
	}
	sum := 0.0
	grid = make([]float64, len(small.Pix))
	for i, v := range small.Pix {
		grid[i] = float64(v) - mean
		sum += grid[i] * grid[i]
	}
	contrast = math.Sqrt(sum / float64(len(grid)))
	for i := range grid {
		grid[i] /= max(1, math.Sqrt(sum))
	}
	return grid, contrast
}

// boxedSide is a multiple of the grid's, so that the last step is exact.
const boxedSide = 4 * thumbnailGrid

// boxed scales a part of a picture so that every pixel counts.
func boxed(img *image.NRGBA, r image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, boxedSide, boxedSide))
	draw.BiLinear.Scale(out, out.Rect, img, r, draw.Src, nil)
	return out
}

// correlation compares two grids, the first turned or mirrored in one of eight
// ways.
func correlation(a, b []float64, turn int) (sum float64) {
	const last = thumbnailGrid - 1
	for y := range thumbnailGrid {
		for x := range thumbnailGrid {
			u, v := x, y
			if turn&1 != 0 {
				u = last - u
			}
			if turn&2 != 0 {
				v = last - v
			}
			if turn&4 != 0 {
				u, v = v, u
			}
			sum += a[v*thumbnailGrid+u] * b[y*thumbnailGrid+x]
		}
	}
	return sum
}

// parts are those of the rectangles that are large enough to show something.
func parts(all ...image.Rectangle) (out []image.Rectangle) {
	for _, r := range all {
		if min(r.Dx(), r.Dy()) >= thumbnailGrid {
			out = append(out, r)
		}
	}
	return out
}

// cutTo is the middle of r with the shape of s.
func cutTo(r, s image.Rectangle) image.Rectangle {
	w, h := r.Dx(), r.Dy()
	if w*s.Dy() > h*s.Dx() {
		w = max(1, h*s.Dx()/s.Dy())
	} else {
		h = max(1, w*s.Dy()/s.Dx())
	}
	x, y := r.Min.X+(r.Dx()-w)/2, r.Min.Y+(r.Dy()-h)/2
	return image.Rect(x, y, x+w, y+h)
}

// thumbnailFinding reports a preview of another picture, and where it is stored.
func thumbnailFinding(f *Facts) []Finding {
	t := f.otherPreview()
	if t == nil {
		return nil
	}
	return []Finding{{Key: KeyThumbnail, Value: t.Agreement, Unit: "ratio",
		Sentence: fmt.Sprintf("The small preview inside the file, in %s, shows another picture than the file itself (their agreement is %.2f, where 1 is the same): the picture was changed or cropped after the preview was made, by a program that did not make it anew.", t.place(), t.Agreement)}}
}
