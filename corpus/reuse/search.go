package reuse

import (
	"context"
	"fmt"
	"slices"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// Search looks among all pictures of the corpus for others of the page of each of these (SHA-256),
// and keeps in the corpus what it compares. A picture that was searched for before is passed over, since
// those that came later are searched for themselves: another run takes little, and one
// that was ended goes on. A picture whose file is not there or cannot be read, or came after Open and
// Refresh, is left out. p is told of those that are new.
func (f *Finder) Search(ctx context.Context, sums []string, p Progress) error {
	if err := f.search(ctx, sums, p); err != nil {
		return fmt.Errorf("look for pictures of one page: %w", err)
	}
	return nil
}

func (f *Finder) search(ctx context.Context, sums []string, p Progress) error {
	done, err := f.searched(ctx)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(sums), func(s string) bool { return done[s] || !f.indexed(s) })
	if len(left) == 0 {
		return nil
	}
	g, err := f.linked(ctx)
	if err != nil {
		return err
	}
	h, err := f.hashes(ctx)
	if err != nil {
		return err
	}
	for i, sum := range left {
		if err := f.link(ctx, g, h, sum); err != nil {
			return fmt.Errorf("picture %.12q: %w", sum, err)
		}
		if p != nil {
			p(i+1, len(left))
		}
	}
	return nil
}

// indexed says whether a picture can be found: of two that cannot, neither would find the other, so they are
// left for another time.
func (f *Finder) indexed(sum string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.known[sum]
	return ok
}

// link compares a picture with those that may be of its page and are not in its set.
func (f *Finder) link(ctx context.Context, g *groups, h *hashes, sum string) error {
	pic, err := f.open(ctx, sum)
	if pic == nil || err != nil {
		return err
	}
	own, compared := subjectOf(pic), 0
	for _, other := range f.mayShowThePageOf(pic, h) {
		if g.Of(other) == g.Of(sum) {
			continue
		}
		r, err := f.relation(ctx, own, other)
		if err != nil {
			return err
		}
		if r.Page {
			g.join(newLink(sum, other, r))
		}
		if r.Relation != verify.Unexamined {
			compared++
		}
		if compared == MaxCompared {
			break
		}
	}
	return f.remember(ctx, sum, sum, identical(own))
}

// mayShowThePageOf are the pictures worth comparing: those with landmarks in common, and those that
// hash alike.
func (f *Finder) mayShowThePageOf(pic *picture.Picture, h *hashes) []string {
	all := []string{pic.SHA256}
	for _, c := range f.Candidates(pic.Image) {
		all = append(all, c.SHA256)
	}
	for _, a := range h.like(pic.SHA256) {
		all = append(all, a.sum)
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(s string) bool {
		was := seen[s] || s == pic.SHA256
		seen[s] = true
		return was
	})
}

// searched are the pictures that others were searched for: their relation to themselves is kept then.
func (f *Finder) searched(ctx context.Context) (map[string]bool, error) {
	sums, err := f.strings(ctx, "SELECT one FROM relations WHERE one = other AND method = $1", method)
	if err != nil {
		return nil, err
	}
	all := make(map[string]bool, len(sums))
	for _, s := range sums {
		all[s] = true
	}
	return all, nil
}
