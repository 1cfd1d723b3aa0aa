package casebook

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

func TestThatAFileIsNotThereIsAnAnswerThatCrawlersKeep(t *testing.T) {
	dir := t.TempDir()
	if err := writeSites(dir); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "canal-walk", "index.html")
	doc, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(index, append(doc, []byte(`<img src="lost.png">`)...), 0o600); err != nil {
		t.Fatal(err)
	}
	canal, err := site.Open(filepath.Join(dir, "canal-walk"), "canal-walk", site.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	p := &plan{page: place{site: canal, page: "index.html", host: canal.Host(), path: "/"}, now: epoch().Add(year)}
	for _, v := range []time.Duration{200 * day, 100 * day} {
		p.capture(p.now.Add(-v))
	}
	warc, err := p.warc(1)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "archive.warc.gz")
	if err := os.WriteFile(name, warc, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(t.Context(), name, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for file, want := range map[string]int{"lost.png": http.StatusNotFound, "img/a.png": http.StatusOK} {
		r, err := a.Fetch(t.Context(), p.page.URL()+file, p.now)
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != want {
			t.Errorf("the archive has status %d for %s", r.Status, file)
		}
	}
}
