package alignment

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/defacecheck/defacecheck/verify/align"
)

// cost is what one picture against one capture takes, on one goroutine; medians.
// Times are those that the process had of the core and not of the clock, which
// tells of the rest of the machine as well.
type cost struct {
	Heights []heightCost `json:"heights"`
}

type heightCost struct {
	Height   int     `json:"height"`    // px of the capture, 1366 wide
	DecodeMS float64 `json:"decode_ms"` // both PNG files
	WorkMS   float64 `json:"work_ms"`   // describe both, register, compare
	Multiple float64 `json:"multiple"`  // WorkMS of DecodeMS
	MB       float64 `json:"mb"`        // most of the heap in use beyond the decoded pictures
}

const costRuns = 5

// measureCost uses a made-up page, so that the figure does not hang on what
// could be fetched.
func measureCost() (*cost, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	c := &cost{}
	for _, h := range []int{2000, 4000, 6000, 8000, 16000} {
		hc, err := costAt(h)
		if err != nil {
			return nil, fmt.Errorf("measure cost: %w", err)
		}
		c.Heights = append(c.Heights, hc)
	}
	return c, nil
}

func costAt(height int) (heightCost, error) {
	page := madePage(height)
	pic := page.SubImage(image.Rect(0, height/3, 1366, height/3+768))
	var files [2]bytes.Buffer
	for i, img := range []image.Image{page, pic} {
		if err := png.Encode(&files[i], img); err != nil {
			return heightCost{}, err
		}
	}
	var decode, work, heap []float64
	for range costRuns {
		began := worked()
		a, err := png.Decode(bytes.NewReader(files[0].Bytes()))
		if err != nil {
			return heightCost{}, err
		}
		b, err := png.Decode(bytes.NewReader(files[1].Bytes()))
		if err != nil {
			return heightCost{}, err
		}
		decode = append(decode, (worked()-began).Seconds()*1e3)
		ms, mb := timed(func() {
			reg := align.Register(align.Describe(align.Luma(b), align.Options{}), align.Describe(align.Luma(a), align.Options{Page: true}))
			align.Compare(b, a, reg, align.CompareOptions{})
		})
		work, heap = append(work, ms), append(heap, mb)
	}
	c := heightCost{Height: height, DecodeMS: median(decode), WorkMS: median(work), MB: quantile(heap, 1)}
	c.Multiple = c.WorkMS / c.DecodeMS
	return c, nil
}

// timed runs f and says how long it took and how much the heap grew at most,
// seen every five milliseconds.
func timed(f func()) (ms, mb float64) {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	base, most := m.HeapAlloc, m.HeapAlloc
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		t := time.NewTicker(5 * time.Millisecond)
		defer t.Stop()
		for {
			select {
			case <-stop:
				return
			case <-t.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapAlloc)
			}
		}
	}()
	began := worked()
	f()
	ms = (worked() - began).Seconds() * 1e3
	close(stop)
	<-ended
	return ms, float64(most-base) / (1 << 20)
}

// worked is the time that this process has had of all cores; 0 where the system
// does not say.
func worked() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// madePage is like a page of text and pictures: words of small marks, and
// patches of noise.
func madePage(height int) *image.RGBA {
	rng := rand.New(rand.NewPCG(3, 5))
	img := filled(1366, height, color.White)
	for y := 40; y < height-40; y += 26 {
		if rng.IntN(14) == 0 && y+260 < height {
			for j := range 240 {
				for i := range 400 {
					v := uint8(rng.IntN(60) + i/3 + j/4)
					img.SetRGBA(120+i, y+j, color.RGBA{v, v / 2, 255 - v, 255})
				}
			}
			y += 240
			continue
		}
		for x := 120; x < 1180; x += 9 {
			if rng.IntN(6) == 0 {
				continue
			}
			for range 9 {
				px, py := x+rng.IntN(7), y+rng.IntN(13)
				for k := range 4 {
					img.SetRGBA(px, py+k*(1-rng.IntN(2)), color.RGBA{30, 30, 30, 255})
				}
			}
		}
	}
	return img
}

func (c *cost) String() string {
	var b bytes.Buffer
	fmt.Fprintln(&b, "Cost of one 1366x768 picture against one capture, one core, medians of 5")
	for _, h := range c.Heights {
		fmt.Fprintf(&b, "  1366x%-5d  %4.0f ms, %.1f times decoding both (%.0f ms), %.0f MB beyond the decoded pictures\n",
			h.Height, h.WorkMS, h.Multiple, h.DecodeMS, h.MB)
	}
	return b.String()
}
