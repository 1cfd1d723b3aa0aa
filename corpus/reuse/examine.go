package reuse

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// Besides is what is known without one claim, that of the given id: a claim that is
// judged after it was taken in is no precedent of itself. It is a verify.Examiner.
func (f *Finder) Besides(claim string) verify.Precedents { return besides{f, claim} }

type besides struct {
	*Finder
	claim string // id; "" is none
}

// Find implements verify.Precedents by hashes alone, as the corpus does.
func (b besides) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	return b.store.Besides(b.claim).Find(ctx, sha256, i)
}

// Examine implements verify.Examiner: the earlier claims with the same picture or one of the
// same page, with what the pictures are to one another. Claims whose pictures' files are not there are found by hashes
// alone and stay unexamined. At most MaxCompared pictures are compared.
func (b besides) Examine(ctx context.Context, p *picture.Picture) ([]verify.Precedent, error) {
	all, err := b.examine(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("look for earlier pictures: %w", err)
	}
	return all, nil
}

// Find implements verify.Precedents by hashes alone, as the corpus does.
func (f *Finder) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	return f.Besides("").Find(ctx, sha256, i)
}

// Examine is that of Besides with no claim left out.
func (f *Finder) Examine(ctx context.Context, p *picture.Picture) ([]verify.Precedent, error) {
	return besides{f, ""}.Examine(ctx, p)
}

func (b besides) examine(ctx context.Context, p *picture.Picture) ([]verify.Precedent, error) {
	found, err := b.Find(ctx, p.SHA256, imprint.Of(p.Image))
	if err != nil {
		return nil, err
	}
	bits := map[string]int{}
	for _, e := range found {
		bits[e.Picture] = e.Bits
	}
	related, err := b.relate(ctx, subjectOf(p), b.likeliest(p, bits))
	if err != nil {
		return nil, err
	}
	var all []verify.Precedent
	for sum, r := range related {
		claims, err := b.store.ClaimsWith(ctx, sum, b.claim)
		if err != nil {
			return nil, err
		}
		for _, e := range claims {
			e.Identical, e.Bits = sum == p.SHA256, -1
			if b, ok := bits[sum]; ok {
				e.Bits = b
			}
			e.Relation, e.Address, e.Clock, e.Why = r.Relation, r.Address, r.Clock, r.Why
			all = append(all, e)
		}
	}
	slices.SortFunc(all, telling)
	return all, nil
}

// likeliest are the pictures worth comparing: the very file, those with landmarks in common,
// and those that hash alike.
func (f *Finder) likeliest(p *picture.Picture, alike map[string]int) []string {
	all := []string{p.SHA256}
	add := func(sum string) {
		if len(all) <= MaxCompared && !slices.Contains(all, sum) {
			all = append(all, sum)
		}
	}
	for _, c := range f.Candidates(p.Image) {
		add(c.SHA256)
	}
	rest := make([]string, 0, len(alike))
	for sum := range alike {
		rest = append(rest, sum)
	}
	slices.SortFunc(rest, func(a, b string) int { return cmp.Or(cmp.Compare(alike[a], alike[b]), cmp.Compare(a, b)) })
	for _, sum := range rest {
		add(sum)
	}
	return all
}

// relate compares own with pictures of the corpus. Those whose file is not there are unexamined.
func (f *Finder) relate(ctx context.Context, own *subject, sums []string) (map[string]Finding, error) {
	related := map[string]Finding{}
	for _, sum := range sums {
		r, err := f.relation(ctx, own, sum)
		if err != nil {
			return nil, err
		}
		related[sum] = r
	}
	return related, nil
}

// relation is what own is to a picture of the corpus, as it is known or by comparing.
func (f *Finder) relation(ctx context.Context, own *subject, sum string) (Finding, error) {
	if sum == own.sha256 {
		return identical(own), nil
	}
	r, err := f.recall(ctx, own.sha256, sum)
	if !errors.Is(err, sql.ErrNoRows) {
		return r, err
	}
	pic, err := f.open(ctx, sum)
	if pic == nil || err != nil {
		return Finding{}, err // without a file that can be read it stays unexamined
	}
	r = compare(own, subjectOf(pic))
	return r, f.remember(ctx, own.sha256, sum, r)
}

// file is the bytes of a picture; nil where they are not there, or are not what they were.
func (f *Finder) file(ctx context.Context, sum string) ([]byte, error) {
	data, err := f.store.File(ctx, sum)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return nil, nil
	case errors.Is(err, store.ErrDamaged):
		f.note(sum, err)
		return nil, nil
	}
	return data, err
}

// telling orders precedents: what proves most first, then what is most alike, then what came first.
func telling(a, b verify.Precedent) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Seen.UnixNano(), b.Seen.UnixNano()),
		cmp.Compare(a.URL, b.URL), cmp.Compare(a.Picture, b.Picture), cmp.Compare(a.Name, b.Name),
		a.Claimed.From.Compare(b.Claimed.From), a.Posted.From.Compare(b.Posted.From))
}

func rank(p verify.Precedent) int {
	order := []verify.Relation{verify.IdenticalFile, verify.SameScreenshot, verify.SamePage, verify.CannotTell, verify.Unexamined}
	if n := slices.Index(order, p.Relation); n >= 0 {
		return n
	}
	return len(order)
}

// recall is a comparison that was made before; sql.ErrNoRows where there is none.
func (f *Finder) recall(ctx context.Context, a, b string) (r Finding, err error) {
	err = f.store.DB().QueryRowContext(ctx, `SELECT relation, page, address, clock, why FROM relations
		WHERE one = $1 AND other = $2 AND method = $3`, min(a, b), max(a, b), method).
		Scan(&r.Relation, &r.Page, &r.Address, &r.Clock, &r.Why)
	return r, err
}

// remember keeps a comparison, if the corpus has both pictures.
func (f *Finder) remember(ctx context.Context, a, b string, r Finding) error {
	return f.store.Do(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO relations (one, other, method, relation, page, address, clock, why)
			SELECT o.sha256, p.sha256, CAST($3 AS INTEGER), CAST($4 AS TEXT), CAST($5 AS BOOLEAN), CAST($6 AS BOOLEAN), CAST($7 AS BOOLEAN), CAST($8 AS TEXT) FROM pictures o, pictures p
			WHERE o.sha256 = $1 AND p.sha256 = $2 ON CONFLICT DO NOTHING`,
			min(a, b), max(a, b), method, string(r.Relation), r.Page, r.Address, r.Clock, r.Why)
		return err
	})
}
