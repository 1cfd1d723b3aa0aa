package align

import (
	"fmt"
	"image"
	"syscall"
	"testing"
	"time"

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
			top := height / 3
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
