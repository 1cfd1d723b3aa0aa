package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

// realClaim is a row of claims.csv: a picture from a public mirror of
// defacements, and the page as it was served.
type realClaim struct {
	image, url string
	day        time.Time
	served     string // directory of the page
}

func readClaims(t *testing.T, data string) []realClaim {
	t.Helper()
	f, err := os.Open(filepath.Join(data, "claims.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("read claims: %d rows, %v", len(rows), err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var all []realClaim
	for _, row := range rows[1:] {
		day, err := time.Parse(time.DateOnly, row[column["claimed_at"]])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, realClaim{
			image: filepath.Join(data, row[column["image"]]), url: row[column["url"]], day: day,
			served: filepath.Dir(filepath.Join(data, row[column["served"]])),
		})
	}
	return all
}

// partsOf reads a saved page: index.html stands at pageURL, everything else
// beside it.
func partsOf(t *testing.T, pageURL, dir string) map[string][]byte {
	t.Helper()
	base, err := url.Parse(pageURL)
	if err != nil {
		t.Fatal(err)
	}
	if base.Path == "" {
		base.Path = "/"
	}
	parts := map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		at := base.String()
		if name != "index.html" {
			at = base.ResolveReference(&url.URL{Path: filepath.ToSlash(name)}).String()
		}
		parts[at], err = os.ReadFile(path)
		return err
	})
	if err != nil || len(parts) == 0 {
		t.Fatalf("read %s: %d files, %v", dir, len(parts), err)
	}
	return parts
}

// foreignSheet finds style sheets on other hosts, which the saved pages lack.
var foreignSheet = regexp.MustCompile(`(?i)<link[^>]+href=["']((?:https?:)?//[^"']+)["']`)

// withSheets adds an empty style sheet for each on another host. An archive
// would have them; a page without its style sheets cannot be judged, and the
// claims would be about nothing.
func withSheets(page string, parts map[string][]byte) map[string][]byte {
	for _, body := range parts {
		for _, m := range foreignSheet.FindAllSubmatch(body, -1) {
			at := strings.ReplaceAll(string(m[1]), "&amp;", "&")
			if strings.HasPrefix(at, "//") {
				scheme, _, _ := strings.Cut(page, "//")
				at = scheme + at
			}
			if _, have := parts[at]; !have {
				parts[at] = []byte("/* not kept */")
			}
		}
	}
	return parts
}

// setting is a world in which a claim is judged.
type setting struct {
	name    string
	live    func(c realClaim, ordinary string) string // directory of what the site shows now; nil is not asked
	archive func(c realClaim, ordinary string) map[time.Time]string
	must    func(verify.Word) bool
	rule    string
}

func worlds() []setting {
	around := func(c realClaim, ordinary string) map[time.Time]string {
		return map[time.Time]string{c.day.AddDate(0, 0, -20): ordinary, c.day.AddDate(0, 0, 20): ordinary}
	}
	notFalse := func(w verify.Word) bool { return w != verify.Contradicted && w != verify.LeansFalse }
	return []setting{
		{name: "live", live: func(c realClaim, _ string) string { return c.served },
			must: notFalse, rule: "the page shows it: never false"},
		{name: "archived", archive: func(c realClaim, ordinary string) map[time.Time]string {
			m := around(c, ordinary)
			m[c.day.Add(15*time.Hour)] = c.served
			return m
		}, must: notFalse, rule: "an archive saw it: never false"},
		{name: "restored", live: func(_ realClaim, ordinary string) string { return ordinary }, archive: around,
			must: func(w verify.Word) bool { return w != verify.Supported },
			rule: "nobody saw it: never supported"},
	}
}

var allWorlds = flag.Bool("real-worlds", false, "judge every real claim in every world, not some of them in one each")

// someClaims are judged without the flag, two in each world: a claim takes half a minute.
const someClaims = 6

// TestRealClaims judges claims that were really made, some of them in one of three worlds,
// or with -real-worlds all of them in each: the page is still live, an archive saw it, it
// was restored before anybody looked. What it demands is only what must hold; -v prints
// what each gave.
func TestRealClaims(t *testing.T) {
	t.Parallel()
	data := filepath.Dir(realdata.Dir(t, "claims.csv"))
	sites := ordinarySites(t, data)
	for i, c := range readClaims(t, data) {
		for k, s := range worlds() {
			if !*allWorlds && (k != i%3 || i >= someClaims) {
				continue
			}
			name := strings.ReplaceAll(strings.SplitN(c.url, "://", 2)[1], "/", "_") + "/" + s.name
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				v := judgeReal(t, c, s, sites[i%len(sites)])
				t.Logf("%-40s %-13s %+.2f %s %s | %s", c.url+" "+s.name, v.Word, v.Log10LR, v.Answer, v.Leaning, v.Sentence)
				if !s.must(v.Word) {
					t.Errorf("%s: got %s", s.rule, v.Word)
				}
			})
		}
	}
}

// ordinarySites are real sites that stand in for what the hosts showed
// otherwise. One is left out: most of its pictures were not saved, and a
// capture without them is rightly not judged.
func ordinarySites(t *testing.T, data string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(data, "sites", "*", "*", "index.html"))
	if err != nil || len(all) == 0 {
		t.Fatalf("find sites: %v, %v", all, err)
	}
	var sites []string
	for _, f := range all {
		if !strings.Contains(f, "sitcon") {
			sites = append(sites, filepath.Dir(f))
		}
	}
	return sites
}

func judgeReal(t *testing.T, c realClaim, s setting, ordinary string) verify.Verdict {
	t.Helper()
	args := []string{"verify", c.image, "--url", c.url, "--claimed-at", c.day.Format(time.DateOnly),
		"--posted-at", c.day.Format(time.DateOnly), "--json"}
	if s.live == nil {
		args = append(args, "--no-live")
	} else {
		args = append(args, serveReal(t, c.url, partsOf(t, c.url, s.live(c, ordinary)))...)
	}
	captures := map[time.Time]string{}
	if s.archive != nil {
		captures = s.archive(c, ordinary)
	}
	args = append(args, "--archive", archiveReal(t, c.url, captures))
	code, stdout, stderr := defacecheck(t, args...)
	r, err := report.ReadJSON(strings.NewReader(stdout))
	if err != nil {
		t.Fatalf("exit code %d: %v\n%s", code, err, stderr)
	}
	if code != verdictCode(r.Verdict.Word) {
		t.Errorf("exit code %d for %s", code, r.Verdict.Word)
	}
	for _, seen := range r.Captures {
		m := verify.Match{}
		if seen.Match != nil {
			m = *seen.Match
		}
		t.Logf("  %s %s: %s %s, %s, located %v, tiles %d same %d other %d flat, %d of %d parts missing",
			seen.Kind, seen.SeenAt.Format(time.DateOnly), seen.Validity, seen.Reason, seen.State,
			m.Located, m.TilesSame, m.TilesDiff, m.TilesFlat, seen.Missing, seen.Requests)
		if w := seen.Words; w != nil {
			t.Logf("    words: %.1f read, %.2f found, %.2f of the page's, %.2f placed, %d strange, whole %v", w.Read, w.Found, w.PageFound, w.Placed, w.Strange, w.Whole)
		}
	}
	return r.Verdict
}

// serveReal serves a page under its own name and returns the flags that lead
// there and nowhere else.
func serveReal(t *testing.T, page string, parts map[string][]byte) []string {
	t.Helper()
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	cfg := capturetest.SiteConfig{Host: u.Host, TLS: u.Scheme == "https", Pages: map[string]capturetest.Page{}}
	for at, body := range parts {
		p, err := url.Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Pages[p.Path] = capturetest.Page{Type: contentType(at), Body: body}
	}
	site, err := capturetest.NewSite(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = site.Close() })
	port := "80"
	if cfg.TLS {
		port = "443"
	}
	flags := []string{"--resolve", u.Host + ":" + port + ":127.0.0.1", "--proxy", newNarrowProxy(t, site.Addr())}
	if ca := site.CA(); ca != nil {
		file := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(file, ca, 0o644); err != nil {
			t.Fatal(err)
		}
		flags = append(flags, "--trust-ca", file)
	}
	return flags
}

// archiveReal writes a WARC of the captures; without any, of another page.
func archiveReal(t *testing.T, page string, captures map[time.Time]string) string {
	t.Helper()
	var pages []*capture.Capture
	for at, dir := range captures {
		pages = append(pages, archivedPage(page, at, withSheets(page, partsOf(t, page, dir))))
	}
	if len(pages) == 0 {
		pages = append(pages, archivedPage("http://elsewhere.test/", time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
			map[string][]byte{"http://elsewhere.test/": []byte("<title>elsewhere</title>")}))
	}
	var b bytes.Buffer
	if err := archive.WriteWARC(&b, pages, archive.Info{Software: "test"}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "captures.warc.gz")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}
