package align

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestSumsGiveTheMomentsOfEveryTileToTheBit(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	g := image.NewGray(image.Rect(0, 0, 5000, 1000)) // the sums of squares wrap around
	for i := range g.Pix {
		g.Pix[i] = uint8(200 + rng.IntN(56))
	}
	s := newSums(g)
	for range 500 {
		w, h := 1+rng.IntN(2*TileSize), 1+rng.IntN(2*TileSize)
		r := image.Rect(0, 0, w, h).Add(image.Pt(rng.IntN(5000-w+1), rng.IntN(1000-h+1)))
		if got, want := s.measure(r), measure(g, r); got != want {
			t.Fatalf("%v: %v, want %v", r, got, want)
		}
	}
}

func TestDifferingIsWhatCompareCallsMismatches(t *testing.T) {
	t.Parallel()
	a := artist(t)
	one := window(aligntest.NewSite(2).Page(a, 1, windowWidth, 1600))
	two := window(aligntest.NewSite(2).Page(a, 1, windowWidth, 1600))
	aligntest.Deface(a, two, image.Rect(300, 200, 800, 500), 3)
	aligntest.Fill(two, image.Rect(0, windowHeight-40, windowWidth, windowHeight), image.Black)
	var want []image.Rectangle
	for _, tile := range Compare(one, two, At(1, 0, 0), CompareOptions{}).Tiles {
		if tile.State == TileMismatch {
			want = append(want, tile.Rect)
		}
	}
	if got := Differing(one, two); !slices.Equal(got, want) || len(got) < 100 {
		t.Errorf("%d tiles differ, %d mismatches", len(got), len(want))
	}
	if got := Differing(one, image.NewRGBA(image.Rectangle{})); got != nil {
		t.Errorf("beside nothing: %v", got)
	}
}
