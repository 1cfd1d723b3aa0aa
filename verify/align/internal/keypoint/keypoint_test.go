package keypoint

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
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

// cornerAt is FAST-9 as its paper has it, a pixel at a time.
func cornerAt(g *image.Gray, x, y int) (c corner, ok bool) {
	c = corner{x: x, y: y}
	longest, run, last := 0, 0, 0
	for i := range 32 {
		p := circle[i%16]
		diff := int(g.GrayAt(x+p.X, y+p.Y).Y) - int(g.GrayAt(x, y).Y)
		sign := 0
		if diff > contrast {
			sign = 1
		} else if diff < -contrast {
			sign = -1
		}
		if i < 16 {
			c.score += max(diff-contrast, -diff-contrast, 0)
		}
		if sign == 0 || sign != last {
			run = 0
		}
		if last = sign; sign != 0 {
			run++
		}
		if run > longest {
			longest, c.bright = run, sign > 0
		}
	}
	return c, longest >= 9
}

func TestEightAtATimeTheCornersAreThoseOfTheDefinition(t *testing.T) {
	t.Parallel()
	noise := func(w, h, levels int) *image.Gray {
		rng := rand.New(rand.NewPCG(11, uint64(levels)))
		g := image.NewGray(image.Rect(0, 0, w, h))
		for i := range g.Pix {
			g.Pix[i] = uint8(rng.IntN(levels) * 255 / (levels - 1))
		}
		return g
	}
	// Of two levels next to no noise is a corner unless most of it is of one.
	sparse := noise(203, 90, 2)
	rng := rand.New(rand.NewPCG(12, 0))
	for i := range sparse.Pix {
		if rng.IntN(5) > 0 {
			sparse.Pix[i] = 255
		}
	}
	seen := 0
	for _, g := range []*image.Gray{blocks(300, 200, 3), blocks(301, 120, 4), noise(205, 90, 256), noise(204, 90, 3), sparse} {
		w, h := g.Rect.Dx(), g.Rect.Dy()
		d := newDetector(g)
		for y := margin; y < h-margin; y++ {
			d.scan(y)
			var want []corner
			for x := margin; x < w-margin; x++ {
				if c, ok := cornerAt(g, x, y); ok {
					want = append(want, c)
				}
			}
			if !slices.Equal(d.rows[y%3], want) {
				t.Fatalf("row %d of %d x %d: corners %v, want %v", y, w, h, d.rows[y%3], want)
			}
			seen += len(want)
		}
	}
	if seen < 3000 {
		t.Errorf("only %d corners to compare", seen)
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
