package channel

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html/template"
	"image"
	"image/jpeg"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// The size of a thumbnail in pixels, and its JPEG quality: two hundred of them stay
// within two megabytes.
const (
	thumbWidth, thumbHeight = 240, 180
	thumbQuality            = 75
)

// Pictures gives the decoded picture of a file by its SHA-256. An error is told on the
// page in place of the picture, unless ctx has ended.
type Pictures func(ctx context.Context, sha256 string) (image.Image, error)

// thumb is a picture on the page; without Source none can be shown.
type thumb struct {
	Source template.URL
	W, H   int
}

// thumbs makes each thumbnail once.
type thumbs struct {
	pictures Pictures
	made     map[string]thumb
	all      int // pictures to be shown
	step     func(done, all int)
}

func newThumbs(v View, clusters []Cluster, claims []Claim) *thumbs {
	files := map[string]bool{}
	for _, c := range clusters {
		files[c.Picture] = true
	}
	for _, c := range claims {
		files[c.Picture] = true
	}
	t := &thumbs{pictures: v.Pictures, made: map[string]thumb{}, all: len(files), step: v.Step}
	if t.step == nil {
		t.step = func(int, int) {}
	}
	return t
}

// of is the thumbnail of a file. A picture that cannot be read has none.
func (t *thumbs) of(ctx context.Context, sha256 string) (thumb, error) {
	if t.pictures == nil {
		return thumb{}, nil
	}
	if done, ok := t.made[sha256]; ok {
		return done, nil
	}
	img, err := t.pictures(ctx, sha256)
	if ctx.Err() != nil {
		return thumb{}, fmt.Errorf("show picture %s: %w", sha256, ctx.Err())
	}
	var x thumb
	if err == nil {
		x, err = newThumb(img)
	}
	if err != nil {
		x = thumb{}
	}
	t.made[sha256] = x
	t.step(len(t.made), t.all)
	return x, nil
}

// newThumb encodes a picture anew: no byte of a stranger's file gets onto the page.
func newThumb(img image.Image) (thumb, error) {
	if img == nil || img.Bounds().Empty() {
		return thumb{}, fmt.Errorf("encode thumbnail: no pixels")
	}
	small := picture.Shrink(img, thumbWidth, thumbHeight)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: thumbQuality}); err != nil {
		return thumb{}, fmt.Errorf("encode thumbnail: %w", err)
	}
	return thumb{Source: template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(b.Bytes())),
		W: small.Rect.Dx(), H: small.Rect.Dy()}, nil
}
