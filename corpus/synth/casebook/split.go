package casebook

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/synth/defacement"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// side is what claims of one side of the split are drawn from.
type side struct {
	name     string // trainSide or testSide
	sites    []*site.Site
	families []*defacement.Family
}

// The names of the sides.
const (
	trainSide = "train"
	testSide  = "test"
)

// book is all that claims are drawn from.
type book struct{ sides []*side }

const (
	trainShare = 0.6
	// likeness is the share of common word runs from which two sites, or two
	// defacements, are near-duplicates and stay on one side.
	likeness = 0.3
	runWords = 5
	// fewest are the sites that a side needs: some classes are about two.
	fewest = 2
)

// split parts sites and families into training and test: near-duplicates together,
// by the digest of their names. Where there is too little for two sides there is one.
func split(sites []*site.Site, families []*defacement.Family) (*book, error) {
	ss, err := grouped(sites, func(s *site.Site) (string, []byte, error) {
		doc, _, err := s.Read(s.Pages[0])
		return s.Name, doc, err
	})
	if err != nil {
		return nil, err
	}
	ff, err := grouped(families, func(f *defacement.Family) (string, []byte, error) {
		doc, err := f.Text()
		return f.Name, doc, err
	})
	if err != nil {
		return nil, err
	}
	a, b := parted(ss)
	c, d := parted(ff)
	if len(a) < fewest || len(b) < fewest || len(c) == 0 || len(d) == 0 {
		return &book{[]*side{{trainSide, sites, families}}}, nil
	}
	return &book{[]*side{{trainSide, a, c}, {testSide, b, d}}}, nil
}

func (b *book) draw(r *rand.Rand) *side {
	if x := r.Float64(); len(b.sides) == 2 && x >= trainShare {
		return b.sides[1]
	}
	return b.sides[0]
}

// group is what must not be parted.
type group[T any] struct {
	order uint32
	all   []T
	runs  map[uint64]bool
}

// grouped joins what resembles each other, each in its first group.
func grouped[T any](all []T, read func(T) (string, []byte, error)) ([]*group[T], error) {
	var out []*group[T]
	for _, x := range all {
		name, doc, err := read(x)
		if err != nil {
			return nil, fmt.Errorf("split %s: %w", name, err)
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte("defacecheck split " + name))
		mine := &group[T]{h.Sum32(), []T{x}, runs(site.Words(doc))}
		// Groups that the newcomer resembles become one with it.
		out = slices.DeleteFunc(out, func(g *group[T]) bool {
			if !resemble(g.runs, mine.runs) {
				return false
			}
			mine.order, mine.all = g.order, append(g.all, mine.all...)
			for k := range g.runs {
				mine.runs[k] = true
			}
			return true
		})
		out = append(out, mine)
	}
	slices.SortFunc(out, func(a, b *group[T]) int { return cmp.Compare(a.order, b.order) })
	return out, nil
}

// parted gives the first groups to training.
func parted[T any](groups []*group[T]) (train, test []T) {
	n := int(trainShare*float64(len(groups)) + 0.5)
	for i, g := range groups {
		if i < n {
			train = append(train, g.all...)
		} else {
			test = append(test, g.all...)
		}
	}
	return train, test
}

// runs are the digests of the runs of words of a text.
func runs(words []string) map[uint64]bool {
	out := map[uint64]bool{}
	for i := 0; i+runWords <= len(words); i++ {
		h := fnv.New64a()
		_, _ = h.Write([]byte(strings.ToLower(strings.Join(words[i:i+runWords], " "))))
		out[h.Sum64()] = true
	}
	return out
}

// resemble says whether the smaller of two texts is to a good part in the larger.
func resemble(a, b map[uint64]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	common := 0
	for k := range a {
		if b[k] {
			common++
		}
	}
	return len(a) > 0 && float64(common) >= likeness*float64(len(a))
}
