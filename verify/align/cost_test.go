package align

import (
	"bytes"
	"encoding/gob"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// BenchmarkPictureByPageHeight says how the cost grows with the page, in seconds
// of a core and not of the clock, so that what else the machine does counts less.
func BenchmarkPictureByPageHeight(b *testing.B) {
	a := artist(b)
	site := aligntest.NewSite(7)
	for _, height := range []int{2000, 4000, 6000, 8000, 16000} {
		b.Run(fmt.Sprint(height), func(b *testing.B) {
			page := site.Page(a, 1, windowWidth, height)
			measured(b, page, height/3)
		})
	}
}

// worked is the time that this process has had of all cores.
func worked(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

var captures = flag.String("captures", "", "a directory of captures, as eval-align keeps them, for BenchmarkPictureInRealPage")

// BenchmarkPictureInRealPage is the cost against 6,000 rows of real pages, which
// have more letters than a made one.
func BenchmarkPictureInRealPage(b *testing.B) {
	if *captures == "" {
		b.Skip("skipped: give -captures a directory that make eval-align keeps")
	}
	for name, page := range tallPages(b, *captures, 6000) {
		b.Run(name, func(b *testing.B) { measured(b, page, 2000) })
	}
}

// tallPages reads the captured pages of the common width that are at least so high,
// one of each address, and cuts them to that height.
func tallPages(b *testing.B, dir string, height int) map[string]image.Image {
	b.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no captures in %s: %v", dir, err)
	}
	out := map[string]image.Image{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		var c capture.Capture
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&c); err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		size, err := png.DecodeConfig(bytes.NewReader(c.FullPage))
		if err != nil || size.Width != windowWidth || size.Height < height || out[c.URL] != nil {
			continue
		}
		out[c.URL] = aligntest.Cut(decoded(b, c.FullPage), image.Rect(0, 0, windowWidth, height))
	}
	return out
}

// measured reports what the window of a page from row top on takes against the page.
func measured(b *testing.B, page image.Image, top int) {
	b.Helper()
	pic := aligntest.Cut(page, image.Rect(0, top, windowWidth, top+windowHeight))
	files := [2][]byte{encoded(b, pic), encoded(b, page)}
	var decoding, placing time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := worked(b)
		one, two := decoded(b, files[0]), decoded(b, files[1])
		middle := worked(b)
		if c := Compare(one, two, place(one, two), CompareOptions{}); c.State != Same {
			b.Fatalf("%s: %s", c.State, c.Why)
		}
		decoding, placing = decoding+middle-start, placing+worked(b)-middle
	}
	b.ReportMetric(float64(placing)/float64(decoding), "decodings/op")
	b.ReportMetric(placing.Seconds()*1000/float64(b.N), "core-ms/picture")
}
