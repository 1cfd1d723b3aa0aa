package verify_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/capture/witness"
	"github.com/defacecheck/defacecheck/verify"
)

// stage is a site that changes, an archive of what it was, and a claimant who
// was there with a browser of his own settings and clock.
type stage struct {
	t        *testing.T
	site     *capturetest.Site
	archived []*capture.Capture
	judge    *witness.Stand
	versions int // as in verify.Options
}

func newStage(t *testing.T) *stage {
	t.Helper()
	if testing.Short() {
		t.Skip("renders pages for ten seconds and more")
	}
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "town.example"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	return &stage{t: t, site: site}
}

func (s *stage) url() string { return s.site.URL("/") }

// keep puts a version of the page into the archive.
func (s *stage) keep(when, page string) {
	at := moment(s.t, when)
	s.archived = append(s.archived, &capture.Capture{URL: s.url(), FinalURL: s.url(), SeenAt: at, TakenAt: at, Status: 200,
		Requests: []capture.Exchange{{URL: s.url(), Method: "GET", Type: "Document", Status: 200, MIME: "text/html", Started: at,
			Header: map[string]string{"Content-Type": "text/html; charset=utf-8"}, Body: []byte(page)}}})
}

func moment(t *testing.T, when string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", when)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// serve makes the site show the pages, one after the other, at every visit.
func (s *stage) serve(pages ...string) {
	var n atomic.Int64
	s.site.SetPages(map[string]capturetest.Page{"/": {Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(pages[int(n.Add(1)-1)%len(pages)]))
	})}})
}

// picture is what a visitor's browser shows of a page, in another window than
// the judge's and at another time.
func (s *stage) picture(when, page string) *image.NRGBA {
	s.t.Helper()
	return s.pictureIn(when, page, capture.Viewport{Width: 1280, Height: 700, Scale: 1}, 0)
}

// pictureIn is the same in a window that is scrolled down by so many CSS pixels.
func (s *stage) pictureIn(when, page string, v capture.Viewport, scroll int) *image.NRGBA {
	s.t.Helper()
	s.serve(page)
	at := moment(s.t, when)
	w := s.open(func() time.Time { return at }, "")
	defer w.Close()
	c, err := w.Live(s.t.Context(), capture.Request{URL: s.url(), Viewport: v, ScrollY: scroll})
	if err != nil || c.Validity != capture.OK {
		s.t.Fatalf("%+v %v", c, err)
	}
	img, err := png.Decode(bytes.NewReader(c.First))
	if err != nil {
		s.t.Fatal(err)
	}
	out := image.NewNRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func (s *stage) open(clock func() time.Time, warc string) *witness.Stand {
	s.t.Helper()
	override, err := egress.ParseOverride(s.site.Resolve())
	if err != nil {
		s.t.Fatal(err)
	}
	cfg := witness.Config{Egress: egress.Config{Resolve: []egress.Override{override}}, Browser: browser.Config{Clock: clock}}
	if warc != "" {
		a, err := archive.Open(s.t.Context(), warc, archive.Options{})
		if err != nil {
			s.t.Fatal(err)
		}
		cfg.Archives = []archive.Archive{a}
	}
	w, err := witness.Open(cfg)
	if err != nil {
		s.t.Fatal(err)
	}
	return w
}

// now is when the claims are judged.
const now = "2026-06-01 09:00"

// claim judges a picture that is said to show the page at a time; the site
// shows the live pages in turn.
func (s *stage) claim(img image.Image, claimed string, live ...string) *verify.Judgement {
	s.t.Helper()
	s.serve(live...)
	if s.judge == nil {
		warc := ""
		if len(s.archived) > 0 {
			var b bytes.Buffer
			if err := archive.WriteWARC(&b, s.archived, archive.Info{}); err != nil {
				s.t.Fatal(err)
			}
			warc = filepath.Join(s.t.TempDir(), "town.warc.gz")
			if err := os.WriteFile(warc, b.Bytes(), 0o600); err != nil {
				s.t.Fatal(err)
			}
		}
		at := moment(s.t, now)
		s.judge = s.open(func() time.Time { return at }, warc)
		s.t.Cleanup(func() { s.judge.Close() })
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		s.t.Fatal(err)
	}
	c := verify.Claim{Picture: b.Bytes(), Name: "p.png", URL: s.url(), ReadAt: moment(s.t, now)}
	if claimed != "" {
		at := moment(s.t, claimed)
		c.ClaimedAt = verify.Span{From: at, To: at}
	}
	j, err := verify.Judge(s.t.Context(), c, s.judge, verify.Options{Live: true, Versions: s.versions})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Log(j.Timings, j.Result.Effort, "\n"+report(j.Result))
	return j
}

// painted pastes a vandal's message over a part of a picture.
func painted(t *testing.T, img *image.NRGBA, over image.Rectangle) *image.NRGBA {
	t.Helper()
	out := image.NewNRGBA(img.Rect)
	copy(out.Pix, img.Pix)
	draw.Draw(out, over, image.NewUniform(color.Black), image.Point{}, draw.Src)
	f, err := opentype.Parse(gobold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 30, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: out, Src: image.NewUniform(color.NRGBA{80, 255, 80, 255}), Face: face}
	for y, words := over.Min.Y+40, []string{"HACKED BY THE PAPER KITES", "we were here", "greetings to the mill"}; y < over.Max.Y && len(words) > 0; y, words = y+44, words[1:] {
		d.Dot = fixed.P(over.Min.X+20, y)
		d.DrawString(words[0])
	}
	return out
}

// finding is the evidence of one test.
func findingOf(t *testing.T, r *verify.Result, id string) verify.Evidence {
	t.Helper()
	for _, e := range r.Evidence {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("no evidence %s", id)
	return verify.Evidence{}
}

// report shows what a judgement came to, for the log of a test.
func report(r *verify.Result) string {
	var b strings.Builder
	b.WriteString(string(r.Verdict.Word) + ", " + string(r.Verdict.Answer) + ": " + r.Verdict.Sentence + "\n")
	for _, c := range r.Captures {
		b.WriteString("  " + c.ID + ": " + string(c.Validity) + " " + string(c.State) + " (" + c.StateReason + ")\n")
	}
	for _, e := range r.Evidence {
		b.WriteString("  " + e.ID + " " + e.Finding + ": " + e.Sentence + "\n")
	}
	for _, f := range r.Fits {
		b.WriteString("  fits: " + f.Capture + " " + string(f.Fitting) + "\n")
	}
	return b.String()
}
