package hearing

import (
	"errors"
	"fmt"
	"image"
	"math/bits"
	"sync"
	"time"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// The simple ways of comparing that rows keep for comparison: whole pictures against
// the page's first viewport, live and in the archive capture nearest to the claimed
// time, as somebody without this program would compare them.
const (
	hashLive      = "phash_live"     // bits of 64 in which the perceptual hashes differ
	hashArchive   = "phash_archive"  //
	pixelsLive    = "pixels_live"    // mean difference of pixels at one size, 0 to 1
	pixelsArchive = "pixels_archive" //
)

// plainly keeps the first shots that were taken, before a window was fitted.
type plainly struct {
	mu      sync.Mutex
	now     []byte
	then    []byte
	claimed time.Time
	off     time.Duration // of then from the claimed time
}

func (p *plainly) live(c *capture.Capture) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if speaks(c) && p.now == nil {
		p.now = c.First
	}
}

func (p *plainly) archived(c *capture.Capture, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if off := at.Sub(p.claimed).Abs(); speaks(c) && (p.then == nil || off < p.off) {
		p.then, p.off = c.First, off
	}
}

func speaks(c *capture.Capture) bool {
	return c != nil && c.Validity == capture.OK && len(c.First) > 0
}

// compare holds the claim's picture against what was kept.
func (p *plainly) compare(claim image.Image) ([]rows.Baseline, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []rows.Baseline
	var wrong error
	for _, x := range []struct {
		shot         []byte
		hash, pixels string
	}{{p.now, hashLive, pixelsLive}, {p.then, hashArchive, pixelsArchive}} {
		if x.shot == nil {
			continue
		}
		page, err := picture.DecodeCapture(x.shot)
		if err != nil {
			wrong = errors.Join(wrong, fmt.Errorf("compare as a baseline does: %w", err))
			continue
		}
		// The distance is taken even where imprint would refuse: simple tools do.
		bits := bits.OnesCount64(imprint.Of(claim).Perception ^ imprint.Of(page).Perception)
		out = append(out, rows.Baseline{Name: x.hash, Value: float64(bits)}, rows.Baseline{Name: x.pixels, Value: difference(claim, page)})
	}
	return out, wrong
}

// side is the size at which pixels are compared: small enough that a shift of few
// pixels does not matter.
const side = 64

// difference is the mean absolute difference of the luma of two pictures, each scaled
// to a square, 0 to 1.
func difference(a, b image.Image) float64 {
	x, y := squared(a), squared(b)
	sum := 0
	for i := range x.Pix {
		sum += max(int(x.Pix[i])-int(y.Pix[i]), int(y.Pix[i])-int(x.Pix[i]))
	}
	return float64(sum) / float64(255*len(x.Pix))
}

func squared(img image.Image) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, side, side))
	draw.ApproxBiLinear.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out
}
