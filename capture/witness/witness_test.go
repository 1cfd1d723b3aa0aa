package witness_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/capture/witness"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const front = `<!doctype html><title>Town</title><body style="font:20px sans-serif"><h1>Town council</h1>
<p>The council meets on Thursday at seven in the old mill. Visitors are welcome and need not register.</p></body>`

// stand serves the page, and returns witnesses that reach it, with an archive
// that holds it as it was on the day.
func stand(t *testing.T, archived string, day time.Time) (*witness.Stand, string) {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "town.example", Pages: map[string]capturetest.Page{"/": capturetest.HTML(front)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	override, err := egress.ParseOverride(site.Resolve())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "town.warc.gz")
	writeArchive(t, file, site.URL("/"), archived, day)
	a, err := archive.Open(t.Context(), file, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := witness.Open(witness.Config{Egress: egress.Config{Resolve: []egress.Override{override}}, Archives: []archive.Archive{a}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, site.URL("/")
}

func writeArchive(t *testing.T, file, url, page string, day time.Time) {
	t.Helper()
	c := &capture.Capture{URL: url, FinalURL: url, SeenAt: day, TakenAt: day, Status: 200, Requests: []capture.Exchange{{
		URL: url, Method: "GET", Type: "Document", Status: 200, MIME: "text/html", Started: day,
		Header: map[string]string{"Content-Type": "text/html; charset=utf-8"}, Body: []byte(page),
	}}}
	var b bytes.Buffer
	if err := archive.WriteWARC(&b, []*capture.Capture{c}, archive.Info{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOneBrowserSeesTheLivePageAndTheArchivedOne(t *testing.T) {
	day := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	s, url := stand(t, "<title>Old</title><h1>The old page of the town</h1>", day)
	if s.Version() != "" {
		t.Error("a browser runs before anything was asked")
	}
	live, err := s.Live(t.Context(), capture.Request{URL: url})
	if err != nil || live.Validity != capture.OK || live.Title != "Town" || live.Origin.Kind != capture.Live {
		t.Fatalf("live: %+v %v", live, err)
	}
	tm, troubles := s.TimeMap(t.Context(), url, time.Time{}, time.Time{})
	if len(tm) != 1 || len(troubles) != 0 || !tm[0].At.Equal(day) {
		t.Fatalf("time map: %+v %v", tm, troubles)
	}
	old, err := s.Replay(t.Context(), tm[0], capture.Request{URL: url})
	if err != nil || old.Title != "Old" || !old.SeenAt.Equal(day) || old.Origin.Kind != capture.Archive {
		t.Fatalf("replayed: %+v %v", old, err)
	}
	if s.Version() == "" {
		t.Error("the browser that was used is not named")
	}
}

func TestAMementoOfAnArchiveThatWasNotNamedIsRefused(t *testing.T) {
	s, url := stand(t, front, time.Unix(0, 0))
	if _, err := s.Replay(t.Context(), capture.Memento{Archive: "elsewhere"}, capture.Request{URL: url}); err == nil {
		t.Error("an unknown archive was replayed")
	}
}

func TestAnArchiveThatDoesNotAnswerIsTroubleAndNotSilence(t *testing.T) {
	a, err := archive.Open(t.Context(), "wayback+http://127.0.0.1:1", archive.Options{Retries: -1, MaxWait: -1})
	if err != nil {
		t.Fatal(err)
	}
	s, err := witness.Open(witness.Config{Archives: []archive.Archive{a}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tm, troubles := s.TimeMap(context.Background(), "http://town.example/", time.Time{}, time.Time{})
	if len(tm) != 0 || len(troubles) != 1 || !errors.Is(troubles[0].Err, capture.ErrDown) {
		t.Errorf("%v %v", tm, troubles)
	}
}

func TestNothingIsSeenAfterClose(t *testing.T) {
	s, err := witness.Open(witness.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Live(t.Context(), capture.Request{URL: "http://town.example/"}); err == nil {
		t.Error("a capture was taken after Close")
	}
}
