package align

import (
	"fmt"
	"image"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

// shown is a page and a picture of a part of it.
type shown struct {
	site          int // the maker's number; -1 stands alone
	name          string
	page, picture *image.RGBA
	asPage, asPic *Features
}

func show(site int, name string, page *image.RGBA, top int) shown {
	s := shown{site: site, name: name, page: page, picture: aligntest.Cut(page, image.Rect(0, top, windowWidth, top+windowHeight))}
	s.asPage, s.asPic = Describe(Luma(page), Options{Page: true}), Describe(Luma(s.picture), Options{})
	return s
}

func TestAPictureOfAnotherPageIsNeverTheSameOrAltered(t *testing.T) {
	t.Parallel()
	a := artist(t)
	var all []shown
	for i := range *sites {
		s := aligntest.NewSite(uint64(i))
		all = append(all,
			show(i, "top", s.Page(a, 1, windowWidth, 2000), 0),
			show(i, "top of another", s.Page(a, 2, windowWidth, 1600), 0),
			show(i, "middle of a third", s.Page(a, 3, windowWidth, 1600), 500),
			show(-1-i, "defacement", aligntest.Defacement(a, uint64(100+i), windowWidth, windowHeight), 0))
	}
	counts, pairs, located := map[string]map[State]int{}, map[string]int{}, map[string]int{}
	for _, p := range all {
		for _, q := range all {
			if p.page == q.page {
				continue
			}
			reg := Register(p.asPic, q.asPage)
			got := Compare(p.picture, q.page, reg, CompareOptions{})
			k := kindOfPair(p, q)
			if counts[k] == nil {
				counts[k] = map[State]int{}
			}
			counts[k][got.State]++
			pairs[k]++
			if reg.Located {
				located[k]++
				if k == "two sites" {
					t.Errorf("site %d %s was located in site %d %s: %s", p.site, p.name, q.site, q.name, reg.Why)
				}
			}
			if got.State == Same || got.State == Altered {
				t.Errorf("site %d %s in site %d %s is %s: %s", p.site, p.name, q.site, q.name, got.State, got.Why)
			}
		}
	}
	for k, n := range pairs {
		t.Log(fmt.Sprintf("%-16s %d pairs, %d located, %v", k, n, located[k], counts[k]))
	}
}

func kindOfPair(p, q shown) string {
	switch {
	case p.site == q.site:
		return "one site"
	case p.site < 0 && q.site < 0:
		return "two defacements" // all made after one pattern, with the same words and font
	}
	return "two sites"
}
