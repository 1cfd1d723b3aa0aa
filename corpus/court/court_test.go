package court_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/court"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
	"github.com/defacecheck/defacecheck/verify/report"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

const front = `<!doctype html><title>Town</title><body style="font:20px sans-serif"><h1>Town council</h1>
<p>The council meets on Thursday at seven in the old mill. Visitors are welcome and need not register.</p></body>`

// claimOf is a claim of a plain picture about a page.
func claimOf(t *testing.T, url string, shade uint8) *corpus.Record {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 400, 300))
	for i := range m.Pix {
		m.Pix[i] = uint8(i/7) ^ shade
	}
	m.SetGray(0, 0, color.Gray{shade})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return &corpus.Record{ID: string('a' + rune(shade)), Claim: verify.Claim{Name: "claim.png", URL: url, Picture: b.Bytes()}}
}

func siteOf(t *testing.T) (*capturetest.Site, egress.Config) {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "town.example", Pages: map[string]capturetest.Page{"/": capturetest.HTML(front)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = site.Close() })
	o, err := egress.ParseOverride(site.Resolve())
	if err != nil {
		t.Fatal(err)
	}
	return site, egress.Config{Resolve: []egress.Override{o}}
}

func TestClaimsAboutOnePageShareWhatWasSeenOfItAndEachHasItsReport(t *testing.T) {
	site, ways := siteOf(t)
	dir := t.TempDir()
	c := court.Open(court.Config{Egress: ways, Verify: verify.Options{Program: "test", Live: true}, Reports: dir, Term: 1})
	defer c.Close()
	first, err := c.Judge(t.Context(), claimOf(t, site.URL("/"), 0))
	if err != nil {
		t.Fatal(err)
	}
	visits := len(site.Requests())
	second, err := c.Judge(t.Context(), claimOf(t, site.URL("/"), 1)) // with another browser, as a term is one claim
	if err != nil {
		t.Fatal(err)
	}
	if n := len(site.Requests()); n != visits || visits == 0 {
		t.Errorf("the page was asked for %d times for one claim and %d for two alike", visits, n)
	}
	if first.Captures[0].Validity != capture.OK || first.Captures[0].SeenAt != second.Captures[0].SeenAt || second.Versions.Browser == "" {
		t.Errorf("first %+v, second %+v by %q", first.Captures[0], second.Captures[0], second.Versions.Browser)
	}
	for _, id := range []string{"a", "b"} {
		if _, err := os.Stat(filepath.Join(dir, id, report.HTMLName)); err != nil {
			t.Error(err)
		}
	}
}

func TestALookThatALimitCutShortGivesNoVerdict(t *testing.T) {
	site, ways := siteOf(t)
	w, err := capturetest.NewWayback([]capture.Record{{URL: site.URL("/"), At: time.Now().Add(-time.Hour), Status: 200, Body: []byte(front)}},
		capturetest.WaybackQuirks{Busy: 1, RetryAfter: "600"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	a, err := archive.Open(t.Context(), "wayback+"+w.Base(), archive.Options{MaxWait: -1})
	if err != nil {
		t.Fatal(err)
	}
	c := court.Open(court.Config{Egress: ways, Archives: []archive.Archive{a}, Verify: verify.Options{Program: "test", Live: true}})
	defer c.Close()
	r, err := c.Judge(t.Context(), claimOf(t, site.URL("/"), 0))
	var late *archive.NotYet
	if r != nil || !errors.As(err, &late) || late.For < 9*time.Minute {
		t.Errorf("result %v, error %v; want the archive's ten minutes", r, err)
	}
	if n := len(site.Requests()); n != 0 {
		t.Errorf("the page was asked for %d times although the verdict would not count", n)
	}
}

func TestWithoutABrowserNoClaimIsBlamed(t *testing.T) {
	_, ways := siteOf(t)
	c := court.Open(court.Config{Egress: ways, Browser: browser.Config{Path: "/nonexistent"}, Verify: verify.Options{Program: "test", Live: true}})
	defer c.Close()
	_, err := c.Judge(t.Context(), claimOf(t, "http://town.example/", 0))
	var unable *queue.Unable
	if !errors.As(err, &unable) || !errors.Is(err, capture.ErrNoBrowser) {
		t.Errorf("%v", err)
	}
}

func TestClaimsAreJudgedSideBySideUntilTheCourtIsClosed(t *testing.T) {
	site, ways := siteOf(t)
	c := court.Open(court.Config{Egress: ways, Verify: verify.Options{Program: "test", Live: true}, Keep: -1})
	defer c.Close()
	var wg sync.WaitGroup
	for i := range 2 {
		wg.Go(func() {
			if _, err := c.Judge(context.WithoutCancel(t.Context()), claimOf(t, site.URL("/"), uint8(i))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Judge(t.Context(), claimOf(t, site.URL("/"), 9)); err == nil {
		t.Error("a closed court judges")
	}
}
