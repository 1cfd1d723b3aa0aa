package archive_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

func TestAWARCFileWrittenHereIsASource(t *testing.T) {
	t.Parallel()
	records := capturetest.Fixture()
	path := writeFile(t, t.TempDir(), "site.warc.gz", warcOf(t, capturetest.Captures(records)))
	capturetest.TestSource(t, open(t, path, archive.Options{}), records)
}

func TestADirectoryOfWARCFilesIsASource(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	records := capturetest.Fixture()
	captures := capturetest.Captures(records)
	writeFile(t, dir, "a.warc.gz", warcOf(t, captures[:5]))
	writeFile(t, dir, "b.warc.gz", warcOf(t, captures[5:]))
	writeFile(t, dir, "notes.txt", []byte("not an archive"))
	capturetest.TestSource(t, open(t, dir, archive.Options{}), records)
}

func TestAWACZFileIsASource(t *testing.T) {
	t.Parallel()
	records := capturetest.Fixture()
	path := writeFile(t, t.TempDir(), "site.wacz", waczOf(t, records, waczOptions{}))
	a := open(t, path, archive.Options{})
	if w := a.Warnings(); len(w) > 0 {
		t.Errorf("a good file gives warnings: %q", w)
	}
	capturetest.TestSource(t, a, records)
}

func TestAWaybackArchiveIsASourceWithEveryQuirk(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]capturetest.WaybackQuirks{
		"none":                            {},
		"compressed lists":                {Gzip: true},
		"resume keys":                     {PageRows: 2},
		"no header row":                   {NoHeaderRow: true},
		"revisits without status":         {Revisits: true},
		"month 00":                        {ZeroMonth: true},
		"duplicates":                      {Duplicates: true},
		"malformed originals":             {Malformed: true},
		"a row with an impossible time":   {BadTimes: true},
		"records compressed":              {GzipRecords: true},
		"unlabelled fields":               {PlainHeaders: true},
		"unlabelled fields, compressed":   {PlainHeaders: true, GzipRecords: true, Gzip: true},
		"all that go together":            {Gzip: true, PageRows: 1, Revisits: true, ZeroMonth: true, Duplicates: true, Malformed: true, GzipRecords: true},
		"a failing answer before a right": {Failing: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := waybackOf(t, quirks)
			src := open(t, "wayback+"+w.Base(), quick())
			capturetest.TestSource(t, src, capturetest.Fixture())
		})
	}
}

func TestAWaybackArchiveIsASourceThroughTheCache(t *testing.T) {
	t.Parallel()
	w := waybackOf(t, capturetest.WaybackQuirks{})
	opts := quick()
	opts.CacheDir = t.TempDir()
	capturetest.TestSource(t, open(t, "wayback+"+w.Base(), opts), capturetest.Fixture())
	before := len(w.Requests())
	capturetest.TestSource(t, open(t, "wayback+"+w.Base()+"/", opts), capturetest.Fixture())
	if after := len(w.Requests()); after != before {
		t.Errorf("the second run sent %d requests that the cache should have answered", after-before)
	}
}

func TestAMementoArchiveIsASourceInEveryStyle(t *testing.T) {
	t.Parallel()
	for name, style := range map[string]capturetest.MementoStyle{
		"redirecting gate":       {},
		"gate gives mementos":    {Negotiate200: true},
		"gate at the root":       {GateAtRoot: true},
		"JSON only":              {JSONOnly: true},
		"paged TimeMaps":         {PageLinks: 1},
		"paged JSON TimeMaps":    {PageLinks: 2, JSONOnly: true},
		"opaque addresses":       {Opaque: true},
		"opaque, gate gives":     {Opaque: true, Negotiate200: true},
		"opaque, gate at root":   {Opaque: true, GateAtRoot: true},
		"gate at root, JSON":     {GateAtRoot: true, JSONOnly: true},
		"gate at root and gives": {GateAtRoot: true, Negotiate200: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := mementoOf(t, style)
			src := open(t, "memento+"+m.Base(), quick())
			capturetest.TestSource(t, src, capturetest.Fixture())
		})
	}
}

func TestArchivesPassOverARedirectToTheVeryURL(t *testing.T) {
	t.Parallel()
	at := day("2020-05-05")
	moved := capture.Record{URL: "http://town.test/", At: at, Status: 301, Header: http.Header{"Location": {"https://town.test/"}}}
	page := capture.Record{URL: "https://town.test/", At: at.Add(3 * time.Second), Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("page")}
	loop := capture.Record{URL: "http://loop.test/", At: at, Status: 301, Header: http.Header{"Location": {"http://loop.test/"}}}
	w, err := capturetest.NewWayback([]capture.Record{moved, page, loop}, capturetest.WaybackQuirks{PlainHeaders: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	m, err := capturetest.NewMemento([]capture.Record{moved, page, loop}, capturetest.MementoStyle{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = m.Close() }()
	for _, spec := range []string{"wayback+" + w.Base(), "memento+" + m.Base()} {
		a := open(t, spec, quick())
		for url, want := range map[string]string{
			"http://town.test/": "301 https://town.test/", "https://town.test/": "200 page", "http://loop.test/": "not archived",
		} {
			if got := body(t, a, url, at); got != want {
				t.Errorf("%s: %s is %s, want %s", spec, url, got, want)
			}
		}
	}
}
