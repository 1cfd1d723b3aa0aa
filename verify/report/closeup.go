package report

import (
	"fmt"
	"image"
	"strings"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify"
)

// closeup is an item of evidence with the parts of the picture that it is about,
// enlarged so that a reader can check what was read or seen there.
type closeup struct {
	Method   string // what was tested
	Sentence string
	ID       string
	Parts    []part
	More     string // how many further parts are not shown; "" for none
}

// part is one part of the picture, enlarged.
type part struct {
	Caption string
	Shot    shot
}

const (
	// closeupWidth and closeupHeight bound an enlarged part, in pixels: the column
	// on a fine screen, and half as high. A larger part is reduced to it.
	closeupWidth, closeupHeight = maxImageWidth, maxImageWidth / 2
	// mostCloser bounds the enlargement; more shows pixels and not letters.
	mostCloser = 8
	// maxCloseups bounds how many items are shown, and maxParts the parts of each:
	// with the exhibits the report stays below a few megabytes.
	maxCloseups, maxParts = 8, 3
	// maxCloseupBytes bounds what all of them take in the report.
	maxCloseupBytes = 4 << 20
)

// closeups are the items of evidence that name parts of the picture, in the order
// of the evidence.
func closeups(j *verify.Judgement, r *verify.Result) ([]closeup, error) {
	var all []closeup
	room := maxCloseupBytes
	for _, e := range r.Evidence {
		if len(e.At) == 0 || j.Picture == nil || len(all) == maxCloseups || room <= 0 {
			continue
		}
		c, err := newCloseup(j.Picture, e, &room)
		if err != nil {
			return nil, fmt.Errorf("show what %s is about: %w", e.ID, err)
		}
		if len(c.Parts) > 0 {
			all = append(all, c)
		}
	}
	return all, nil
}

// newCloseup enlarges the parts of e until room, in bytes, is used up.
func newCloseup(img image.Image, e verify.Evidence, room *int) (closeup, error) {
	c := closeup{Method: upperFirst(e.Method), Sentence: e.Sentence, ID: e.ID}
	for i, at := range e.At {
		if len(c.Parts) == maxParts {
			c.More = fmt.Sprintf("%s more in verdict.json.", plural(len(e.At)-i, "part"))
			break
		}
		r := inPicture(at, img.Bounds())
		if r.Empty() {
			continue
		}
		p, err := newPart(img, r)
		if err != nil {
			return c, err
		}
		if *room -= len(p.Shot.Source); *room < 0 {
			break
		}
		c.Parts = append(c.Parts, p)
	}
	return c, nil
}

// inPicture is what of a rectangle, given from the picture's corner, lies in b.
func inPicture(at verify.Rect, b image.Rectangle) image.Rectangle {
	const far = 1 << 29 // sums of three stay within an int of 32 bits
	x, y, w, h := clamp(at.X, far), clamp(at.Y, far), clamp(at.W, far), clamp(at.H, far)
	if w <= 0 || h <= 0 {
		return image.Rectangle{}
	}
	return image.Rect(x, y, x+w, y+h).Add(b.Min).Intersect(b)
}

func clamp(x, most int) int { return min(max(x, -most), most) }

func newPart(img image.Image, r image.Rectangle) (part, error) {
	k := max(1, min(mostCloser, closeupWidth/r.Dx(), closeupHeight/r.Dy()))
	caption := fmt.Sprintf("%d by %d pixels, %d from the left and %d from the top", r.Dx(), r.Dy(), r.Min.X-img.Bounds().Min.X, r.Min.Y-img.Bounds().Min.Y)
	if k > 1 {
		caption += fmt.Sprintf(", kept here at %d times its size", k)
	}
	s, err := newShot(enlarged(img, r, k), "A part of the picture: "+caption)
	if err != nil {
		return part{}, err
	}
	return part{caption, s}, nil
}

// enlarged makes every pixel of a part into k by k of its colour: a reader looks
// at pixels, and smoothing would show others than the picture has.
func enlarged(img image.Image, part image.Rectangle, k int) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, k*part.Dx(), k*part.Dy()))
	draw.NearestNeighbor.Scale(out, out.Rect, img, part, draw.Src, nil)
	return out
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
