package report

import (
	"fmt"
	"image"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/verify"
)

// lens enlarges parts of one picture until its room is used up.
type lens struct {
	img   image.Image
	room  int                        // bytes
	fails int                        // parts that were encoded and did not fit
	shown map[image.Rectangle]string // under which method a part stands already
}

// enlarge shows the parts of an item up to the first for which there is no room.
func (l *lens) enlarge(c *closeup, at []verify.Rect) error {
	left, full := 0, false
	for _, one := range at {
		r := inPicture(one, l.img.Bounds())
		if r.Empty() {
			continue
		}
		if full = full || len(c.Parts) == maxParts; full {
			left++
			continue
		}
		p, err := l.part(c.Method, r)
		if err != nil {
			return err
		}
		if full = p == nil; full {
			left++
			continue
		}
		c.Parts = append(c.Parts, *p)
	}
	if left > 0 {
		c.More = fmt.Sprintf("%s more in verdict.json.", plural(left, "part"))
	}
	return nil
}

// take uses up room for what is embedded, and says whether there was any.
func (l *lens) take(shots ...shot) bool {
	n := 0
	for _, s := range shots {
		n += len(s.Source)
	}
	if n > l.room {
		l.fails++
		return false
	}
	l.room -= n
	return true
}

// beside lays the preview inside the file beside the picture, reduced to the
// preview's size and both enlarged alike.
func (l *lens) beside(c *closeup, preview image.Image) error {
	b := preview.Bounds()
	k := closer(b.Dx(), b.Dy(), closeupWidth/2)
	reduced := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.CatmullRom.Scale(reduced, fitted(l.img.Bounds(), reduced.Rect), l.img, l.img.Bounds(), draw.Src, nil)
	shots := make([]shot, 2)
	for i, one := range []struct {
		img  image.Image
		what string
	}{{preview, "The preview inside the file"}, {reduced, "The picture, reduced to fit the preview's size"}} {
		caption := fmt.Sprintf("%s, %d by %d pixels%s", one.what, b.Dx(), b.Dy(), kept(k))
		s, err := newShot(enlarged(one.img, one.img.Bounds(), k), caption)
		if err != nil {
			return err
		}
		shots[i] = s
		c.Parts = append(c.Parts, part{caption, &shots[i]})
	}
	if c.Pair = true; !l.take(shots...) {
		c.Parts = nil
	}
	return nil
}

// fitted is the largest rectangle of the shape of a, in the middle of b.
func fitted(a, b image.Rectangle) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if a.Dx()*h > w*a.Dy() {
		h = max(1, w*a.Dy()/a.Dx())
	} else {
		w = max(1, h*a.Dx()/a.Dy())
	}
	at := b.Min.Add(image.Pt((b.Dx()-w)/2, (b.Dy()-h)/2))
	return image.Rectangle{at, at.Add(image.Pt(w, h))}
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

// part enlarges one part for an item of a method; nil where there is no room.
func (l *lens) part(method string, r image.Rectangle) (*part, error) {
	k := closer(r.Dx(), r.Dy(), closeupWidth)
	b := l.img.Bounds()
	caption := fmt.Sprintf("%d by %d pixels, %d from the left and %d from the top", r.Dx(), r.Dy(), r.Min.X-b.Min.X, r.Min.Y-b.Min.Y)
	if earlier, ok := l.shown[r]; ok {
		return &part{Caption: fmt.Sprintf("%s: shown above, under “%s”", caption, earlier)}, nil
	}
	caption += kept(k)
	s, err := newShot(enlarged(l.img, r, k), "A part of the picture: "+caption)
	if err != nil || !l.take(s) {
		return nil, err
	}
	l.shown[r] = method
	return &part{caption, &s}, nil
}

// closer is how many times a part is enlarged to be at most so wide.
func closer(w, h, width int) int { return max(1, min(mostCloser, width/w, closeupHeight/h)) }

func kept(k int) string {
	if k == 1 {
		return ""
	}
	return fmt.Sprintf(", kept here at %d times its size", k)
}

// enlarged makes every pixel of a part into k by k of its colour: a reader looks
// at pixels, and smoothing would show others than the picture has.
func enlarged(img image.Image, part image.Rectangle, k int) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, k*part.Dx(), k*part.Dy()))
	draw.NearestNeighbor.Scale(out, out.Rect, img, part, draw.Src, nil)
	return out
}
