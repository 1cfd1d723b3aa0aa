package mention_test

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/mention"
)

var claims = flag.String("claims", "", "a directory of real claims (claims.csv), to look for the names in their titles")

var signed = regexp.MustCompile(`(?i)^(hacked|owned|defaced) by `)

// TestNamesOfRealClaimsAreFoundInTheirPicturesAndNotInOthers is the measurement
// that METHOD.md gives.
func TestNamesOfRealClaimsAreFoundInTheirPicturesAndNotInOthers(t *testing.T) {
	if *claims == "" {
		t.Skip("skipped: give -claims a directory of real claims")
	}
	e, err := reading.Open(context.Background(), reading.Config{})
	if errors.Is(err, reading.ErrAbsent) {
		t.Skipf("skipped: %v", err)
	}
	f, err := os.Open(filepath.Join(*claims, "claims.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	own, found, others, taken := 0, 0, 0, 0
	for _, row := range rows[1:] {
		words := readPage(t, e, filepath.Join(*claims, row[0]))
		for _, other := range rows[1:] {
			phrase := signed.ReplaceAllString(other[5], "")
			m, ok := mention.Find(words, phrase)
			switch {
			case other[0] == row[0] && ok:
				own, found = own+1, found+1
				t.Logf("%q is read as %q (%.2f) at %v", phrase, m.Read, m.Share, m.At)
			case other[0] == row[0]:
				own++
				t.Logf("%q is not found in %s", phrase, row[0])
			case ok:
				others, taken = others+1, taken+1
				t.Errorf("%q is found in %s as %q", phrase, row[0], m.Read)
			default:
				others++
			}
		}
	}
	t.Logf("%d of %d names found in their own pictures, %d of %d in others", found, own, taken, others)
}

func readPage(t *testing.T, e *reading.Engine, name string) []reading.Word {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := e.Page(t.Context(), picture.ToNRGBA(img), img.Bounds())
	if err != nil {
		t.Fatal(err)
	}
	return text.Words
}
