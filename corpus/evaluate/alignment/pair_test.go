package alignment

import (
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

func listed(t *testing.T) []subject {
	t.Helper()
	all, err := readSites()
	if err != nil {
		t.Fatal(err)
	}
	var pages []subject
	for _, s := range all {
		for _, p := range s.pages {
			pages = append(pages, subject{s, p})
		}
	}
	return pages
}

func TestPairsAreOfDifferentPagesAndOfEveryKind(t *testing.T) {
	t.Parallel()
	r := &run{o: options{seed: 1}}
	n := map[relation]int{}
	for _, p := range r.pairs(listed(t), 900) {
		n[p.kind]++
		on := p.window.on
		switch p.kind {
		case stranger:
			if on.site.family() == p.page.site.family() || p.window.twin {
				t.Errorf("%s and %s are called two sites", p.window.id, p.page)
			}
		case sibling:
			if on.site != p.page.site || on.path == p.page.path || p.window.twin {
				t.Errorf("%s and %s are called two pages of one site", p.window.id, p.page)
			}
		case cousin:
			if !p.window.twin || on.site != p.page.site || !strings.Contains(p.window.pose.URL, "//"+twin) {
				t.Errorf("%s and %s are called two sites on one template", p.window.id, p.page)
			}
		}
	}
	if n[stranger] != 300 || n[sibling] != 300 || n[cousin] != 300 {
		t.Errorf("pairs %v", n)
	}
}

func TestTheSeedDecidesThePairs(t *testing.T) {
	t.Parallel()
	draw := func(seed uint64) (ids []string) {
		r := &run{o: options{seed: seed}}
		for _, p := range r.pairs(listed(t), 60) {
			ids = append(ids, p.window.id+p.page.String())
		}
		return ids
	}
	if !slices.Equal(draw(1), draw(1)) || slices.Equal(draw(1), draw(2)) {
		t.Error("the pairs are not decided by the seed")
	}
}

// lettered draws marks like words at places that the seed decides.
func lettered(seed uint64, w, h int) *image.NRGBA {
	img, rng := image.NewNRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(seed, 1))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for range w * h / 90 {
		x, y := rng.IntN(w), rng.IntN(h)
		for k := range 5 {
			img.SetNRGBA(min(x+k*(1-rng.IntN(2)), w-1), min(y+k, h-1), color.NRGBA{30, 30, 60, 255})
		}
	}
	return img
}

// windowOf is a glimpse of part of an image, and the sheet of another image.
func windowOf(pic, page *image.NRGBA) (*glimpse, *sheet) {
	g := &glimpse{draft: &draft{specimen: &specimen{at: func(x, y float64) (float64, float64) { return x, y }}}, content: pic.Rect}
	c := &capture.Capture{Viewport: capture.Viewport{Width: page.Rect.Dx(), Height: page.Rect.Dy(), Scale: 1}, PageHeight: page.Rect.Dy()}
	return g, &sheet{view: view{c, true, 0}, shot: page, texts: map[string][]box{}}
}

func TestARegistrationIsRightOnlyWhereWordsOrDrawingAreShared(t *testing.T) {
	t.Parallel()
	page, others := lettered(1, 600, 900), lettered(2, 600, 400)
	pic := part(page, image.Rect(0, 300, 600, 700))
	right, wrong := align.At(1, 0, -300), align.At(1, 0, -250)

	g, s := windowOf(pic, page)
	if got := s.shares(g, pic, right); got != sharedDrawing {
		t.Errorf("the page at its place shares %s", got)
	}
	if got := s.shares(g, pic, wrong); got != sharedNothing {
		t.Errorf("the page elsewhere shares %s", got)
	}
	g, s = windowOf(others, page)
	for i, text := range []string{"first heading", "second heading"} {
		y := float64(40 + 200*i)
		g.lines = append(g.lines, capture.TextBox{Box: capture.Box{X: 20, Y: y, W: 100, H: 20}, Text: text})
		s.texts[text] = []box{{20, y + 300, 100, 20}}
	}
	if got := s.shares(g, others, right); got != sharedWords {
		t.Errorf("two lines in their places share %s", got)
	}
	if got := s.shares(g, others, wrong); got != sharedNothing {
		t.Errorf("two lines 50 px off share %s", got)
	}
	g.mask = []image.Rectangle{image.Rect(0, 0, 600, 100)}
	if got := s.shares(g, others, right); got != sharedWords {
		t.Errorf("one line that the page has once shares %s", got)
	}
	s.texts["second heading"] = append(s.texts["second heading"], box{20, 700, 100, 20})
	if got := s.shares(g, others, right); got != sharedNothing {
		t.Errorf("one line that the page has twice shares %s", got)
	}
}

func TestNearlyTheSamePageAndABlankWindowAreNoPair(t *testing.T) {
	t.Parallel()
	g, s := windowOf(lettered(3, 600, 400), lettered(4, 600, 400))
	g.whole = align.Describe(align.Luma(lettered(3, 600, 400)), align.Options{})
	g.texts = []string{strings.Repeat("a", 60), strings.Repeat("b", 50)}
	if why := s.unfit(g, sibling); why != "" {
		t.Errorf("another page is left out: %s", why)
	}
	s.texts[g.texts[0]] = []box{{}}
	if s.unfit(g, stranger) == "" {
		t.Error("most of the text is on the page, and it is a pair")
	}
	g.texts = []string{"few words"}
	if s.unfit(g, cousin) == "" || s.unfit(g, stranger) != "" {
		t.Error("a picture with few words tells sites apart, and not the pages of one")
	}
	g.whole = align.Describe(image.NewGray(image.Rect(0, 0, 600, 400)), align.Options{})
	if s.unfit(g, stranger) == "" {
		t.Error("a blank window makes a pair")
	}
}

func TestASurveyHoldsWindowsAgainstOtherPagesAlone(t *testing.T) {
	r := small(t, "scrolled")
	s := r.sites[0]
	s.pages = []string{"almanac.html", "terminal.html"}
	r.pages = []subject{{s, s.pages[0]}, {s, s.pages[1]}}
	got, err := r.survey(t.Context(), "dev", r.pages, 3)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 { // there is no other site
		t.Fatalf("%d pairs", len(got))
	}
	for _, o := range got {
		if o.State == align.Same || o.falsely() {
			t.Errorf("%s on %s: %s, shares %s", o.Picture, o.Page, o.State, o.Shares)
		}
	}
	var n int
	for _, sum := range pairSums(got) {
		if sum.Kind != "= all" {
			n += sum.Drawn
		}
	}
	if n != len(got) {
		t.Errorf("%d pairs in the sums, %d judged", n, len(got))
	}
}
