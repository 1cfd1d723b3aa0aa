package store

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/defacecheck/defacecheck/corpus"
)

// Filter chooses claims. The zero value chooses all.
type Filter struct {
	Channel        string   // posted there, under exactly this name
	Claims         []string // these ids alone; ids that the corpus has not are passed over
	WithoutVerdict bool     // that were never judged
}

func (f Filter) condition() condition {
	c := condition{sql: "1 = 1"}
	if f.Channel != "" {
		c.sql += " AND EXISTS (SELECT 1 FROM postings p WHERE p.claim = c.id AND p.source = ?)"
		c.args = append(c.args, corpus.Digest(f.Channel))
	}
	if f.WithoutVerdict {
		c.sql += " AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.claim = c.id)"
	}
	return c
}

// Records gives the claims that f chooses with all that is known of them, in the
// order in which the corpus learned of them and then by id. Some claims at a time
// are in memory. After an error nothing more is given. The corpus may be used
// and changed meanwhile: no claim is given twice.
func (s *Store) Records(ctx context.Context, f Filter) iter.Seq2[*corpus.Record, error] {
	return stream(ctx, s, f, whole())
}

// Claim returns the claim of that id with all that is known of it; ErrUnknown
// where there is none.
func (s *Store) Claim(ctx context.Context, id string) (*corpus.Record, error) {
	all, err := load(ctx, s, []string{id}, whole())
	if err == nil && len(all) == 0 {
		err = ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("read claim %.12q of corpus %s: %w", id, s.name, err)
	}
	return all[0], nil
}

// Pending gives the ids of the claims that a version of the program with a model
// has still to judge, in the order of Records: those whose picture's file is there,
// that have no verdict of both, and that this version did not set aside. program and
// modelDigest are as verify.Versions has them.
func (s *Store) Pending(ctx context.Context, program, modelDigest string) iter.Seq2[string, error] {
	where := condition{args: []any{program, modelDigest, program}, sql: `EXISTS (SELECT 1 FROM files f WHERE f.sha256 = c.picture)
		AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.claim = c.id AND v.program = ? AND v.model_digest = ?)
		AND NOT EXISTS (SELECT 1 FROM setbacks s WHERE s.claim = c.id AND s.program = ? AND s.taken_up = '')`}
	return func(yield func(string, error) bool) {
		for page, err := range s.pages(ctx, where) {
			if err != nil {
				yield("", fmt.Errorf("list pending claims of corpus %s: %w", s.name, err))
				return
			}
			for _, id := range page {
				if !yield(id, nil) {
					return
				}
			}
		}
	}
}

// maxNamed is how many claims an ambiguous beginning is said to fit.
const maxNamed = 5

// Resolve returns the id of the only claim whose id begins so. The error is
// ErrUnknown or ErrAmbiguous, which names some.
func (s *Store) Resolve(ctx context.Context, prefix string) (string, error) {
	id, err := s.resolve(ctx, strings.ToLower(prefix))
	if err != nil {
		return "", fmt.Errorf("find claim %.64q in corpus %s: %w", prefix, s.name, err)
	}
	return id, nil
}

func (s *Store) resolve(ctx context.Context, prefix string) (string, error) {
	if prefix == "" || strings.Trim(prefix, "0123456789abcdef") != "" {
		return "", fmt.Errorf("%w: an id is written with the digits 0-9 and a-f", ErrUnknown)
	}
	// "g" stands behind every digit, in whatever order the database has letters.
	keys, err := s.keys(ctx, condition{args: []any{prefix, prefix + "g", maxNamed + 1},
		sql: "SELECT '', id FROM claims WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"})
	switch {
	case err != nil:
		return "", err
	case len(keys) == 0:
		return "", ErrUnknown
	case len(keys) == 1:
		return keys[0].id, nil
	}
	some := ids(keys[:min(len(keys), maxNamed)])
	return "", fmt.Errorf("%w, such as %s", ErrAmbiguous, strings.Join(some, " and "))
}
