package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// words is text enough for a page that claims can be about.
var words = strings.Repeat("<p>The weir was mended with three beams of larch.", 10)

// record is a capture on a day of May 2020.
func record(day int, url, kind, body string) capture.Record {
	return capture.Record{URL: url, At: time.Date(2020, 5, day, 12, 0, 0, 0, time.UTC), Status: http.StatusOK,
		Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}
}

func warcFile(t *testing.T, records ...capture.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := archive.WriteWARC(&b, capturetest.Captures(records), archive.Info{}); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "crawl.warc.gz")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func loaded(t *testing.T, l Limits, places ...string) []*Site {
	t.Helper()
	all, shut, err := LoadAll(context.Background(), places, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := shut(); err != nil {
			t.Error(err)
		}
	})
	return all
}

func read(t *testing.T, s *Site, name string) (body, kind string) {
	t.Helper()
	doc, kind, err := s.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(doc), kind
}

func TestTheHostsOfAnArchiveAreSitesWithWhatTheirPagesLoad(t *testing.T) {
	all := loaded(t, Limits{}, warcFile(t,
		record(1, "https://www.mill.example/", "text/html", `<!doctype html><meta charset=utf-8><link rel=stylesheet href="/css/a.css?v=2"><link rel=stylesheet href="https://cdn.example/lib/style.php">`+
			`<script src="//cdn.example/x"></script><script src="https://gone.example/y.js"></script><img src="pic.png" srcset="https://www.mill.example/pic.png 2x"><a href="http://www.mill.example/about/#team">about</a><a href="https://far.example/">far</a>`+words),
		record(1, "https://www.mill.example/about/", "text/html; charset=utf-8", words),
		record(1, "https://www.mill.example/short", "text/html", "<p>hi"),
		record(1, "https://www.mill.example/css/a.css?v=2", "text/css", `@import "b.css";p{background:url(https://cdn.example/bg.png)}i{background:url(https://gone.example/z.png)}`),
		record(1, "https://www.mill.example/css/b.css", "text/css", "b{}"), record(1, "https://www.mill.example/pic.png", "image/png", "\x89PNG\r\n\x1a\n"),
		record(1, "https://cdn.example/lib/style.php", "text/css", `u{background:url(../bg.png)}`), record(1, "https://cdn.example/bg.png", "image/png", "\x89PNG\r\n\x1a\nbg"),
		record(1, "https://cdn.example/x", "application/javascript", "var x"),
		record(1, "http://other.example/deep/page.html", "text/html", words)))
	if len(all) != 2 || all[0].Name != "mill-example" || all[1].Name != "other-example" {
		t.Fatalf("the sites are %v", all)
	}
	if got := fmt.Sprint(all[0].Pages, all[1].Pages); got != "[index.html about/] [deep/page.html]" {
		t.Errorf("the pages are %s", got)
	}
	doc, kind := read(t, all[0], "index.html")
	for _, gone := range []string{"gone.example", "cdn.example", "www.mill.example"} {
		if strings.Contains(doc, gone) {
			t.Errorf("%s is left in %s", gone, doc)
		}
	}
	for _, stays := range []string{`href="/css/a.css"`, `src="/pic.png"`, `srcset="/pic.png 2x"`, `href="/about/#team"`, "https://far.example/"} {
		if !strings.Contains(doc, stays) {
			t.Errorf("%s is not in %s", stays, doc)
		}
	}
	needs, _ := all[0].Needs("index.html", []byte(doc))
	if kind != "text/html" || len(needs) != 6 {
		t.Fatalf("%s that needs %v", kind, needs)
	}
	var ends []string
	for _, n := range needs {
		ends = append(ends, filepath.Ext(n))
	}
	slices.Sort(ends)
	if got := strings.Join(ends, " "); got != ".css .css .css .js .png .png" {
		t.Errorf("it needs files that end %s: %v", got, needs)
	}
	if sheet, _ := read(t, all[0], "css/a.css"); !strings.Contains(sheet, `"/css/b.css"`) || strings.Contains(sheet, "gone.example") {
		t.Errorf("the style sheet is %s", sheet)
	}
}

func TestOfSeveralCapturesTheLatestThatCanBeReadIsShown(t *testing.T) {
	newer := warcFile(t, record(9, "http://a.example/", "text/html", "<p>ninth"+words), record(20, "http://a.example/", "text/html", "<p>twentieth"+words))
	older := warcFile(t, record(3, "http://a.example/", "text/html", "<p>third"+words), record(4, "http://a.example/?session=1", "text/html", "<p>fourth"+words))
	moved := record(25, "http://a.example/", "text/html", words)
	moved.Status = http.StatusFound
	latest := warcFile(t, moved, record(1, "http://a.example/b", "text/html", words))
	for _, files := range [][]string{{older, newer, latest}, {latest, newer, older}} {
		doc, _ := read(t, loaded(t, Limits{}, files...)[0], "index.html")
		if !strings.HasPrefix(doc, "<p>twentieth") {
			t.Errorf("shown is %.20s", doc)
		}
	}
	doc, _ := read(t, loaded(t, Limits{}, older)[0], "index.html")
	if !strings.HasPrefix(doc, "<p>third") {
		t.Errorf("shown is %.20s", doc)
	}
}

func TestALaterCaptureThatIsDamagedGivesWayToAnEarlier(t *testing.T) {
	good := warcFile(t, record(3, "http://a.example/", "text/html", "<p>third"+words))
	large := warcFile(t, record(9, "http://a.example/", "text/html", strings.Repeat(words, 20)))
	doc, _ := read(t, loaded(t, Limits{File: 4000}, good, large)[0], "index.html")
	if !strings.HasPrefix(doc, "<p>third") {
		t.Errorf("shown is %.20s", doc)
	}
}

func TestTheEncodingThatTheServerToldIsKeptInAnotherForm(t *testing.T) {
	s := loaded(t, Limits{}, warcFile(t,
		record(1, "http://a.example/", "text/html; charset=windows-1252", "<p>M\xfcller"+words),
		record(1, "http://a.example/own", "text/html", "<meta charset=iso-8859-1><p>M\xfcller"+words)))[0]
	doc, kind := read(t, s, "index.html")
	if !strings.HasPrefix(doc, "<p>Müller") || kind != "text/html; charset=utf-8" {
		t.Errorf("%s: %.20s", kind, doc)
	}
	if doc, kind = read(t, s, "own"); !strings.Contains(doc, "Müller") || !strings.Contains(doc, `charset="utf-8"`) || kind != "text/html" {
		t.Errorf("%s: %.60s", kind, doc)
	}
}

func TestNamesOfHostsThatWouldBeOneAreToldApart(t *testing.T) {
	all := loaded(t, Limits{}, warcFile(t, record(1, "http://a.example/", "text/html", words), record(1, "http://www.a.example/", "text/html", words), record(1, "http://a.example:8080/", "text/html", words)))
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	if got := strings.Join(names, " "); got != "a-example a-example-8080 www-a-example" {
		t.Errorf("they are called %s", got)
	}
}

func TestFoldersAndArchivesGoTogether(t *testing.T) {
	file := warcFile(t, record(1, "http://a.example/", "text/html", words))
	all := loaded(t, Limits{}, folder(t, map[string]string{"b/index.html": "<p>b"}), file)
	if len(all) != 2 || all[0].Name != "a-example" || all[1].Name != "b" {
		t.Errorf("the sites are %v", all)
	}
	_, _, err := LoadAll(context.Background(), []string{folder(t, map[string]string{"a.example/index.html": "<p>b"}), file}, Limits{})
	if err == nil || !strings.Contains(err.Error(), "a-example") {
		t.Errorf("error %v", err)
	}
}

func TestAnArchiveThatWillNotDoIsRefusedByName(t *testing.T) {
	many := []capture.Record{record(1, "http://a.example/", "text/html", words)}
	for i := range 5 {
		many = append(many, record(1, fmt.Sprintf("http://a.example/%d.png", i), "image/png", "x"), record(1, fmt.Sprintf("http://h%d.example/", i), "text/html", words))
	}
	missing := record(1, "http://a.example/", "text/html", words)
	missing.Status = http.StatusNotFound
	raw := func(content string) string {
		name := filepath.Join(t.TempDir(), "raw.warc")
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	for name, c := range map[string]struct {
		file   string
		limits Limits
		kind   error
	}{
		"empty":             {raw(""), Limits{}, capture.ErrMalformed},
		"no WARC file":      {raw("<html>a page</html>"), Limits{}, capture.ErrMalformed},
		"without pages":     {warcFile(t, record(1, "http://a.example/x.png", "image/png", "x")), Limits{}, ErrNoSites},
		"without text":      {warcFile(t, record(1, "http://a.example/", "text/html", "<p>hi")), Limits{}, ErrNoSites},
		"without an answer": {warcFile(t, missing), Limits{}, ErrNoSites},
		"pages too large":   {warcFile(t, many[0]), Limits{File: 100}, ErrNoSites},
		"too many files":    {warcFile(t, many...), Limits{Files: 4}, ErrTooMany},
		"too many sites":    {warcFile(t, many...), Limits{Sites: 3}, ErrTooMany},
		"not there":         {filepath.Join(t.TempDir(), "none.warc"), Limits{}, fs.ErrNotExist},
	} {
		_, shut, err := LoadAll(context.Background(), []string{c.file}, c.limits)
		if !errors.Is(err, c.kind) || !strings.Contains(err.Error(), filepath.Base(c.file)) {
			t.Errorf("%s: error %v", name, err)
		}
		if shut == nil {
			t.Errorf("%s: nothing to shut", name)
		}
	}
}

func TestHostilePathsOfCapturesAreNoPathsOfFiles(t *testing.T) {
	s := loaded(t, Limits{}, warcFile(t,
		record(1, "http://a.example/", "text/html", `<img src="/x/..%2f..%2fetc/p.png"><img src="/a"><img src="/a/b.png"><img src="/n%00.png"><img src="/`+strings.Repeat("l", 400)+`.png"><iframe src="/inner"></iframe>`+words),
		record(1, "http://a.example/x/..%2f..%2fetc/p.png", "image/png", "1"), record(1, "http://a.example/a", "image/png", "2"), record(1, "http://a.example/a/b.png", "image/png", "3"),
		record(1, "http://a.example/n%00.png", "image/png", "4"), record(1, "http://a.example/"+strings.Repeat("l", 400)+".png", "image/png", "5"),
		record(1, "http://a.example/%2e%2e/%2e%2e/page", "text/html", words)))[0]
	doc, _ := read(t, s, "index.html")
	needs, _ := s.Needs("index.html", []byte(doc))
	if len(needs) != 5 {
		t.Errorf("it needs %q of %s", needs, doc)
	}
	for _, n := range needs {
		if !filepath.IsLocal(n) || len(n) > 250 || strings.Contains(n, "\x00") {
			t.Errorf("%q is no name of a file", n)
		}
		if slices.Contains(needs, n+"/b.png") {
			t.Errorf("%s is a file and a folder", n)
		}
	}
	for _, p := range s.Pages {
		if strings.Contains(p, "..") {
			t.Errorf("%q is a page", p)
		}
	}
}

// selfContained fails where a document has something that Contain takes out.
func selfContained(t *testing.T, doc []byte, quiet bool) {
	t.Helper()
	z := html.NewTokenizer(bytes.NewReader(doc))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		tok := z.Token()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		before := tok.String()
		if dropped(tok, quiet) || restrain(&tok, quiet) {
			t.Fatalf("%q is left in %q", before, doc)
		}
	}
}

func FuzzWhatWasCapturedLoadsNothingFromElsewhere(f *testing.F) {
	f.Add(`<base href="//x/"><img src="a.png"><style>@import "b.css"</style>`, "text/html; charset=big5", "p{background:url(//x/y)}")
	f.Add("<meta charset=utf-16><script src=http://b.example/s>", "text/html", "")
	f.Fuzz(func(t *testing.T, doc, kind, sheet string) {
		s := replayed{newVault(Limits{}.orDefaults()), "a.example"}
		for _, u := range []string{"http://a.example/", "http://a.example/a.png", "http://b.example/s", "http://x/b.css"} {
			where := parsed(t, u)
			at, _ := addressOf(where)
			if err := s.add(at, held{what: capture.Memento{URL: u}, where: where}); err != nil {
				t.Fatal(err)
			}
		}
		selfContained(t, Contain(s.localise(inUTF8([]byte(doc), kind), parsed(t, "http://a.example/")), false), false)
		once := containCSS(SheetRefs([]byte(sheet), s.change(parsed(t, "http://a.example/c/d.css"))))
		if !bytes.Equal(once, containCSS(once)) {
			t.Fatalf("%q loads from elsewhere", once)
		}
	})
}

func parsed(t *testing.T, u string) *url.URL {
	t.Helper()
	p, err := url.Parse(u)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
