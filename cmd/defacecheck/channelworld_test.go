package main

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// channelWorld is a channel's claims about sites on loopback, with an archive that saw
// each of them before, while and after it was defaced.
type channelWorld struct {
	corpus   string   // file
	witness  []string // flags that lead to the sites and the archive
	pictures []string // files of the claims' pictures
	urls     []string
	at       time.Time // when the claims are judged
}

// claimedDay is the day for which all claims are made.
var claimedDay = time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)

// newChannelWorld makes claims about pages, in turn, each with a picture of its own. Of five
// about one page, as a channel and those who forward it have them, one is a screenshot of
// the defacement, two are recompressed copies of it, one is of another window, and
// one shows the ordinary page.
func newChannelWorld(tb testing.TB, pages, claims int) *channelWorld {
	tb.Helper()
	if _, err := browser.Find(); err != nil {
		tb.Skip("no browser:", err)
	}
	dir := tb.TempDir()
	w := &channelWorld{corpus: filepath.Join(dir, "corpus"), at: claimedDay.AddDate(0, 1, 0)}
	sites, address := serveSites(tb, pages)
	file := filepath.Join(dir, "sites.warc.gz")
	writeSites(tb, file, sites, address)
	w.witness = []string{"--archive", file}
	var ways egress.Config
	for _, s := range sites {
		flag := fmt.Sprintf("%s:%d:%s", s.host, address.Port, address.IP)
		o, err := egress.ParseOverride(flag)
		if err != nil {
			tb.Fatal(err)
		}
		ways.Resolve = append(ways.Resolve, o)
		w.witness = append(w.witness, "--resolve", flag)
	}
	w.photograph(tb, dir, sites, address, ways, claims)
	return w
}

// drawnSite is a site of one page, as it is and as it was for a day.
type drawnSite struct{ host, ordinary, defaced string }

func (s drawnSite) url(a *net.TCPAddr, path string) string {
	return fmt.Sprintf("http://%s:%d%s", s.host, a.Port, path)
}

func serveSites(tb testing.TB, n int) ([]drawnSite, *net.TCPAddr) {
	tb.Helper()
	sites, byHost := make([]drawnSite, n), map[string]drawnSite{}
	for i := range sites {
		rng := rand.New(rand.NewPCG(uint64(i), 7))
		s := drawnSite{host: fmt.Sprintf("site%03d.example", i), ordinary: drawnPage(rng)}
		s.defaced = fmt.Sprintf(`<!doctype html><meta charset="utf-8"><title>%s</title><body style="background:#000;color:#%06x;font:30px monospace;text-align:center">`+
			`<h1>%s</h1><p>%s</p><p>%s</p></body>`, drawnWords(rng, 2), 0x808080+rng.IntN(0x7f7f7f), drawnWords(rng, 4), drawnWords(rng, 20), drawnWords(rng, 30))
		sites[i], byHost[s.host] = s, s
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	srv := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		page := byHost[host].ordinary
		if r.URL.Path == "/defaced" {
			page = byHost[host].defaced
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = rw.Write([]byte(page))
	})}
	go func() { _ = srv.Serve(l) }()
	tb.Cleanup(func() { _ = srv.Close() })
	return sites, l.Addr().(*net.TCPAddr)
}

func writeSites(tb testing.TB, file string, sites []drawnSite, a *net.TCPAddr) {
	tb.Helper()
	var seen []*capture.Capture
	for _, s := range sites {
		for at, page := range map[time.Time]string{claimedDay.AddDate(0, 0, -20): s.ordinary, claimedDay.Add(14 * time.Hour): s.defaced, claimedDay.AddDate(0, 0, 9): s.ordinary} {
			url := s.url(a, "/")
			seen = append(seen, &capture.Capture{URL: url, FinalURL: url, SeenAt: at, TakenAt: at, Status: 200, Requests: []capture.Exchange{{
				URL: url, Method: "GET", Type: "Document", Status: 200, MIME: "text/html", Started: at,
				Header: map[string]string{"Content-Type": "text/html; charset=utf-8"}, Body: []byte(page)}}})
		}
	}
	var b bytes.Buffer
	if err := archive.WriteWARC(&b, seen, archive.Info{}); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// photograph takes the pictures and puts the claims into the corpus.
func (w *channelWorld) photograph(tb testing.TB, dir string, sites []drawnSite, a *net.TCPAddr, ways egress.Config, claims int) {
	tb.Helper()
	gateway, err := egress.New(ways)
	if err != nil {
		tb.Fatal(err)
	}
	camera, err := browser.Start(context.Background(), browser.Config{Gateway: gateway})
	if err != nil {
		tb.Fatal(err)
	}
	defer camera.Close()
	s, err := store.Open(context.Background(), w.corpus)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	}()
	for i := range claims {
		site, n := sites[i%len(sites)], i/len(sites)
		path, view := "/defaced", capture.Viewport{Width: 1366, Height: 768, Scale: 1}
		switch n % 5 {
		case 3:
			view = capture.Viewport{Width: 1536, Height: 864, Scale: 1}
		case 4:
			path = "/"
		}
		got, err := camera.Capture(context.Background(), capture.Request{URL: site.url(a, path), Viewport: view})
		if err != nil || got.Validity != capture.OK {
			tb.Fatalf("take picture %d: %v %v", i, got, err)
		}
		data := got.First
		if n%5 == 1 || n%5 == 2 || n >= 5 {
			data = recompressed(tb, data, max(95-n, 40))
		}
		w.add(tb, s, filepath.Join(dir, fmt.Sprintf("claim%04d", i)), site.url(a, "/"), data)
	}
}

func recompressed(tb testing.TB, data []byte, quality int) []byte {
	tb.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func (w *channelWorld) add(tb testing.TB, s *store.Store, file, url string, data []byte) {
	tb.Helper()
	if err := os.WriteFile(file, data, 0o644); err != nil {
		tb.Fatal(err)
	}
	pic, err := picture.Read(context.Background(), data)
	if err != nil {
		tb.Fatal(err)
	}
	w.pictures, w.urls = append(w.pictures, file), append(w.urls, url)
	_, err = s.Add(context.Background(), store.Item{File: data, ReadAt: w.at,
		Posting: corpus.Posting{URL: url, ClaimedAt: verify.Span{From: claimedDay, To: claimedDay.AddDate(0, 0, 1).Add(-time.Second)},
			Channel: "world", Message: filepath.Base(file), Name: filepath.Base(file)},
		Picture: corpus.Picture{SHA256: pic.SHA256, Bytes: pic.Bytes, Format: string(pic.Format), Width: pic.Width, Height: pic.Height, Print: imprint.Of(pic.Image)}})
	if err != nil {
		tb.Fatal(err)
	}
}
