package agree_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"flag"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

var (
	captures = flag.String("captures", "", "a directory of captures, as eval-align keeps them, to read pictures of pages from")
	hosts    = flag.String("hosts", ".", "a regular expression of the hosts whose pages are read")
	pictures = flag.Int("pictures", 40, "how many pictures are read")
)

// TestPicturesAgreeWithTheirPageInAnotherWindowAndWithNoOther reads the first
// screens of captures and compares them with captures of the same page in other
// windows, of other pages of its site, and of other sites. It is the measurement
// that METHOD.md gives.
func TestPicturesAgreeWithTheirPageInAnotherWindowAndWithNoOther(t *testing.T) {
	if *captures == "" {
		t.Skip("skipped: give -captures a directory that make eval-align keeps")
	}
	e, err := reading.Open(context.Background(), reading.Config{})
	if errors.Is(err, reading.ErrAbsent) {
		t.Skipf("skipped: %v", err)
	}
	all := gathered(t, *captures, regexp.MustCompile(*hosts))
	agreeing, compared := map[string]int{}, map[string]int{}
	done, step := 0, max(1, len(all)/(*pictures))
	for i := 0; i < len(all) && done < *pictures; i += step {
		own := all[i]
		seen, ok := seenIn(t, e, own)
		if !ok {
			continue
		}
		done++
		for _, other := range all {
			kind := relation(own, other)
			if kind == "" {
				continue
			}
			compared[kind]++
			if g := agree.Compare(seen, other); g.Whole() {
				agreeing[kind]++
				if kind != "the same page" {
					t.Logf("%s agrees with %s", own.URL, other.URL)
				}
			}
		}
	}
	for _, kind := range []string{"the same page", "a page of the same site", "a page of another site"} {
		t.Logf("%d pictures; with %s in another window: %d of %d agree", done, kind, agreeing[kind], compared[kind])
	}
}

// gathered reads the captures with a page, one of each page and width.
func gathered(t *testing.T, dir string, hosts *regexp.Regexp) []*capture.Capture {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	type key struct {
		url   string
		width int
	}
	have := map[key]bool{}
	var all []*capture.Capture
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		var c capture.Capture
		if gob.NewDecoder(bytes.NewReader(data)).Decode(&c) != nil || c.Validity != capture.OK || len(c.Text) == 0 {
			continue
		}
		u, err := url.Parse(c.URL)
		if k := (key{c.URL, c.Viewport.Width}); err == nil && hosts.MatchString(u.Hostname()) && !have[k] {
			have[k] = true
			c.FullPage = nil
			all = append(all, &c)
		}
	}
	return all
}

// relation says what two captures are to each other; "" where they are not to be
// compared: the same window, or two versions of one site.
func relation(a, b *capture.Capture) string {
	u, err := url.Parse(a.URL)
	v, err2 := url.Parse(b.URL)
	switch {
	case err != nil || err2 != nil || a.Viewport.Width == b.Viewport.Width:
		return ""
	case a.URL == b.URL:
		return "the same page"
	case u.Hostname() == v.Hostname():
		return "a page of the same site"
	case family.FindStringSubmatch(u.Hostname())[1] == family.FindStringSubmatch(v.Hostname())[1]:
		return ""
	}
	return "a page of another site"
}

// family is what versions and doubles of one site have in common in their names.
var family = regexp.MustCompile(`^(?:twin\.)?(sb-[a-z]+|[a-z]*)`)

// seenIn reads the first screen of a capture in the language of its own text.
func seenIn(t *testing.T, e *reading.Engine, c *capture.Capture) (agree.Seen, bool) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(c.First))
	if err != nil {
		return agree.Seen{}, false
	}
	var texts []string
	for _, b := range c.Text {
		texts = append(texts, b.Text)
	}
	got, err := e.Page(t.Context(), picture.ToNRGBA(img), img.Bounds(), reading.LanguageOf("", texts...))
	if errors.Is(err, reading.ErrSmall) { // of a window as high as a picture of one row
		return agree.Seen{}, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return agree.Seen{Words: got.Words, Languages: got.Languages, Part: img.Bounds()}, true
}
