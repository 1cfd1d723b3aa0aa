package picture_test

import (
	"encoding/base64"
	"encoding/binary"
	"image/color"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// vp8l is a lossless WebP bit stream of one colour: five prefix codes of one
// symbol each, which need no bits for the pixels.
func vp8l(w, h int, c color.NRGBA) []byte {
	var bits uint64
	var out []byte
	n := 0
	put := func(v uint64, k int) {
		bits |= v << n
		for n += k; n >= 8; n -= 8 {
			out = append(out, byte(bits))
			bits >>= 8
		}
	}
	put(0x2f, 8)
	put(uint64(w-1), 14)
	put(uint64(h-1), 14)
	put(1, 1) // alpha is used
	put(0, 3) // version
	put(0, 3) // no transform, no colour cache, no meta codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A, 0} {
		put(0b101, 3) // simple code, one symbol, of 8 bits
		put(uint64(symbol), 8)
	}
	put(0, 7)
	return out
}

func riff(chunks ...[]byte) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBP")
	for _, c := range chunks {
		b = append(b, c...)
	}
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}

func riffChunk(name string, p []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(p)))
	b = append(b, p...)
	if len(p)%2 == 1 {
		b = append(b, 0)
	}
	return b
}

func le24(v int) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16)} }

var stillWebP = riff(riffChunk("VP8L", vp8l(20, 10, color.NRGBA{200, 100, 50, 255})))

// animatedWebP has a canvas of 30 x 20 and two frames; the first is 10 x 8 at
// 4, 6 in red.
func animatedWebP() []byte {
	frame := func(x, y, w, h int, c color.NRGBA) []byte {
		p := append(le24(x/2), le24(y/2)...)
		p = append(append(p, le24(w-1)...), le24(h-1)...)
		p = append(append(p, le24(100)...), 0)
		return riffChunk("ANMF", append(p, riffChunk("VP8L", vp8l(w, h, c))...))
	}
	head := append([]byte{0x12, 0, 0, 0}, le24(29)...)
	return riff(
		riffChunk("VP8X", append(head, le24(19)...)),
		riffChunk("ANIM", make([]byte, 6)),
		frame(4, 6, 10, 8, color.NRGBA{255, 0, 0, 255}),
		frame(0, 0, 30, 20, color.NRGBA{0, 0, 255, 255}),
	)
}

func TestTheFirstFrameOfAnAnimatedWebPStandsWhereItBelongs(t *testing.T) {
	t.Parallel()
	p, err := picture.Read(t.Context(), animatedWebP())
	if err != nil {
		t.Fatal(err)
	}
	if p.Width != 30 || p.Height != 20 || p.Frames != 2 || p.Mask == nil {
		t.Fatalf("got %d x %d, %d frames, mask %v", p.Width, p.Height, p.Frames, p.Mask != nil)
	}
	red, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{255, 255, 255, 255}
	for _, c := range []struct {
		x, y int
		want color.NRGBA
	}{{4, 6, red}, {13, 13, red}, {3, 6, white}, {14, 13, white}, {4, 5, white}, {29, 19, white}} {
		if got := p.Image.NRGBAAt(c.x, c.y); got != c.want {
			t.Errorf("at %d, %d: %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// quarters is a lossy WebP of our own making: 64x64, red, white, black and
// #2060a0 by quarters, quality 90.
const quarters = "UklGRngAAABXRUJQVlA4IGwAAACQBQCdASpAAEAAPjEUiEKiISEYBAAgAwSghwAYK8APwA/Wb+Z74D9MwE39k4rCEMALPTEVwAD+jUt//XoTqiL2Qw//4WYBqe+G2mL6QAhvoAMiLhIboE2W26oQJLQ8ysOfABMBCrEmfBY6AAA="

func TestALossyWebPKeepsItsColours(t *testing.T) {
	data, err := base64.StdEncoding.DecodeString(quarters)
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Read(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		x, y int
		want color.NRGBA
	}{
		{8, 8, color.NRGBA{255, 0, 0, 255}}, {56, 8, color.NRGBA{255, 255, 255, 255}},
		{8, 56, color.NRGBA{0, 0, 0, 255}}, {56, 56, color.NRGBA{0x20, 0x60, 0xa0, 255}},
	} {
		got := p.Image.NRGBAAt(c.x, c.y)
		for _, d := range []int{int(got.R) - int(c.want.R), int(got.G) - int(c.want.G), int(got.B) - int(c.want.B)} {
			if d < -6 || d > 6 {
				t.Errorf("at %d,%d: %v, want %v", c.x, c.y, got, c.want)
			}
		}
	}
}
