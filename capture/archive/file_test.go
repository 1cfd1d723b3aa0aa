package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// rec is a hand-made WARC record.
func rec(typ, url, at, extra, block string) string {
	contentType := "application/http; msgtype=response"
	if typ == "request" {
		contentType = "application/http; msgtype=request"
	}
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		typ, url, at, contentType, extra, len(block), block)
}

func ok(body string) string { return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body }

func moved(to string) string { return "HTTP/1.1 301 Moved\r\nLocation: " + to + "\r\n\r\n" }

func openText(t *testing.T, records ...string) archive.Archive {
	t.Helper()
	return open(t, writeFile(t, t.TempDir(), "made.warc", []byte(strings.Join(records, ""))), archive.Options{})
}

// body fetches a URL and gives status and body, or the error's kind.
func body(t *testing.T, a archive.Archive, url string, at time.Time) string {
	t.Helper()
	r, err := a.Fetch(t.Context(), url, at)
	switch {
	case errors.Is(err, capture.ErrNotArchived):
		return "not archived"
	case errors.Is(err, capture.ErrMalformed):
		return "malformed"
	case err != nil:
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %s%s", r.Status, r.Body, r.Header.Get("Location"))
}

const noon = "2020-05-05T12:00:00Z"

func TestARedirectToTheVeryURLIsPassedOver(t *testing.T) {
	t.Parallel()
	a := openText(t,
		rec("response", "http://town.test/", noon, "", moved("https://town.test/")),
		rec("response", "https://town.test/", "2020-05-05T12:00:03Z", "", ok("page")),
		rec("response", "http://loop.test/", noon, "", moved("/")))
	for url, want := range map[string]string{
		"http://town.test/": "301 https://town.test/", "https://town.test/": "200 page", "http://loop.test/": "not archived",
	} {
		if got := body(t, a, url, day("2020-05-05")); got != want {
			t.Errorf("%s: %s, want %s", url, got, want)
		}
	}
}

func TestWhatAFormGotDoesNotAnswerAPage(t *testing.T) {
	t.Parallel()
	post := "POST /f HTTP/1.1\r\nHost: town.test\r\n\r\nx=1"
	get := "GET /f HTTP/1.1\r\nHost: town.test\r\n\r\n"
	for name, records := range map[string][]string{
		"the request names the response": {
			rec("response", "http://town.test/f", noon, "WARC-Record-ID: <urn:a>\r\n", ok("posted")),
			rec("request", "http://town.test/f", noon, "WARC-Record-ID: <urn:b>\r\nWARC-Concurrent-To: <urn:a>\r\n", post)},
		"the response names the request": {
			rec("request", "http://town.test/f", noon, "WARC-Record-ID: <urn:b>\r\n", post),
			rec("response", "http://town.test/f", noon, "WARC-Record-ID: <urn:a>\r\nWARC-Concurrent-To: <urn:b>\r\n", ok("posted"))},
	} {
		if got := body(t, openText(t, records...), "http://town.test/f", day("2020-05-05")); got != "not archived" {
			t.Errorf("%s: %s", name, got)
		}
		records[0], records[1] = strings.ReplaceAll(records[0], post, get), strings.ReplaceAll(records[1], post, get)
	}
	a := openText(t, rec("request", "http://town.test/f", noon, "WARC-Record-ID: <urn:b>\r\nWARC-Concurrent-To: <urn:a>\r\n", get),
		rec("response", "http://town.test/f", noon, "WARC-Record-ID: <urn:a>\r\n", ok("got")))
	if got := body(t, a, "http://town.test/f", day("2020-05-05")); got != "200 got" {
		t.Errorf("a GET: %s", got)
	}
}

func TestARevisitShowsThePayloadItRepeatsAtItsOwnTime(t *testing.T) {
	t.Parallel()
	digest := "WARC-Payload-Digest: sha1:" + capturetest.Digest([]byte("page")) + "\r\n"
	original := rec("response", "http://town.test/", noon, "WARC-Record-ID: <urn:o>\r\n"+digest, ok("page"))
	other := rec("response", "http://town.test/", "2020-05-07T12:00:00Z", "", ok("other"))
	const later = "2020-05-06T12:00:00Z"
	for name, c := range map[string]struct{ revisit, want string }{
		"by digest":            {rec("revisit", "http://town.test/", later, digest, ""), "200 page"},
		"by digest, own head":  {rec("revisit", "http://town.test/", later, digest, "HTTP/1.1 203 Odd\r\nX: y\r\n\r\n"), "203 page"},
		"by URL and date":      {rec("revisit", "http://town.test/", later, "WARC-Refers-To-Target-URI: http://town.test/\r\nWARC-Refers-To-Date: "+noon+"\r\n", ""), "200 page"},
		"by id":                {rec("revisit", "http://town.test/", later, "WARC-Refers-To: <urn:o>\r\n", ""), "200 page"},
		"not modified":         {rec("revisit", "http://town.test/", later, "WARC-Refers-To: <urn:o>\r\n", "HTTP/1.1 304 Not Modified\r\n\r\n"), "200 page"},
		"of another URL":       {rec("revisit", "http://town.test/copy", later, digest, ""), "200 page"},
		"of nothing there":     {rec("revisit", "http://town.test/gone", later, "WARC-Payload-Digest: sha1:"+capturetest.Digest(nil)+"\r\n", ""), "not archived"},
		"id and digest differ": {rec("revisit", "http://town.test/gone", later, "WARC-Refers-To: <urn:o>\r\nWARC-Payload-Digest: sha1:"+capturetest.Digest(nil)+"\r\n", ""), "not archived"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := c.revisit[strings.Index(c.revisit, "http://"):]
			url = url[:strings.Index(url, "\r\n")]
			a := openText(t, c.revisit, original, other)
			if got := body(t, a, url, day("2020-05-06").Add(12*time.Hour)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			tm, err := a.TimeMap(t.Context(), url, day("2020-05-06"), day("2020-05-07"))
			if err != nil || len(tm) != 1 || !tm[0].Revisit {
				t.Errorf("TimeMap = %v, %v", tm, err)
			}
		})
	}
}

func TestABrokenTailKeepsWhatCameBeforeAndSaysSo(t *testing.T) {
	t.Parallel()
	whole := warcOf(t, capturetest.Captures(capturetest.Fixture()))
	first := capturetest.Fixture()[0]
	for _, cut := range []int{1, 30, 200, len(whole) / 2} {
		path := writeFile(t, t.TempDir(), "cut.warc.gz", whole[:len(whole)-cut])
		a := open(t, path, archive.Options{})
		if got := body(t, a, first.URL, first.At); got != "200 "+string(first.Body) {
			t.Errorf("cut by %d: the first page is %s", cut, got)
		}
		if len(a.Warnings()) == 0 {
			t.Errorf("cut by %d: no warning", cut)
		}
	}
}

func TestAWrongDigestIsTold(t *testing.T) {
	t.Parallel()
	a := openText(t, rec("response", "http://town.test/", noon, "WARC-Payload-Digest: sha1:"+capturetest.Digest([]byte("x"))+"\r\n", ok("page")))
	r, err := a.Fetch(t.Context(), "http://town.test/", day("2020-05-05"))
	if err != nil || r.Digest != capturetest.Digest([]byte("page")) {
		t.Errorf("digest of the record is not its own: %v, %v", r, err)
	}
	if w := strings.Join(a.Warnings(), "\n"); !strings.Contains(w, "digest") {
		t.Errorf("warnings: %q", w)
	}
}

func TestADirectoryKeepsGoodFilesBesideBadOnes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir, "a.warc", []byte("rubbish"))
	writeFile(t, dir, "b.warc.gz", warcOf(t, capturetest.Captures(capturetest.Fixture())))
	writeFile(t, dir, "c.arc", []byte("filedesc://x 0 0 0 0\n"))
	if err := os.Symlink("/dev/zero", dir+"/d.warc"); err != nil {
		t.Fatal(err)
	}
	a := open(t, dir, archive.Options{})
	capturetest.TestSource(t, a, capturetest.Fixture())
	if w := strings.Join(a.Warnings(), "\n"); !strings.Contains(w, "a.warc") || !strings.Contains(w, "c.arc") {
		t.Errorf("warnings: %q", w)
	}
}

func TestOpeningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := writeFile(t, t.TempDir(), "a.warc.gz", warcOf(t, capturetest.Captures(capturetest.Fixture())))
	if a, err := archive.Open(ctx, path, archive.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open = %v, %v", a, err)
	}
}

func TestTheNumberOfRecordsHasALimit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"a.warc.gz", "b.wacz"} {
		content := warcOf(t, capturetest.Captures(capturetest.Fixture()))
		if name == "b.wacz" {
			content = waczOf(t, capturetest.Fixture(), waczOptions{})
		}
		path := writeFile(t, dir, name, content)
		if a, err := archive.Open(t.Context(), path, archive.Options{MaxRecords: 5}); !errors.Is(err, capture.ErrTooLarge) {
			t.Errorf("%s: Open = %v, %v; want ErrTooLarge", name, a, err)
		}
	}
}

func TestKeysAreEqualForOneAddressOnly(t *testing.T) {
	t.Parallel()
	for _, same := range [][]string{
		{"http://town.test", "http://town.test/", "https://town.test/", "HTTP://TOWN.test:80/", "https://town.test:443", "http://town.test/#top", "http://u:p@town.test/", " http://town.test/ "},
		{"http://town.test/a%2fb", "http://town.test/a%2Fb"},
		{"http://town.test/~a", "http://town.test/%7ea", "http://town.test/%7Ea"},
		{"http://town.test/a%20b", "http://town.test/a b"},
		{"http://town.test?q=1", "http://town.test/?q=1"},
		{"http://bücher.test/", "http://xn--bcher-kva.test/"},
		{"http://town.test/a/../b", "http://town.test/b"},
	} {
		for _, s := range same {
			if archive.Key(s) != archive.Key(same[0]) {
				t.Errorf("Key(%q) = %q, want %q as for %q", s, archive.Key(s), archive.Key(same[0]), same[0])
			}
		}
	}
	different := []string{"http://town.test/", "http://www.town.test/", "http://town.test:8080/", "http://town.test/A", "http://town.test/a", "http://town.test/a/",
		"http://town.test/?a=1&b=2", "http://town.test/?b=2&a=1", "http://town.test/?", "http://town.test/a%2Fb", "http://town.test/a/b", "urn:x", "not a url"}
	seen := map[string]string{}
	for _, d := range different {
		if e, ok := seen[archive.Key(d)]; ok && d != "http://town.test/?" {
			t.Errorf("%q and %q have one key", d, e)
		}
		seen[archive.Key(d)] = d
	}
}
