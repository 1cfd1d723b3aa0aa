package reuse

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// Kin is a picture of a set, and what it is to the set's first.
type Kin struct {
	SHA256   string
	Relation verify.Relation // IdenticalFile for the first itself; never Different
}

// Method says in a sentence or two how pictures are put together, and what that does not prove.
func Method() string {
	return fmt.Sprintf("Pictures are laid beside each other and put together where what they show of the page agrees, in whole or in part. "+
		"Two are the same screenshot where what surrounds the page agrees to the letter as well, and both show a clock. "+
		"Pictures whose files are not there or cannot be read go by their perceptual hashes alone, of which at most %d of 256 bits may differ. "+
		"One defacement is put on many sites, and pictures of bare pages of two of them can be one file, so a picture or a page that returns does not by itself speak against a claim.", store.Radius)
}

// Sets puts those of the given pictures (SHA-256, each once) together that show one page, by what
// Search found. Each set has at least two, in the order given; the sets come in the order of their first.
// Each picture is laid beside the first of its set, so that what is said of it follows from no chain; what was
// compared is kept. Where the two can be told to be of one page through others only, the relation is
// CannotTell. Pictures that cannot be read are joined to what hashes most like them, and stay Unexamined.
// p is told of the comparisons that are new.
func (f *Finder) Sets(ctx context.Context, sums []string, p Progress) ([][]Kin, error) {
	all, err := f.kin(ctx, sums, p)
	if err != nil {
		return nil, fmt.Errorf("put pictures of one page together: %w", err)
	}
	return all, nil
}

func (f *Finder) kin(ctx context.Context, sums []string, p Progress) ([][]Kin, error) {
	sets, blind, err := f.ofOnePage(ctx, sums)
	if err != nil {
		return nil, err
	}
	known, left, err := f.recallFirsts(ctx, sets, blind)
	if err != nil {
		return nil, err
	}
	if err := f.compareFirsts(ctx, left, known, p); err != nil {
		return nil, err
	}
	var all [][]Kin
	for _, set := range sets {
		kin := []Kin{{set[0], verify.IdenticalFile}}
		for _, sum := range set[1:] {
			kin = append(kin, Kin{sum, known[sum].toFirst()})
		}
		all = append(all, kin)
	}
	return all, nil
}

// ofOnePage are the sets of two and more, and the pictures that were never compared.
func (f *Finder) ofOnePage(ctx context.Context, sums []string) (sets [][]string, blind map[string]bool, err error) {
	g, err := f.linked(ctx)
	if err != nil {
		return nil, nil, err
	}
	done, err := f.searched(ctx)
	if err != nil {
		return nil, nil, err
	}
	blind = map[string]bool{}
	for _, s := range sums {
		if !done[s] {
			blind[s] = true
		}
	}
	if len(blind) > 0 {
		h, err := f.hashes(ctx)
		if err != nil {
			return nil, nil, err
		}
		g.joinByHash(h, blind)
	}
	for _, set := range g.sets(sums) {
		if len(set) > 1 {
			sets = append(sets, set)
		}
	}
	return sets, blind, nil
}

// recallFirsts are the comparisons of pictures with the first of their set that are kept, by the
// picture; left are the sets with those of which none is.
func (f *Finder) recallFirsts(ctx context.Context, sets [][]string, blind map[string]bool) (known map[string]Finding, left [][]string, err error) {
	known = map[string]Finding{}
	for _, set := range sets {
		rest := set[:1:1]
		for _, sum := range set[1:] {
			if blind[set[0]] || blind[sum] {
				continue
			}
			r, err := f.recall(ctx, set[0], sum)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				rest = append(rest, sum)
			case err != nil:
				return nil, nil, err
			default:
				known[sum] = r
			}
		}
		if len(rest) > 1 {
			left = append(left, rest)
		}
	}
	return known, left, nil
}

// compareFirsts lays the pictures of each set beside its first.
func (f *Finder) compareFirsts(ctx context.Context, sets [][]string, known map[string]Finding, p Progress) error {
	done, all := 0, 0
	for _, set := range sets {
		all += len(set) - 1
	}
	for _, set := range sets {
		first, err := f.open(ctx, set[0])
		if err != nil {
			return err
		}
		if first == nil { // it could be read before: they stay unexamined
			all -= len(set) - 1
			continue
		}
		own := subjectOf(first)
		for _, sum := range set[1:] {
			if known[sum], err = f.relation(ctx, own, sum); err != nil {
				return err
			}
			if done++; p != nil {
				p(done, all)
			}
		}
	}
	return nil
}

// toFirst is what a picture of a set is to its first.
func (r Finding) toFirst() verify.Relation {
	if r.Relation != verify.Unexamined && !r.Page {
		return verify.CannotTell
	}
	return r.Relation
}
