package verify_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"syscall"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/trace"
)

// BenchmarkPictureItself does to a full screen of text, 1920x1080, all that needs no
// capture and no reading of text: decoding and metadata in their children, the
// preview, hashes, the frame and traces. It reports seconds of one core, children
// included, and the peak memory of this process and of the largest child in
// megabytes; the first is of the whole benchmark, whose own pictures are in it, and the
// second a bound, since Linux counts what a child had of its parent as it began.
func BenchmarkPictureItself(b *testing.B) {
	screen := screenOfText(b, 1920, 1080)
	var asPNG, asJPEG bytes.Buffer
	if err := png.Encode(&asPNG, screen); err != nil {
		b.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, screen, &jpeg.Options{Quality: 85}); err != nil {
		b.Fatal(err)
	}
	for _, kind := range []struct {
		name string
		file []byte
	}{{"png", asPNG.Bytes()}, {"jpeg", asJPEG.Bytes()}} {
		b.Run(kind.name, func(b *testing.B) {
			before := coreSeconds(b)
			for b.Loop() {
				lookAtItself(b, kind.file)
			}
			b.ReportMetric((coreSeconds(b)-before)/float64(b.N), "core-s/op")
			b.ReportMetric(peak(b, syscall.RUSAGE_SELF), "own-MB")
			b.ReportMetric(peak(b, syscall.RUSAGE_CHILDREN), "child-MB")
		})
	}
}

func lookAtItself(b *testing.B, file []byte) {
	b.Helper()
	ctx := context.Background()
	pic, err := picture.Read(ctx, file)
	if err != nil {
		b.Fatal(err)
	}
	facts, err := metadata.Read(ctx, file)
	if err != nil {
		b.Fatal(err)
	}
	if err := facts.CompareThumbnails(ctx, pic); err != nil {
		b.Fatal(err)
	}
	metadata.Findings(facts, metadata.About{})
	imprint.Of(pic.Image)
	f := frame.Find(pic.Image)
	if _, err := trace.Find(ctx, pic.Image, trace.About{Page: f.Content, Asked: []image.Rectangle{image.Rect(400, 300, 900, 500)}}); err != nil {
		b.Fatal(err)
	}
}

// screenOfText is full of lines, as dense as documentation.
func screenOfText(b *testing.B, w, h int) *image.NRGBA {
	b.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		b.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 15, DPI: 72})
	if err != nil {
		b.Fatal(err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face}
	rng := rand.New(rand.NewPCG(1, 1))
	for y := 30; y < h-20; y += 23 {
		d.Dot = fixed.P(20, y)
		for d.Dot.X.Round() < w-80 {
			d.DrawString(fmt.Sprintf("%c%x ", 'a'+rune(rng.IntN(26)), rng.IntN(1<<20)))
		}
	}
	return img
}

// coreSeconds is what this process and its children that have ended took.
func coreSeconds(b *testing.B) (sum float64) {
	b.Helper()
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		u := usage(b, who)
		sum += float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
	}
	return sum
}

func peak(b *testing.B, who int) float64 {
	b.Helper()
	return float64(usage(b, who).Maxrss) / 1024
}

func usage(b *testing.B, who int) (u syscall.Rusage) {
	b.Helper()
	if err := syscall.Getrusage(who, &u); err != nil {
		b.Fatal(err)
	}
	return u
}
