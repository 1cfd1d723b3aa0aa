package align

import (
	"fmt"
	"image"
	"image/color"
	"sort"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestSurveyOfPicturesOfAnotherPage(t *testing.T) {
	t.Parallel()
	a := artist(t)
	type pg struct {
		name        string
		img         *image.RGBA
		f, p        *Features
		pic         *image.RGBA
		picScrolled *image.RGBA
		ps          *Features
	}
	var all []pg
	add := func(name string, img *image.RGBA) {
		p := pg{name: name, img: img, f: Describe(Luma(img), Options{Page: true})}
		p.pic = aligntest.Cut(img, image.Rect(0, 0, 1366, 768))
		p.p = Describe(Luma(p.pic), Options{})
		if img.Rect.Dy() > 1600 {
			p.picScrolled = aligntest.Cut(img, image.Rect(0, 700, 1366, 1468))
			p.ps = Describe(Luma(p.picScrolled), Options{})
		}
		all = append(all, p)
	}
	for i := range *sites {
		s := aligntest.NewSite(uint64(i))
		add(fmt.Sprintf("site%d/1", i), s.Page(a, 1, 1366, 3000))
		add(fmt.Sprintf("site%d/2", i), s.Page(a, 2, 1366, 2400))
		add(fmt.Sprintf("def%d", i), aligntest.Defacement(a, uint64(i), 1366, 768))
	}
	blank := image.NewRGBA(image.Rect(0, 0, 1366, 768))
	aligntest.Fill(blank, blank.Rect, color.White)
	add("blank", blank)
	states := map[string]map[State]int{}
	kind := func(a, b string) string {
		switch {
		case a[:3] == "def" && b[:3] == "def":
			return "defacements"
		case a == "blank" || b == "blank":
			return "blank"
		case strings.Contains(a, "/") && strings.Split(a, "/")[0] == strings.Split(b, "/")[0]:
			return "one site"
		}
		return "two sites"
	}
	inl := map[string][]int{}
	conf := map[string]float64{}
	count := func(name string, pic image.Image, pf *Features, q pg, k string) {
		reg := Register(pf, q.f)
		c := Compare(pic, q.img, reg, CompareOptions{})
		if states[k] == nil {
			states[k] = map[State]int{}
		}
		states[k][c.State]++
		inl[k] = append(inl[k], reg.Inliers)
		conf[k] = max(conf[k], reg.Confidence)
		if reg.Located || c.State == Same || c.State == Altered {
			t.Logf("%s in %s: located %v inl %d/%d spread %d conf %.2f scale %.3f off %.0f,%.0f -> %s %s", name, q.name, reg.Located, reg.Inliers, reg.Matches, reg.Spread, reg.Confidence, reg.Scale, reg.OffsetX, reg.OffsetY, c.State, c.Why)
		}
	}
	for _, p := range all {
		for _, q := range all {
			if p.name == q.name {
				continue
			}
			k := kind(p.name, q.name)
			count(p.name, p.pic, p.p, q, k)
			if p.ps != nil {
				count(p.name+"+700", p.picScrolled, p.ps, q, k+" scrolled")
			}
		}
	}
	for k, s := range states {
		sort.Ints(inl[k])
		n := len(inl[k])
		t.Logf("%-24s n %d %v inliers median %d p95 %d max %d  confidence max %.2f", k, n, s, inl[k][n/2], inl[k][n*95/100], inl[k][n-1], conf[k])
	}
}
