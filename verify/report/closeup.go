package report

import (
	"image"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify"
)

// closeup is the part of the picture that an item of evidence is about,
// enlarged so that a reader can check what was read.
type closeup struct {
	Sentence string
	Part     shot
}

const (
	// closeupWidth is how wide a close-up is made, in pixels: the column on a
	// fine screen.
	closeupWidth = 1400
	// mostCloser bounds the enlargement; more shows pixels and not letters.
	mostCloser = 4
	// maxCloseups bounds how many are shown.
	maxCloseups = 6
)

// closeups are those of the evidence that names a part of the picture.
func closeups(j *verify.Judgement, r *verify.Result) ([]closeup, error) {
	var all []closeup
	for _, e := range r.Evidence {
		if e.Crop == nil || j.Picture == nil || len(all) == maxCloseups {
			continue
		}
		c := image.Rect(e.Crop.X, e.Crop.Y, e.Crop.X+e.Crop.W, e.Crop.Y+e.Crop.H)
		part := c.Add(j.Picture.Bounds().Min).Intersect(j.Picture.Bounds())
		if part.Empty() {
			continue
		}
		s, err := newShot(enlarged(j.Picture, part), "The part of the picture that this is about, enlarged")
		if err != nil {
			return nil, err
		}
		all = append(all, closeup{e.Sentence, s})
	}
	return all, nil
}

func enlarged(img image.Image, part image.Rectangle) image.Image {
	k := max(1, min(mostCloser, closeupWidth/part.Dx()))
	out := image.NewNRGBA(image.Rect(0, 0, k*part.Dx(), k*part.Dy()))
	draw.CatmullRom.Scale(out, out.Rect, img, part, draw.Src, nil)
	return out
}
