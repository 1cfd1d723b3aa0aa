package keypoint

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// blocks is a plane of random rectangles: corners whose places are known.
func blocks(w, h int, seed uint64) *image.Gray {
	rng := rand.New(rand.NewPCG(seed, 1))
	g := image.NewGray(image.Rect(0, 0, w, h))
	for range w * h / 900 {
		x, y, c := rng.IntN(w), rng.IntN(h), color.Gray{uint8(rng.IntN(256))}
		for j := y; j < min(h, y+8+rng.IntN(24)); j++ {
			for i := x; i < min(w, x+8+rng.IntN(24)); i++ {
				g.SetGray(i, j, c)
			}
		}
	}
	return g
}

func TestTheArcIsNineNeighboursOfSixteen(t *testing.T) {
	t.Parallel()
	for ring := range uint32(1 << 16) {
		longest, run := 0, 0
		for i := range 32 {
			run++
			if ring>>(i%16)&1 == 0 {
				run = 0
			}
			longest = max(longest, run)
		}
		if got := arc(ring); got != (longest >= 9) {
			t.Fatalf("ring %016b: arc is %v, longest run %d", ring, got, longest)
		}
	}
}

func TestTheQuickTestMissesNoCorner(t *testing.T) {
	t.Parallel()
	g := blocks(300, 200, 3)
	d := detector{plane: g}
	for i, p := range circle {
		d.around[i] = p.Y*g.Stride + p.X
	}
	for i := range d.scores {
		d.scores[i] = make([]int32, g.Rect.Dx())
	}
	for y := margin; y < 200-margin; y++ {
		d.scan(y)
		found := map[int]bool{}
		for _, c := range d.rows[y%3] {
			found[c.x] = true
		}
		for x := margin; x < 300-margin; x++ {
			if _, _, ok := d.test(y*g.Stride+x, int(g.Pix[y*g.Stride+x])); ok != found[x] {
				t.Fatalf("(%d, %d): full test %v, scan %v", x, y, ok, found[x])
			}
		}
	}
}

func TestPointsMoveWithThePicture(t *testing.T) {
	t.Parallel()
	g := blocks(400, 300, 7)
	moved := image.NewGray(image.Rect(0, 0, 400, 300))
	for y := range 288 {
		copy(moved.Pix[(y+12)*400+8:(y+13)*400], g.Pix[y*400:])
	}
	plan := Plan{Levels: 1, PerOctave: 4, Budget: 10000}
	at := map[[2]float64]Descriptor{}
	for _, p := range Find(moved, plan) {
		at[[2]float64{p.X, p.Y}] = p.Descriptor
	}
	seen, equal := 0, 0
	for _, p := range Find(g, plan) {
		if p.X > 400-30 || p.Y > 300-34 {
			continue
		}
		seen++
		if d, ok := at[[2]float64{p.X + 8, p.Y + 12}]; ok && d.Distance(&p.Descriptor) == 0 {
			equal++
		}
	}
	// At the margin a neighbour that was not looked at may have taken the place.
	if seen < 100 || equal < seen*98/100 {
		t.Errorf("%d of %d points were found again with the same descriptor", equal, seen)
	}
}

func TestTheBudgetIsKeptAndSpread(t *testing.T) {
	t.Parallel()
	g := blocks(600, 600, 5)
	points := Find(g, Plan{Levels: 4, PerOctave: 2, Budget: 400})
	if len(points) > 400 || len(points) < 300 {
		t.Errorf("%d points for a budget of 400", len(points))
	}
	var quarter [4]int
	for _, p := range points {
		quarter[int(p.X/300)+2*int(p.Y/300)]++
	}
	for _, n := range quarter {
		if n < 50 {
			t.Errorf("points by quarter: %v", quarter)
		}
	}
}

func TestLevelsHalveEveryOctave(t *testing.T) {
	t.Parallel()
	p := pyramid{base: blocks(640, 480, 1), perOctave: 4}
	for i := range 9 {
		g, size := p.level()
		if want := 640 / math.Exp2(float64(i)/4); math.Abs(float64(g.Rect.Dx())-want) > 2 || math.Abs(size*want-640) > 1e-6 {
			t.Errorf("level %d is %d wide at size %.3f, want about %.0f", i, g.Rect.Dx(), size, want)
		}
	}
}

func TestTinyPicturesHaveNoPoints(t *testing.T) {
	t.Parallel()
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, 1, 1), image.Rect(0, 0, 36, 900), image.Rect(0, 0, 900, 1), image.Rect(0, 0, 37, 37)} {
		Find(image.NewGray(r), Plan{Levels: 8, PerOctave: 4, Budget: 100})
	}
}
