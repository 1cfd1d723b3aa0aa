package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
)

const (
	// reportJPEGQuality keeps text legible at a fifth of the size of 95.
	reportJPEGQuality = 85
	// reportPNGBytes is the size up to which a report keeps exact pixels.
	reportPNGBytes = 400 << 10
)

// EncodeForReport encodes img anew for embedding in a report, so that no byte
// of a stranger's file gets there. It scales img down, never up, to fit in
// maxWidth x maxHeight pixels (0 is no bound), writes PNG where that is small,
// else JPEG, and returns the media type with the bytes. Transparency is laid on
// white.
func EncodeForReport(img image.Image, maxWidth, maxHeight int) (data []byte, mediaType string, err error) {
	small := Shrink(img, maxWidth, maxHeight)
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, small); err != nil {
		return nil, "", fmt.Errorf("encode picture for report: %w", err)
	}
	if b.Len() <= reportPNGBytes {
		return b.Bytes(), "image/png", nil
	}
	var j bytes.Buffer
	if err := jpeg.Encode(&j, small, &jpeg.Options{Quality: reportJPEGQuality}); err != nil {
		return nil, "", fmt.Errorf("encode picture for report: %w", err)
	}
	if j.Len() >= b.Len() {
		return b.Bytes(), "image/png", nil
	}
	return j.Bytes(), "image/jpeg", nil
}

// Shrink returns an opaque copy of img that fits in maxWidth x maxHeight pixels
// (0 is no bound), proportions kept. It never enlarges.
func Shrink(img image.Image, maxWidth, maxHeight int) *image.RGBA {
	w, h := fit(img.Bounds().Dx(), img.Bounds().Dy(), maxWidth, maxHeight)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
	if w == img.Bounds().Dx() && h == img.Bounds().Dy() {
		draw.Draw(dst, dst.Rect, img, img.Bounds().Min, draw.Over)
		return dst
	}
	// Catmull-Rom widens its kernel when it shrinks, so that text fades evenly
	// and does not break up.
	draw.CatmullRom.Scale(dst, dst.Rect, img, img.Bounds(), draw.Over, nil)
	return dst
}

// fit returns the largest size with the proportions of w x h within the bounds.
func fit(w, h, maxW, maxH int) (int, int) {
	ratio := 1.0
	if maxW > 0 {
		ratio = min(ratio, float64(maxW)/float64(max(w, 1)))
	}
	if maxH > 0 {
		ratio = min(ratio, float64(maxH)/float64(max(h, 1)))
	}
	if ratio == 1 {
		return w, h
	}
	return max(1, int(float64(w)*ratio+0.5)), max(1, int(float64(h)*ratio+0.5))
}
