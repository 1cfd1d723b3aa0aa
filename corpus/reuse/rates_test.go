package reuse

import (
	"encoding/base64"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// TestNoOtherScreenshotOfARealDefacementIsCalledTheSame lays real defacements into windows of which the
// address differs in one letter, or wholly, or the clock by a minute, and prints what copies are called. It takes
// minutes: two pages are tried unless DEFACECHECK_REUSE_PAGES says how many.
func TestNoOtherScreenshotOfARealDefacementIsCalledTheSame(t *testing.T) {
	t.Parallel()
	pages, _ := filepath.Glob("../../../shared/data/defacement/*/screenshot.png")
	if len(pages) == 0 {
		t.Skip("skipped: no real screenshots in ../shared/data/defacement")
	}
	most, err := strconv.Atoi(os.Getenv("DEFACECHECK_REUSE_PAGES"))
	if err != nil {
		most = 2
	}
	count := map[string]int{}
	for i, name := range pages[:min(most, len(pages))] {
		count = tried(t, i, name, count)
	}
	var lines []string
	for what, n := range count {
		lines = append(lines, fmt.Sprintf("%s: %d", what, n))
	}
	slices.Sort(lines)
	for _, l := range lines {
		t.Log(l)
	}
}

func tried(t *testing.T, i int, name string, count map[string]int) map[string]int {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	page := `<img style="position:absolute;left:0;top:83px;width:1024px;height:520px;object-fit:cover;object-position:top" src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(data) + `">`
	at := func(address, clock string) view { return view{"", address, clock, page} }
	all := shots(t, at("mill-valley.example", "14:05"), at("mill-va1ley.example", "14:05"), at("ferry-house.example/x", "14:05"), at("mill-valley.example", "14:06"))
	r := rand.New(rand.NewPCG(uint64(i), 7))
	for k, who := range []string{"itself", "one letter off", "another victim", "a minute later"} {
		for how, q := range copies(t, r, all[k]) {
			f := Compare(q, all[0])
			count[fmt.Sprintf("%s, %s: %s, address %v, clock %v", who, how, f.Relation, f.Address, f.Clock)]++
			wrong := k > 0 && (f.Relation == verify.SameScreenshot || f.Clock) || (k == 1 || k == 2) && f.Address
			if wrong {
				t.Errorf("%s, %s, %s: %+v", name, who, how, f)
			}
		}
	}
	return count
}

// copies are what becomes of a picture on its way.
func copies(t *testing.T, r *rand.Rand, p *picture.Picture) map[string]*picture.Picture {
	size := p.Image.Rect.Size()
	part := func(n int) int { return int(0.2 * r.Float64() * float64(n)) }
	return map[string]*picture.Picture{
		"recompressed":     recompressed(t, p, 1, 60+r.IntN(30)),
		"made smaller":     recompressed(t, p, 0.65+0.3*r.Float64(), 70+r.IntN(20)),
		"cropped":          recompressed(t, cut(t, p, image.Rect(part(size.X), part(size.Y), size.X-part(size.X), size.Y-part(size.Y))), 1, 80),
		"put on a desktop": recompressed(t, laidOn(t, p), 1, 80),
	}
}
