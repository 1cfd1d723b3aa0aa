package archive_test

import (
	"testing"

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
