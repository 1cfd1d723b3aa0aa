package archive_test

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/nlnwa/gowarc"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// seen is a capture as the browser makes it: a redirect, a page, parts of it,
// and requests of which nothing can be replayed.
func seen() *capture.Capture {
	at := time.Date(2026, 3, 1, 10, 0, 0, 123_000_000, time.UTC)
	get := func(url string, status int, header map[string]string, body string) capture.Exchange {
		return capture.Exchange{URL: url, Method: "GET", Status: status, Header: header, Body: []byte(body), Started: at,
			Bytes: int64(len(body)), RemoteAddr: "[2001:db8::1]:443", ReqHeader: map[string]string{"Accept": "*/*", ":path": "/"}}
	}
	kept := []capture.Exchange{
		{URL: "http://town.test/", Method: "GET", Status: 301, Started: at, RemoteAddr: "192.0.2.1:80",
			Header: map[string]string{"location": "https://town.test/"}},
		get("https://town.test/", 200, map[string]string{
			"content-type": "text/html", "content-encoding": "br", "content-length": "7", "transfer-encoding": "chunked",
			"set-cookie": "a=1\nb=2", ":status": "200", "x-evil": "v\r\nWARC-Type: response", "bad name": "x"}, "<h1>Town</h1>"),
		get("https://town.test/a.png?x=%20y", 200, map[string]string{"content-type": "image/png"}, "\x89PNG"),
		get("https://town.test/empty", 204, nil, ""),
	}
	lost := []capture.Exchange{
		{URL: "https://town.test/lost", Method: "GET", Status: 200, Bytes: 10, Started: at},
		{URL: "https://town.test/same", Method: "GET", Status: 304, Started: at},
		{URL: "https://town.test/refused", Method: "GET", Failed: "net::ERR_FAILED", Started: at},
		{URL: "https://town.test/missing", Method: "GET", Status: 404, Missing: true, Body: []byte("x"), Started: at},
		{URL: "data:text/plain,x", Method: "GET", Status: 200, Body: []byte("x"), Started: at},
	}
	return &capture.Capture{ID: "live-1", URL: "http://town.test/", Origin: capture.Origin{Kind: capture.Live, Name: "live web"},
		SeenAt: at, TakenAt: at, Browser: "Chrome/1", First: []byte("\x89PNG first"), FullPage: []byte("\x89PNG full"),
		Requests: append(kept, lost...)}
}

func TestWhatTheBrowserSawComesBackFromTheFile(t *testing.T) {
	t.Parallel()
	page := seen()
	a := open(t, writeFile(t, t.TempDir(), "page.warc.gz", warcOf(t, []*capture.Capture{page})), archive.Options{})
	// The page under its http name is the redirect, under https the page itself.
	first, err := a.Fetch(t.Context(), "http://town.test/", page.SeenAt)
	if err != nil || first.Status != 301 || first.Header.Get("Location") != "https://town.test/" {
		t.Errorf("http: %+v, %v", first, err)
	}
	doc, err := a.Fetch(t.Context(), "https://town.test/", page.SeenAt)
	if err != nil || doc.Status != 200 || string(doc.Body) != "<h1>Town</h1>" {
		t.Fatalf("https: %+v, %v", doc, err)
	}
	if got := doc.Header.Values("Set-Cookie"); len(got) != 2 || doc.Header.Get("X-Evil") == "" || doc.Header.Get("Warc-Type") != "" {
		t.Errorf("header: %v", doc.Header)
	}
	for url, want := range map[string]string{
		"https://town.test/a.png?x=%20y": "\x89PNG", "https://town.test/empty": "",
		"urn:view:http://town.test/": "\x89PNG first", "urn:fullPage:http://town.test/": "\x89PNG full",
	} {
		if rec, err := a.Fetch(t.Context(), url, page.SeenAt); err != nil || string(rec.Body) != want {
			t.Errorf("%s: %v, %v", url, rec, err)
		}
	}
	for _, x := range page.Requests[4:] {
		if rec, err := a.Fetch(t.Context(), x.URL, page.SeenAt); err == nil {
			t.Errorf("%s, of which nothing is known, comes back as %+v", x.URL, rec)
		}
	}
	if w := a.Warnings(); len(w) > 0 {
		t.Errorf("warnings: %q", w)
	}
}

func TestTheFileIsTheSameForTheSamePages(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(warcOf(t, []*capture.Capture{seen(), seen()}), warcOf(t, []*capture.Capture{seen(), seen()})) {
		t.Error("two writings differ")
	}
}

func TestAPageFromAnArchiveKeepsTheTimeOfTheArchive(t *testing.T) {
	t.Parallel()
	page := seen()
	page.Origin = capture.Origin{Kind: capture.Archive, Name: "https://archive.test"}
	page.SeenAt = day("2014-01-01")
	page.Requests[1].MementoAt = day("2014-01-02")
	a := open(t, writeFile(t, t.TempDir(), "page.warc.gz", warcOf(t, []*capture.Capture{page})), archive.Options{})
	for url, want := range map[string]string{"https://town.test/": "2014-01-02", "https://town.test/a.png?x=%20y": "2014-01-01"} {
		rec, err := a.Fetch(t.Context(), url, time.Now())
		if err != nil || !rec.At.Equal(day(want)) {
			t.Errorf("%s is of %v (%v), want %s", url, rec, err, want)
		}
	}
}

// TestAnotherLibraryFindsNothingToObjectTo reads what is written here with
// gowarc, every check it has set to fail, and compares.
func TestAnotherLibraryFindsNothingToObjectTo(t *testing.T) {
	t.Parallel()
	captures := append(capturetest.Captures(capturetest.Fixture()), seen())
	file := warcOf(t, captures)
	r, err := gowarc.NewWarcFileReaderFromStream(bytes.NewReader(file), 0, gowarc.WithStrictValidation())
	if err != nil {
		t.Fatal(err)
	}
	types, bodies := map[string]int{}, map[string]bool{}
	for {
		rec, _, validation, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil || !validation.Valid() {
			t.Fatalf("after %v: %v, %v", types, err, validation)
		}
		types[rec.Type().String()]++
		if b, ok := rec.Block().(gowarc.HttpResponseBlock); ok {
			bodies[fmt.Sprint(rec.WarcHeader().Get(gowarc.WarcTargetURI), " ", b.HttpStatusCode(), " ", payload(t, b))] = true
		}
		if err := rec.Close(); err != nil {
			t.Fatalf("close after %v: %v", types, err)
		}
	}
	if want := "map[request:16 resource:2 response:16 warcinfo:1]"; fmt.Sprint(types) != want {
		t.Errorf("records: %v, want %s", types, want)
	}
	for _, want := range capturetest.Fixture() {
		if !bodies[fmt.Sprint(want.URL, " ", want.Status, " ", string(want.Body))] {
			t.Errorf("gowarc does not find %s as it was", want.URL)
		}
	}
}

func payload(t *testing.T, b gowarc.PayloadBlock) string {
	t.Helper()
	r, err := b.PayloadBytes()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

type fullDisk struct{ left int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFailingWriterIsTold(t *testing.T) {
	t.Parallel()
	whole := len(warcOf(t, []*capture.Capture{seen()}))
	for _, room := range []int{0, 100, whole / 2, whole - 1} {
		err := archive.WriteWARC(&fullDisk{room}, []*capture.Capture{seen()}, archive.Info{})
		if err == nil || !strings.Contains(err.Error(), "write") {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}
