package intake_test

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/intake"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// BenchmarkImport imports a Telegram-like table of pictures as channels post them
// (JPEG of 1280 x 900 and 1280 x 720, every fourth a PNG) into a new corpus, and holds the
// time against that of decoding the same pictures, by as many at once: in the child, as
// this program decodes what strangers made ("of_decoding"), and in this process, as
// nothing here may ("of_bare_decoding"). 1 is as fast as decoding.
func BenchmarkImport(b *testing.B) {
	const n = 200
	files, raw := map[string][]byte{}, [][]byte(nil)
	var table strings.Builder
	table.WriteString("picture,url,channel,message\n")
	for i := range n {
		name, data := fmt.Sprintf("%d.jpg", i), []byte(nil)
		img := drawn(uint64(i), 1280, 720+180*(i%2))
		if i%4 == 3 {
			name, data = fmt.Sprintf("%d.png", i), pngOf(b, img)
		} else {
			data = jpegOf(b, img)
		}
		files[name], raw = data, append(raw, data)
		fmt.Fprintf(&table, "%s,https://site%d.example.org/,Some band,%d\n", name, i, i)
	}
	files["claims.csv"] = []byte(table.String())
	dir := tree(b, files)
	var importing, decoding, bare time.Duration
	for b.Loop() {
		bare += each(b, raw, func(data []byte) error {
			_, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				_, err = jpeg.Decode(bytes.NewReader(data))
			}
			return err
		})
		decoding += each(b, raw, func(data []byte) error {
			_, err := picture.Read(b.Context(), data)
			return err
		})
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "corpus.db"))
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		r := take(b, s, dir, intake.Options{})
		importing += time.Since(began)
		if err := s.Close(); err != nil || r.Claims != n {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(decoding.Seconds()/importing.Seconds(), "of_decoding")
	b.ReportMetric(bare.Seconds()/importing.Seconds(), "of_bare_decoding")
	b.ReportMetric(float64(n*b.N)/importing.Seconds(), "pictures/s")
}

// each does something with every file, as many at once as an import decodes.
func each(b *testing.B, raw [][]byte, do func([]byte) error) time.Duration {
	b.Helper()
	began := time.Now()
	var g errgroup.Group
	g.SetLimit(intake.DefaultJobs)
	for _, data := range raw {
		g.Go(func() error { return do(data) })
	}
	if err := g.Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}
