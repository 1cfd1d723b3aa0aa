package picture

import "image"

// fromVideo gives the pixels of a lossy WebP picture. Its luma runs from 16 to
// 235 and its chroma from 16 to 240 (RFC 6386 section 9.2, ITU-R BT.601), while
// Go's YCbCr is JPEG's full range: taken as that, white comes out as 235 and
// every colour is a little grey. Other pictures are returned as they are.
func fromVideo(img image.Image) image.Image {
	switch src := img.(type) {
	case *image.YCbCr:
		return videoPixels(src, nil)
	case *image.NYCbCrA:
		return videoPixels(&src.YCbCr, src)
	}
	return img
}

// videoPixels converts with the usual 8-bit approximation of BT.601; alpha is
// nil for an opaque picture.
func videoPixels(src *image.YCbCr, alpha *image.NYCbCrA) *image.NRGBA {
	dst := image.NewNRGBA(src.Rect)
	for y := src.Rect.Min.Y; y < src.Rect.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(src.Rect.Min.X, y):]
		for x := src.Rect.Min.X; x < src.Rect.Max.X; x++ {
			luma := 298 * (int(src.Y[src.YOffset(x, y)]) - 16)
			at := src.COffset(x, y)
			cb, cr := int(src.Cb[at])-128, int(src.Cr[at])-128
			p := row[4*(x-src.Rect.Min.X):][:4]
			p[0] = byteOf(luma + 409*cr)
			p[1] = byteOf(luma - 100*cb - 208*cr)
			p[2] = byteOf(luma + 516*cb)
			p[3] = 255
			if alpha != nil {
				p[3] = alpha.A[alpha.AOffset(x, y)]
			}
		}
	}
	return dst
}

// byteOf rounds a value in 256ths and keeps it in range.
func byteOf(v int) uint8 { return uint8(min(max((v+128)>>8, 0), 255)) }
