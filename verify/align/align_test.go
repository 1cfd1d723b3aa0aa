package align

import (
	"image"
	"testing"

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
		for b.Loop() {
			Compare(pic, page, place(pic, page), CompareOptions{})
		}
	})
}
