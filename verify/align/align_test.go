package align

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func artist(t testing.TB) *aligntest.Artist {
	t.Helper()
	a, err := aligntest.NewArtist()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func place(pic, page image.Image) Registration {
	return Register(Describe(Luma(pic), Options{}), Describe(Luma(page), Options{Page: true}))
}

func BenchmarkPictureAgainstPage(b *testing.B) {
	a := artist(b)
	page := aligntest.NewSite(7).Page(a, 1, 1366, 6000)
	pic := aligntest.Cut(page, image.Rect(0, 2100, 1366, 2868))
	b.Run("describe page", func(b *testing.B) {
		l := Luma(page)
		b.ReportAllocs()
		for b.Loop() {
			Describe(l, Options{Page: true})
		}
	})
	b.Run("describe picture", func(b *testing.B) {
		l := Luma(pic)
		b.ReportAllocs()
		for b.Loop() {
			Describe(l, Options{})
		}
	})
	fp, fq := Describe(Luma(pic), Options{}), Describe(Luma(page), Options{Page: true})
	reg := Register(fp, fq)
	b.Logf("points %d %d", fp.Len(), fq.Len())
	b.Run("register", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Register(fp, fq)
		}
	})
	b.Run("compare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Compare(pic, page, reg, CompareOptions{})
		}
	})
	b.Run("whole", func(b *testing.B) {
		b.ReportAllocs()
		against(b, pic, page)
	})
	photo, _ := aligntest.Photograph(pic, rand.New(rand.NewPCG(7, 7)), 0.05)
	b.Run("photograph", func(b *testing.B) {
		b.ReportAllocs()
		against(b, photo, page)
	})
	other := aligntest.NewSite(8).Page(a, 1, 1366, 6000)
	b.Run("photograph of another page", func(b *testing.B) {
		b.ReportAllocs()
		against(b, photo, other)
	})
}

// against measures all that one picture against one page takes, and reports it
// as a multiple of decoding both from PNG, which does not drift with the machine.
func against(b *testing.B, pic, page *image.RGBA) {
	first, second := encoded(b, pic), encoded(b, page)
	var decoding, placing time.Duration
	for b.Loop() {
		start := time.Now()
		one, two := decoded(b, first), decoded(b, second)
		middle := time.Now()
		Compare(one, two, place(one, two), CompareOptions{})
		decoding, placing = decoding+middle.Sub(start), placing+time.Since(middle)
	}
	b.ReportMetric(float64(placing)/float64(decoding), "decodings/op")
	b.ReportMetric(placing.Seconds()*1000/float64(b.N), "ms/picture")
}

func encoded(b *testing.B, img image.Image) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func decoded(b *testing.B, data []byte) image.Image {
	b.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	return img
}
