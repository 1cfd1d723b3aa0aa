package archive_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/realdata"
)

// expectation is what one foreign file holds for one URL.
type expectation struct {
	file     string
	url      string
	captures int
	first    string // time of the first capture
	status   int    // of the record nearest to first
	bytes    int    // of its decoded body; -1 is not compared
	contains string
	warning  string // part of a warning; "" wants none of damage
}

func TestFilesOfOtherProgramsAreRead(t *testing.T) {
	t.Parallel()
	dir := realdata.Dir(t, "warc")
	for _, want := range []expectation{
		{"ipwb/1memento_noContentType.warc", "http://memento.us/", 1, "2013-02-02T10:00:00Z", 200, -1, "Memento for", ""},
		{"ipwb/2mementos.warc", "http://memento.us/", 2, "2013-02-02T10:00:00Z", 200, -1, "2/2/2013", ""},
		{"ipwb/2mementos_queryString.warc", "http://memento.us/index.php?someval=lorem&anotherval=ipsum", 1, "2013-02-02T10:00:00Z", 200, -1, "", ""},
		{"ipwb/5mementos.warc", "http://memento.us/", 5, "2013-02-02T10:00:00Z", 200, -1, "", ""},
		{"ipwb/5mementosAndFroggie.warc", "http://whensAPNGNotAPing.net/", 1, "2017-03-01T19:26:39Z", 200, 23, "", ""},
		{"ipwb/redirect.warc", "https://example.com/", 0, "", 0, 0, "", "ends inside a record"},
		{"ipwb/HTTP204.warc", "https://example.com/", 1, "2018-07-10T20:40:46Z", 204, 0, "", "belong to no record"},
		{"ipwb/HTTP404.warc", "http://memento.us/", 1, "2020-02-02T10:00:00Z", 404, 93, "", ""},
		{"ipwb/baconIpsum_chunked.warc", "http://www.cs.odu.edu/~mkelly/semester/2017_spring/baconIpsum.html", 1, "2017-03-02T03:03:29Z", 200, 39553, "<html", ""},
		{"ipwb/broken.warc", "http://matkelly.com/frogsLeft", 1, "2017-01-04T20:56:24Z", 200, -1, "25 frogs left", "status line"},
		{"ipwb/froggie.warc.gz", "http://www.cs.odu.edu/~mkelly/semester/2017_spring/remoteFroggie.html", 1, "2017-03-01T19:26:39Z", 200, 172, "<", ""},
		{"ipwb/redirectRelative.warc", "https://example.com/", 1, "2018-07-27T20:31:27Z", 302, -1, "", ""},
		{"ipwb/variableSizedDates.warc", "http://memento.us/", 4, "2014-01-01T00:00:00Z", 200, -1, "", ""},
		{"pywb/dupes.warc.gz", "http://example.com/", 2, "2014-01-27T17:12:00Z", 200, 1270, "Example Domain", ""},
		{"pywb/example-bad.warc.gz.bad", "http://example.com/?example=1", 2, "2014-01-03T03:03:21Z", 200, 1270, "Example Domain", ""},
		{"pywb/example-extra.warc", "http://example.com/?example=2", 3, "2014-01-03T03:03:21Z", 200, 1270, "Example Domain", "HTTPX"},
		{"pywb/example-url-agnostic-orig.warc.gz", "http://example.iana.org/", 1, "2013-07-02T19:54:02Z", 200, 1270, "Example Domain", ""},
		{"pywb/example-wget-1-14.warc.gz", "http://example.com/", 1, "2014-02-16T01:29:08Z", 200, 1270, "Example Domain", ""},
		{"pywb/example-wpull.warc.gz", "http://example.com/", 1, "2015-03-30T23:50:46Z", 200, 1270, "Example Domain", ""},
		{"pywb/example.warc", "http://example.com/?example=1", 2, "2014-01-03T03:03:21Z", 200, 1270, "Example Domain", "belong to no record"},
		{"pywb/example.warc.gz", "http://example.com/?example=1", 2, "2014-01-03T03:03:21Z", 200, 1270, "Example Domain", ""},
		{"pywb/example2.warc.gz", "http://example.com/", 1, "2016-02-25T04:23:29Z", 200, 1270, "Example Domain", ""},
		{"pywb/httpbin-resource.warc.gz", "http://httpbin.org/anything/resource.json", 1, "2017-11-30T22:09:04Z", 200, -1, "{", ""},
		{"pywb/iana.warc.gz", "http://www.iana.org/", 1, "2014-01-26T20:06:24Z", 200, 5678, "Internet Assigned Numbers Authority", ""},
		{"pywb/missing-status-text.warc", "http://iana.org/bads", 1, "2014-01-27T17:12:38Z", 302, 0, "", ""},
		{"pywb/post-test.warc.gz", "http://httpbin.org/post", 0, "", 0, 0, "", ""},
		{"pywb/valid_example_1.wacz", "http://www.example.com/", 1, "2020-10-07T21:22:36Z", 200, -1, "Example Domain", ""},
		{"scoop/example.com.wacz", "https://example.com/", 1, "2023-02-19T00:49:59Z", 200, 1256, "Example Domain", ""},
		{"scoop/example.com.wacz", "file:///screenshot.png", 1, "2023-02-19T00:50:00Z", 200, -1, "\x89PNG", ""},
		{"sites/tiddische_de.warc.gz", "https://gemeindetiddische.github.io/index.html", 4, "2023-02-16T17:25:13Z", 200, -1, "Tiddische", ""},
		{"ukwa/BL-20140325121225068-00000-32090~opera~8443.warc.gz", "http://data.gov.uk/", 1, "2014-03-25T12:12:38Z", 200, 14786, "data.gov.uk", ""},
	} {
		t.Run(want.file, func(t *testing.T) {
			t.Parallel()
			checkForeign(t, open(t, filepath.Join(dir, want.file), archive.Options{}), want)
		})
	}
}

func checkForeign(t *testing.T, a archive.Archive, want expectation) {
	tm, err := a.TimeMap(t.Context(), want.url, time.Time{}, time.Time{})
	if err != nil || len(tm) != want.captures {
		t.Fatalf("TimeMap has %d captures (%v), want %d: %v", len(tm), err, want.captures, tm)
	}
	checkDamage(t, a, want.warning)
	if len(tm) == 0 {
		return
	}
	if got := tm[0].At.Format(time.RFC3339); got != want.first {
		t.Errorf("the first capture is of %s, want %s", got, want.first)
	}
	rec, err := a.Fetch(t.Context(), want.url, tm[0].At)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Status != want.status || want.bytes >= 0 && len(rec.Body) != want.bytes || !strings.Contains(string(rec.Body), want.contains) {
		t.Errorf("record has status %d and %d bytes, want %d and %d with %q: %.80q",
			rec.Status, len(rec.Body), want.status, want.bytes, want.contains, rec.Body)
	}
}

// checkDamage wants a warning with the words, or none but about digests: some
// of these files were written by hand with digests of nothing.
func checkDamage(t *testing.T, a archive.Archive, words string) {
	t.Helper()
	for _, w := range a.Warnings() {
		switch {
		case words != "" && strings.Contains(w, words):
			return
		case words == "" && !strings.Contains(w, "digest"):
			t.Errorf("unexpected warning: %s", w)
		}
	}
	if words != "" {
		t.Errorf("no warning has %q: %q", words, a.Warnings())
	}
}

func TestForeignFilesThatCannotBeReadSayWhy(t *testing.T) {
	t.Parallel()
	dir := realdata.Dir(t, "warc")
	for file, words := range map[string]string{
		"pywb/bad.arc":                "ARC file",
		"pywb/example.arc.gz":         "ARC file",
		"pywb/invalid_example_1.wacz": "without WARC files",
	} {
		_, err := archive.Open(t.Context(), filepath.Join(dir, file), archive.Options{})
		if !errors.Is(err, capture.ErrMalformed) || !strings.Contains(err.Error(), words) {
			t.Errorf("Open(%s) = %v, want ErrMalformed with %q", file, err, words)
		}
	}
}

func TestARevisitWithoutItsOriginalIsNotArchivedUnlessTheOtherFileIsThere(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(realdata.Dir(t, "warc"), "ukwa")
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	second := time.Date(2014, 3, 25, 12, 23, 44, 0, time.UTC)
	alone := open(t, files[1], archive.Options{})
	tm, err := alone.TimeMap(t.Context(), "http://data.gov.uk/", time.Time{}, time.Time{})
	if err != nil || len(tm) != 1 {
		t.Fatalf("TimeMap = %v, %v", tm, err)
	}
	both := open(t, dir, archive.Options{})
	resolved, missing := 0, 0
	for _, m := range revisits(t, both) {
		rec, err := both.Fetch(t.Context(), m.URL, m.At)
		if err != nil || rec.At.Before(second.Add(-time.Minute)) || len(rec.Body) == 0 {
			t.Errorf("with both files, %s of %s: %v", m.URL, m.At, err)
			continue
		}
		resolved++
		if _, err := alone.Fetch(t.Context(), m.URL, m.At); errors.Is(err, capture.ErrNotArchived) {
			missing++
		}
	}
	if resolved == 0 || missing == 0 {
		t.Errorf("%d revisits resolved with both files, %d missing with one; want some of each", resolved, missing)
	}
}

// revisits lists the revisits of some pages that the crawl holds.
func revisits(t *testing.T, a archive.Archive) (out []capture.Memento) {
	t.Helper()
	for _, url := range []string{"http://data.gov.uk/", "http://data.gov.uk/robots.txt", "http://data.gov.uk/data/search"} {
		tm, err := a.TimeMap(t.Context(), url, time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range tm {
			if m.Revisit {
				out = append(out, m)
			}
		}
	}
	return out
}

func TestARevisitFindsItsPayloadUnderAnotherURLInAnotherFile(t *testing.T) {
	t.Parallel()
	dir := realdata.Dir(t, "warc")
	tmp := t.TempDir()
	for _, name := range []string{"example-url-agnostic-orig.warc.gz", "example-url-agnostic-revisit.warc.gz"} {
		b, err := os.ReadFile(filepath.Join(dir, "pywb", name))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, tmp, name, b)
	}
	rec, err := open(t, tmp, archive.Options{}).Fetch(t.Context(), "http://example.com/", day("2013-07-29"))
	if err != nil || len(rec.Body) != 1270 || !strings.Contains(string(rec.Body), "Example Domain") {
		t.Errorf("Fetch = %v, %v", rec, err)
	}
}
