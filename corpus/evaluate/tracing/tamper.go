package tracing

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // formats of what is recompressed and tampered
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/trace"
)

// tampered is what was found in one picture of the tampered ones that stand
// beside the repository.
type tampered struct {
	Name  string
	Mask  image.Rectangle // bounds of what was tampered with; empty where not known, or nothing was
	Found []trace.Finding // asked about the mask, and searched
}

func (t tampered) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, tampered with at %v:", t.Name, t.Mask)
	for _, f := range t.Found {
		fmt.Fprintf(&b, " %s %s at %v (asked %v, overlap %.2f);", f.Method, f.Kind, f.At, f.Asked, overlap(f.At, t.Mask))
	}
	return b.String()
}

// tamper looks at the pictures beside the repository: camera pictures from the
// ZERO paper's tests, and screenshots of a phone, each beside its mask.
func (r *run) tamper(ctx context.Context) ([]tampered, error) {
	names, _ := filepath.Glob(filepath.Join(r.o.tamper, "*", "*.[pj][np]g"))
	names = slices.DeleteFunc(names, func(n string) bool { return strings.Contains(n, "c2pa") })
	if len(names) == 0 {
		fmt.Fprintln(r.log, "no tampered pictures beside the repository: left out")
	}
	var all []tampered
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read tampered picture: %w", err)
		}
		img, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		pic, mask := flat(img), image.Rectangle{}
		if strings.Contains(name, "stfd") {
			pic, mask = triptych(pic)
		}
		about := trace.About{}
		if !mask.Empty() {
			about.Asked = []image.Rectangle{mask}
		}
		found, err := trace.Find(ctx, pic, about)
		if err != nil {
			return nil, err
		}
		all = append(all, tampered{filepath.Base(name), mask, found})
	}
	return all, nil
}

// triptych takes apart a picture, its mask in white on black, and the two
// together, side by side.
func triptych(img *image.NRGBA) (*image.NRGBA, image.Rectangle) {
	w, h := img.Rect.Dx()/3, img.Rect.Dy()
	var bounds image.Rectangle
	for y := range h {
		for x := range w {
			if img.Pix[img.PixOffset(w+x, y)] > 128 {
				bounds = bounds.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return cut(img, image.Rect(0, 0, w, h)), bounds
}
