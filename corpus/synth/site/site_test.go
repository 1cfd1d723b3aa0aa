package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func refused(t *testing.T, dir string, l Limits, kind error, names ...string) {
	t.Helper()
	_, err := Load(dir, l)
	if !errors.Is(err, kind) {
		t.Fatalf("error %v, not %v", err, kind)
	}
	for _, n := range names {
		if !strings.Contains(err.Error(), n) {
			t.Errorf("%q does not name %s", err, n)
		}
	}
}

func TestALinkThatLeadsOutIsRefusedByName(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": "<p>a"})
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "a", "secret.css")); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Limits{}, ErrLeadsOut, "site a", "secret.css")
}

func TestALinkToAFolderIsNotFollowed(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": "<p>a", "a/b/c.css": ""})
	if err := os.Symlink("b", filepath.Join(dir, "a", "loop")); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Limits{}, ErrLeadsOut, "loop")
}

func TestASiteThatIsALinkIsRefusedByName(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": "<p>a"})
	if err := os.Symlink("/usr/share", filepath.Join(dir, "share")); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Limits{}, ErrLeadsOut, "share")
}

func TestAHugeFileIsRefusedByName(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": "<p>a", "a/film.bin": ""})
	if err := os.Truncate(filepath.Join(dir, "a", "film.bin"), DefaultFile+1); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, Limits{}, ErrTooLarge, "film.bin")
}

func TestTooManyFilesAreRefused(t *testing.T) {
	files := map[string]string{"a/index.html": "<p>a"}
	for i := range 12 {
		files[fmt.Sprintf("a/%d.css", i)] = ""
	}
	refused(t, folder(t, files), Limits{Files: 12}, ErrTooMany, "site a")
}

func TestASiteWithoutIndexIsRefusedByName(t *testing.T) {
	refused(t, folder(t, map[string]string{"a/home.html": "<p>a"}), Limits{}, ErrNoIndex, "site a")
}

func TestAFolderWithoutSitesIsRefused(t *testing.T) {
	refused(t, t.TempDir(), Limits{}, ErrNoSites)
}

func TestReadingDoesNotLeaveTheSite(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": "<p>a", "secret": "s"})
	s, err := Open(filepath.Join(dir, "a"), "a", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../secret", "/etc/hostname", "x/../../secret"} {
		if body, _, err := s.Read(name); err == nil {
			t.Errorf("%s gave %q", name, body)
		}
	}
}

func TestWhatLoadsFromElsewhereIsTakenOutAndTheRestStays(t *testing.T) {
	doc := `<!doctype html><base href="http://x/"><meta http-equiv="Refresh" content="0;url=/y"><link href="//cdn.example/a.css" rel="stylesheet"><link href="a.css" rel=stylesheet>` +
		`<script src="https://cdn.example/x.js"></script><img src="pic.png" alt="A &amp; B"><img src="http://x/y.png"><a href="https://x/">link</a><style>@import url(https://x/f.css);b{background:url('http://x/z.png')}</style><p style="background:url(//x/z)">text</p>`
	got := string(Contain([]byte(doc), false))
	for _, gone := range []string{"cdn.example", "<base", "Refresh", "x/y.png", "f.css", "z.png", "//x/z"} {
		if strings.Contains(got, gone) {
			t.Errorf("%s is left in %s", gone, got)
		}
	}
	for _, stays := range []string{`<link href="a.css" rel=stylesheet>`, `<img src="pic.png" alt="A &amp; B">`, `<a href="https://x/">link</a>`, ">text</p>"} {
		if !strings.Contains(got, stays) {
			t.Errorf("%s is not in %s", stays, got)
		}
	}
}

func TestWhatIsLoadedIsAskedForWithoutAQuery(t *testing.T) {
	doc := `<link href="css/a.css?v=3" rel="stylesheet"><svg><use href="s.svg?2#bird"></use></svg><img src="data:image/svg+xml,?a"><a href="p.html?x=1">link</a>` +
		`<style>@font-face{src:url('f.woff?v=4') format("woff"),url(f.eot?#iefix)}</style>`
	got := string(Contain([]byte(doc), false))
	for _, want := range []string{`href="css/a.css"`, `href="s.svg#bird"`, "data:image/svg+xml,?a", `href="p.html?x=1"`, "url('f.woff')", "url(f.eot#iefix)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
}

func TestNeedsFindsWhatPagesAndStyleSheetsLoad(t *testing.T) {
	dir := folder(t, map[string]string{"a/index.html": `<link rel=stylesheet href="css/a.css?v=3"><img src="/i.png" srcset="i2.png 2x, none.png 3x"><script src="s.js"></script>`,
		"a/css/a.css": `@import "b.css";p{background:url(../bg.png)}q{background:url(gone.png)}`, "a/css/b.css": "", "a/bg.png": "x", "a/i.png": "x", "a/i2.png": "x", "a/s.js": "1", "a/other.css": ""})
	s, err := Open(filepath.Join(dir, "a"), "a", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	doc, _, err := s.Read("index.html")
	if err != nil {
		t.Fatal(err)
	}
	has, lacks := s.Needs("index.html", doc)
	if got := strings.Join(has, " "); got != "bg.png css/a.css css/b.css i.png i2.png s.js" {
		t.Errorf("it has %s", got)
	}
	if got := strings.Join(lacks, " "); got != "css/gone.png none.png" {
		t.Errorf("it lacks %s", got)
	}
}

func FuzzContainLeavesNothingThatLoadsFromElsewhere(f *testing.F) {
	f.Add([]byte(`<img src="http://x/"><script src=//y>`))
	f.Add([]byte(`<style>@import url(http://x);</style><body background=" ftp://x" onload=a()>`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		selfContained(t, Contain(doc, true), true)
	})
}
