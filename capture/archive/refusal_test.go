package archive_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

const town = "http://town.test/"

// both asks an archive for a list and for a record, and wants the same kind of
// error from both.
func both(t *testing.T, a archive.Archive, want error) {
	t.Helper()
	if tm, err := a.TimeMap(t.Context(), town, time.Time{}, time.Time{}); !errors.Is(err, want) || tm != nil {
		t.Errorf("TimeMap = %v, %v; want %v", tm, err, want)
	}
	if rec, err := a.Fetch(t.Context(), town, day("2021-03-10")); !errors.Is(err, want) || rec != nil {
		t.Errorf("Fetch = %v, %v; want %v", rec, err, want)
	}
}

func TestEachWayOfGettingNoAnswerHasItsOwnError(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks capturetest.WaybackQuirks
		want   error
	}{
		"excluded by the owner":         {capturetest.WaybackQuirks{Excluded: "AdministrativeAccessControlException"}, capture.ErrExcluded},
		"excluded by robots":            {capturetest.WaybackQuirks{Excluded: "RobotAccessControlException"}, capture.ErrExcluded},
		"busy without Retry-After":      {capturetest.WaybackQuirks{Busy: 9}, capture.ErrRateLimited},
		"busy with Retry-After":         {capturetest.WaybackQuirks{Busy: 9, RetryAfter: "3600"}, capture.ErrRateLimited},
		"busy until a date":             {capturetest.WaybackQuirks{Busy: 9, RetryAfter: "Fri, 01 Jan 2100 00:00:00 GMT"}, capture.ErrRateLimited},
		"failing more than the retries": {capturetest.WaybackQuirks{Failing: 99}, capture.ErrDown},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			both(t, open(t, "wayback+"+waybackOf(t, c.quirks).Base(), quick()), c.want)
		})
	}
}

func TestAMementoArchiveTellsAnExclusion(t *testing.T) {
	t.Parallel()
	both(t, open(t, "memento+"+mementoOf(t, capturetest.MementoStyle{Excluded: true}).Base(), quick()), capture.ErrExcluded)
}

func TestAnArchiveThatIsNotThereIsDown(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{})
	base := w.Base()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	both(t, open(t, "wayback+"+base, quick()), capture.ErrDown)
	both(t, open(t, "memento+"+base, quick()), capture.ErrDown)
}

// serve answers every request with h.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAnArchiveThatHangsIsDown(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	opts := quick()
	opts.Timeout, opts.Retries = 50*time.Millisecond, -1
	both(t, open(t, "wayback+"+base, opts), capture.ErrDown)
}

func TestAServerThatIsNoArchiveIsNotAnArchiveWithoutCaptures(t *testing.T) {
	t.Parallel()
	missing := serve(t, http.NotFound)
	both(t, open(t, "wayback+"+missing, quick()), capture.ErrDown)
	page := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("<html>hello</html>")) })
	both(t, open(t, "wayback+"+page, quick()), capture.ErrMalformed)
	both(t, open(t, "memento+"+page, quick()), capture.ErrMalformed)
}

func TestAPageThatDoesNotSayWhenItWasArchivedIsNoRecord(t *testing.T) {
	t.Parallel()
	a := open(t, "wayback+"+waybackOf(t, capturetest.WaybackQuirks{NoDatetime: true}).Base(), quick())
	if rec, err := a.Fetch(t.Context(), town, time.Date(2020, 1, 12, 8, 30, 0, 0, time.UTC)); !errors.Is(err, capture.ErrMalformed) {
		t.Errorf("Fetch = %v, %v; want ErrMalformed", rec, err)
	}
}

func TestAnotherHostIsNeverContacted(t *testing.T) {
	t.Parallel()
	contacted := make(chan string, 100)
	elsewhere := serve(t, func(w http.ResponseWriter, r *http.Request) { contacted <- r.URL.Path })
	w := waybackOf(t, capturetest.WaybackQuirks{Elsewhere: elsewhere})
	if rec, err := open(t, "wayback+"+w.Base(), quick()).Fetch(t.Context(), town, day("2020-01-12")); !errors.Is(err, capture.ErrDown) {
		t.Errorf("Wayback: Fetch = %v, %v; want ErrDown", rec, err)
	}
	gate := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere+"/web/20200112083000/"+town, http.StatusFound)
	})
	if rec, err := open(t, "memento+"+gate, quick()).Fetch(t.Context(), town, day("2020-01-12")); !errors.Is(err, capture.ErrDown) {
		t.Errorf("Memento: Fetch = %v, %v; want ErrDown", rec, err)
	}
	if len(contacted) > 0 {
		t.Errorf("another host was asked for %s", <-contacted)
	}
}

func TestARedirectInCirclesEnds(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/cdx") {
			_, _ = w.Write([]byte("[]"))
			return
		}
		stamp := "20200101000000"
		if strings.Contains(r.URL.Path, stamp) {
			stamp = "20200101000001"
		}
		w.Header().Set("Location", "/web/"+stamp+"id_/"+town)
		w.WriteHeader(http.StatusFound)
	})
	if rec, err := open(t, "wayback+"+base, quick()).Fetch(t.Context(), town, day("2020-01-12")); !errors.Is(err, capture.ErrMalformed) {
		t.Errorf("Fetch = %v, %v; want ErrMalformed", rec, err)
	}
}

func TestARedirectTheArchiveTellsAsItsOwnAddressIsReturned(t *testing.T) {
	t.Parallel()
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/cdx") {
			_, _ = w.Write([]byte("[]"))
			return
		}
		w.Header().Set("Location", "/web/20200630120000id_/http://other.test/page")
		w.WriteHeader(http.StatusFound)
	})
	rec, err := open(t, "wayback+"+base, quick()).Fetch(t.Context(), town, day("2020-01-12"))
	if err != nil {
		t.Fatal(err)
	}
	if rec.Status != 302 || rec.Header.Get("Location") != "http://other.test/page" || !rec.At.Equal(time.Date(2020, 6, 30, 12, 0, 0, 0, time.UTC)) {
		t.Errorf("record = %+v", rec)
	}
}

func TestAnAnswerOverTheLimitIsTooLarge(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.MaxBody = 20
	a := open(t, "wayback+"+waybackOf(t, capturetest.WaybackQuirks{}).Base(), opts)
	if rec, err := a.Fetch(t.Context(), town, day("2020-01-12")); !errors.Is(err, capture.ErrTooLarge) {
		t.Errorf("Fetch = %v, %v; want ErrTooLarge", rec, err)
	}
	path := writeFile(t, t.TempDir(), "a.warc.gz", warcOf(t, capturetest.Captures(capturetest.Fixture())))
	if rec, err := open(t, path, opts).Fetch(t.Context(), town, day("2020-01-12")); !errors.Is(err, capture.ErrTooLarge) {
		t.Errorf("file: Fetch = %v, %v; want ErrTooLarge", rec, err)
	}
}

func TestABusyArchiveIsAskedAgainWhenItSaid(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{Busy: 1, RetryAfter: "1"})
	opts := quick()
	opts.MaxWait = time.Minute
	tm, err := open(t, "wayback+"+w.Base(), opts).TimeMap(t.Context(), town, time.Time{}, time.Time{})
	if err != nil || len(tm) != 4 || len(w.Requests()) != 2 {
		t.Errorf("TimeMap = %v, %v after %d requests; want 4 captures after 2", tm, err, len(w.Requests()))
	}
}

func TestOneBusyAnswerHoldsBackEveryRequestOfThePacer(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{Busy: 1, RetryAfter: "600"})
	opts := quick()
	opts.Pacer = &archive.Pace{}
	for range 3 {
		a := open(t, "wayback+"+w.Base(), opts)
		if _, err := a.TimeMap(t.Context(), town, time.Time{}, time.Time{}); !errors.Is(err, capture.ErrRateLimited) {
			t.Errorf("TimeMap: %v, want ErrRateLimited", err)
		}
	}
	if n := len(w.Requests()); n != 1 {
		t.Errorf("%d requests were sent to an archive that asked for ten minutes", n)
	}
}

func TestThePaceIsSharedAndEndsInAnErrorWhereNobodyWaits(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{})
	opts := quick()
	opts.Pacer = &archive.Pace{Rates: archive.Rates{CDXPerMinute: 0.01, ReplayPerMinute: -1}}
	sent := 0
	for range 8 {
		if _, err := open(t, "wayback+"+w.Base(), opts).TimeMap(t.Context(), town, time.Time{}, time.Time{}); err == nil {
			sent++
		} else if !errors.Is(err, capture.ErrRateLimited) {
			t.Fatal(err)
		}
	}
	if sent != 4 || len(w.Requests()) != 4 {
		t.Errorf("%d lists were read with %d requests, want the 4 of the burst", sent, len(w.Requests()))
	}
}

func TestADamagedCacheFileIsAskedAnew(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{})
	opts := quick()
	opts.CacheDir = t.TempDir()
	ask := func() {
		t.Helper()
		rec, err := open(t, "wayback+"+w.Base(), opts).Fetch(t.Context(), town, time.Date(2020, 1, 12, 8, 30, 0, 0, time.UTC))
		if err != nil || !strings.Contains(string(rec.Body), "First") {
			t.Fatalf("Fetch = %v, %v", rec, err)
		}
	}
	ask()
	files, err := filepath.Glob(filepath.Join(opts.CacheDir, "*", "*"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	before := len(w.Requests())
	for i, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)-3] ^= 1
		if err := os.WriteFile(f, b[:len(b)-i], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if ask(); len(w.Requests()) != before+2 {
		t.Errorf("%d requests were sent for two damaged files", len(w.Requests())-before)
	}
}

func TestCachedAnswersAreBelievedForTheirTimeOnly(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{})
	now := day("2026-01-01")
	opts := quick()
	opts.CacheDir = t.TempDir()
	opts.Clock = func() time.Time { return now }
	list := func(url string) int {
		before := len(w.Requests())
		if _, err := open(t, "wayback+"+w.Base(), opts).TimeMap(t.Context(), url, time.Time{}, time.Time{}); err != nil {
			t.Fatal(err)
		}
		return len(w.Requests()) - before
	}
	for _, step := range []struct {
		after time.Duration
		url   string
		sent  int
	}{
		{0, town, 1}, {59 * time.Minute, town, 0}, {2 * time.Minute, town, 1},
		{0, "http://none.test/", 1}, {9 * time.Minute, "http://none.test/", 0}, {2 * time.Minute, "http://none.test/", 1},
		{-time.Hour, town, 1},
	} {
		now = now.Add(step.after)
		if sent := list(step.url); sent != step.sent {
			t.Errorf("at %s, %s: %d requests, want %d", now, step.url, sent, step.sent)
		}
	}
}

func TestRefusalsAreNotKeptAsAnswers(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{Busy: 1, RetryAfter: "1", Failing: 1})
	opts := quick()
	opts.CacheDir, opts.Retries = t.TempDir(), -1
	for _, want := range []error{capture.ErrRateLimited, capture.ErrDown, nil} {
		opts.Pacer = nil
		_, err := open(t, "wayback+"+w.Base(), opts).TimeMap(t.Context(), town, time.Time{}, time.Time{})
		if !errors.Is(err, want) {
			t.Errorf("TimeMap: %v, want %v", err, want)
		}
	}
}

type countingTransport struct{ n int }

func (c *countingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	c.n++
	if r.Header.Get("User-Agent") == "" || r.Header.Get("Accept-Encoding") == "" {
		return nil, errors.New("a request without its fields")
	}
	return http.DefaultTransport.RoundTrip(r)
}

func TestRequestsGoThroughTheGivenTransport(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{Gzip: true})
	opts := quick()
	count := &countingTransport{}
	opts.Transport = count
	if _, err := open(t, "wayback+"+w.Base(), opts).TimeMap(t.Context(), town, time.Time{}, time.Time{}); err != nil || count.n != 1 {
		t.Errorf("%d requests went through the transport, want 1: %v", count.n, err)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

func TestSpecsThatCannotBeOpenedSayWhy(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	empty := writeFile(t, dir, "empty.warc", nil)
	text := writeFile(t, dir, "text.warc.gz", []byte("this is no archive\n"))
	zip := writeFile(t, dir, "broken.wacz", []byte("PK\x03\x04 and nothing"))
	zstd := writeFile(t, dir, "a.warc.zst", []byte("\x28\xb5\x2f\xfd...."))
	for spec, want := range map[string]error{
		"":                                os.ErrNotExist,
		filepath.Join(dir, "absent.warc"): os.ErrNotExist,
		empty:                             capture.ErrMalformed,
		text:                              capture.ErrMalformed,
		zip:                               capture.ErrMalformed,
		zstd:                              capture.ErrMalformed,
		dir:                               capture.ErrMalformed, // nothing in it can be read
		t.TempDir():                       capture.ErrMalformed, // nothing in it at all
		"wayback+":                        capture.ErrBadURL,
		"wayback+ftp://a.test/":           capture.ErrBadURL,
		"wayback+http://":                 capture.ErrBadURL,
		"memento+http://u:p@a.test/":      capture.ErrBadURL,
		"memento+http://a.test/?q=1":      capture.ErrBadURL,
		"unknown+http://a.test/":          os.ErrNotExist,
	} {
		a, err := archive.Open(t.Context(), spec, archive.Options{})
		if !errors.Is(err, want) || a != nil {
			t.Errorf("Open(%q) = %v, %v; want %v", spec, a, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "u:p") {
			t.Errorf("the error tells the password: %v", err)
		}
	}
}

func TestThePlanNamesWhoWillBeContacted(t *testing.T) {
	t.Parallel()
	path := writeFile(t, t.TempDir(), "a.warc.gz", warcOf(t, capturetest.Captures(capturetest.Fixture())))
	for spec, want := range map[string]string{
		"wayback":                        "web.archive.org",
		"wayback+http://a.test:8080/web": "a.test:8080",
		"memento+https://b.test/col":     "b.test",
		path:                             "",
	} {
		if got := strings.Join(open(t, spec, archive.Options{}).Contacts(), " "); got != want {
			t.Errorf("Contacts of %s = %q, want %q", spec, got, want)
		}
	}
}

func TestAnHTTPSArchiveIsNeverAskedInTheClear(t *testing.T) {
	t.Parallel()
	fixture := capturetest.Fixture()[0]
	var s *httptest.Server
	s = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/cdx"):
			_, _ = w.Write([]byte("[]"))
		case strings.Contains(r.URL.Path, "/20200112083000id_/"):
			w.Header().Set("Memento-Datetime", fixture.At.Format(http.TimeFormat))
			_, _ = w.Write(fixture.Body)
		default: // as the Wayback Machine does behind its own proxies
			w.Header().Set("Location", "http"+strings.TrimPrefix(s.URL, "https")+"/web/20200112083000id_/"+town)
			w.WriteHeader(http.StatusFound)
		}
	}))
	t.Cleanup(s.Close)
	opts := quick()
	opts.Transport = s.Client().Transport
	rec, err := open(t, "wayback+"+s.URL, opts).Fetch(t.Context(), town, day("2020-01-01"))
	if err != nil || string(rec.Body) != string(fixture.Body) {
		t.Errorf("Fetch = %v, %v", rec, err)
	}
}

func TestOtherRefusalsAreToldApart(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]error{
		http.StatusUnavailableForLegalReasons: capture.ErrExcluded, http.StatusBadRequest: capture.ErrBadURL,
		http.StatusForbidden: capture.ErrDown, http.StatusUnauthorized: capture.ErrDown, http.StatusTeapot: capture.ErrDown,
	} {
		base := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(status) })
		if tm, err := open(t, "wayback+"+base, quick()).TimeMap(t.Context(), town, time.Time{}, time.Time{}); !errors.Is(err, want) {
			t.Errorf("HTTP status %d: %v, %v; want %v", status, tm, err, want)
		}
	}
}
