package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

var _ verify.Precedents = (*Store)(nil)

// Radius is how many of the 256 bits of the difference hash may differ between
// copies of one picture. Of 161 screenshots of 87 pages, recompressed copies
// differ in 11 bits (median), 99 % in at most 31; but so do 86 % of those of the
// same page with other adverts (median 24) and 2 % of other pages of the same
// site. To say "seen before" of another day's screenshot is worse than to miss a
// copy, so the radius ends below the 24: 33 of 36 copies of real defacements,
// down to half the width at JPEG quality 60, lie within 20, and no two different
// ones within 55.
//
//	go test -run Radius -v ./corpus/store/
const Radius = 20

// Find returns the earlier claims whose picture is the file of that SHA-256
// (hexadecimal), and then those whose picture hashes like a recompressed copy:
// within Radius, and only where both pictures are informative. The most alike
// come first, among equals the one that was seen first. Every picture is
// compared.
func (s *Store) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	return besides{store: s}.Find(ctx, sha256, i)
}

// Besides is what Find tells without one claim, that of the given id: a claim that is
// judged after it was taken in is no precedent of itself.
func (s *Store) Besides(claim string) verify.Precedents { return besides{s, claim} }

type besides struct {
	store *Store
	claim string // id; "" is none
}

func (b besides) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	s := b.store
	var found []verify.Precedent
	err := s.patiently(ctx, func() (err error) {
		found, err = s.find(ctx, sha256, i, b.claim)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search corpus %s: %w", s.name, err)
	}
	return found, nil
}

func (s *Store) find(ctx context.Context, sha256 string, i imprint.Imprint, except string) ([]verify.Precedent, error) {
	alike, err := s.alike(ctx, i)
	if err != nil {
		return nil, err
	}
	alike[sha256] = 0
	var found []verify.Precedent
	for picture, bits := range alike {
		claims, err := s.claims(ctx, picture, except)
		if err != nil {
			return nil, err
		}
		for _, p := range claims {
			p.Bits, p.Identical = bits, picture == sha256
			found = append(found, p)
		}
	}
	slices.SortFunc(found, closer)
	return found, nil
}

// closer orders precedents, down to the last field: the order of one question
// is always the same.
func closer(a, b verify.Precedent) int {
	if a.Identical != b.Identical {
		if a.Identical {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Bits, b.Bits), a.Seen.Compare(b.Seen), cmp.Compare(a.URL, b.URL),
		cmp.Compare(a.Name, b.Name), a.Claimed.From.Compare(b.Claimed.From), a.Claimed.To.Compare(b.Claimed.To),
		a.Posted.From.Compare(b.Posted.From), a.Posted.To.Compare(b.Posted.To))
}

// alike returns the pictures within Radius and their distances.
func (s *Store) alike(ctx context.Context, i imprint.Imprint) (map[string]int, error) {
	near := map[string]int{}
	if !i.Informative {
		return near, nil
	}
	rows, err := s.db.QueryContext(ctx, "SELECT sha256, wide_0, wide_1, wide_2, wide_3 FROM pictures WHERE informative")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var picture sql.RawBytes // copied only where it is kept
	var w [4]int64
	for rows.Next() {
		if err := rows.Scan(&picture, &w[0], &w[1], &w[2], &w[3]); err != nil {
			return nil, fmt.Errorf("read a picture: %w", err)
		}
		d, err := imprint.Distance(i, imprint.Imprint{Informative: true, Difference256: words(w)})
		if err != nil {
			return nil, err
		}
		if d.Difference256 <= Radius {
			near[string(picture)] = d.Difference256
		}
	}
	return near, rows.Err()
}

func words(w [4]int64) [4]uint64 {
	return [4]uint64{uint64(w[0]), uint64(w[1]), uint64(w[2]), uint64(w[3])}
}

// ClaimsWith returns the claims made with the picture of that SHA-256 but the one of the
// id except, the one that the corpus learned of first first.
func (s *Store) ClaimsWith(ctx context.Context, picture, except string) ([]verify.Precedent, error) {
	var all []verify.Precedent
	err := s.patiently(ctx, func() (err error) {
		all, err = s.claims(ctx, picture, except)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read claims with picture %.12q of corpus %s: %w", picture, s.name, err)
	}
	slices.SortFunc(all, closer)
	return all, nil
}

// claims returns the claims made with a picture, but one.
func (s *Store) claims(ctx context.Context, picture, except string) ([]verify.Precedent, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT name, url, claimed_from, claimed_to, posted_from, posted_to, seen
		FROM claims WHERE picture = $1 AND id <> $2`, picture, except)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []verify.Precedent
	for rows.Next() {
		p := verify.Precedent{Picture: picture}
		err := rows.Scan(&p.Name, &p.URL, moment{&p.Claimed.From}, moment{&p.Claimed.To},
			moment{&p.Posted.From}, moment{&p.Posted.To}, moment{&p.Seen})
		if err != nil {
			return nil, fmt.Errorf("read a claim: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
