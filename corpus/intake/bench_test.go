package intake_test

import (
	"bytes"
	"flag"
	"fmt"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/intake"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/picture"
)

var pictures = flag.Int("pictures", 200, "pictures that BenchmarkImport imports")

// perRound is how many are imported by turns with decoding them, so that whatever else the
// machine does falls on all of it.
const perRound = 50

// posted makes the pictures of a channel (JPEG of 1280 x 900 and 1280 x 720, every
// fourth a PNG), and a table of them.
func posted(b *testing.B, round int) (dir string, raw [][]byte) {
	b.Helper()
	files := map[string][]byte{}
	var table strings.Builder
	table.WriteString("picture,url,channel,message\n")
	for i := range perRound {
		name, data := fmt.Sprintf("%d.jpg", i), []byte(nil)
		img := drawn(uint64(round*perRound+i), 1280, 720+180*(i%2))
		if i%4 == 3 {
			name, data = fmt.Sprintf("%d.png", i), pngOf(b, img)
		} else {
			data = jpegOf(b, img)
		}
		files[name], raw = data, append(raw, data)
		fmt.Fprintf(&table, "%s,https://site%d.example.org/,Some band,%d\n", name, i, round*perRound+i)
	}
	files["claims.csv"] = []byte(table.String())
	return tree(b, files), raw
}

// BenchmarkImport imports the pictures of a channel into a new corpus, and holds the time
// against that of decoding them, by as many at once: in the child, as this program
// decodes what strangers made ("of_decoding"), and in this process, as nothing here may
// ("of_bare_decoding"). 1 is as fast as decoding.
func BenchmarkImport(b *testing.B) {
	var importing, decoding, bare time.Duration
	for b.Loop() {
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "corpus.db"))
		if err != nil {
			b.Fatal(err)
		}
		for i := range *pictures / perRound {
			dir, raw := posted(b, i)
			bare += each(b, raw, bareDecode)
			decoding += each(b, raw, func(data []byte) error {
				_, err := picture.Read(b.Context(), data)
				return err
			})
			began := time.Now()
			r := take(b, s, dir, intake.Options{})
			importing += time.Since(began)
			if err := os.RemoveAll(dir); err != nil {
				b.Fatal(err)
			}
			if r.Claims != perRound {
				b.Fatal(r)
			}
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(decoding.Seconds()/importing.Seconds(), "of_decoding")
	b.ReportMetric(bare.Seconds()/importing.Seconds(), "of_bare_decoding")
	b.ReportMetric(float64((*pictures/perRound)*perRound*b.N)/importing.Seconds(), "pictures/s")
}

func bareDecode(data []byte) error {
	_, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		_, err = jpeg.Decode(bytes.NewReader(data))
	}
	return err
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
