package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
)

// part is what one table tells of claims: a statement that ends where their ids are to
// follow, and how a row goes into what is made of its claim.
type part[T any] struct {
	sql, column, order string
	scan               func(rows *sql.Rows, known map[string]*T) error
}

// load makes something of claims, in the order of ids; those that are not there are
// left out. The first part makes an entry for every claim.
func load[T any](ctx context.Context, s *Store, ids []string, parts []part[T]) ([]*T, error) {
	var known map[string]*T
	err := s.patiently(ctx, func() error {
		known = make(map[string]*T, len(ids))
		for _, p := range parts {
			text, args := statement(condition{sql: p.sql}, in(p.column, ids), condition{sql: p.order})
			if err := each(ctx, s.db, text, args, func(rows *sql.Rows) error { return p.scan(rows, known) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []*T
	for _, id := range ids {
		if one := known[id]; one != nil {
			all = append(all, one)
		}
	}
	return all, nil
}

// stream gives what load makes of the claims that f chooses.
func stream[T any](ctx context.Context, s *Store, f Filter, parts []part[T]) iter.Seq2[*T, error] {
	pages := s.pages(ctx, f.condition())
	if f.Claims != nil {
		pages = s.among(ctx, f.Claims, f.condition())
	}
	return func(yield func(*T, error) bool) {
		for page, err := range pages {
			var all []*T
			if err == nil {
				all, err = load(ctx, s, page, parts)
			}
			if err != nil {
				yield(nil, fmt.Errorf("read claims of corpus %s: %w", s.name, err))
				return
			}
			for _, one := range all {
				if !yield(one, nil) {
					return
				}
			}
		}
	}
}

// of is what is made of a claim. One that was added between two statements is left
// out with all that belongs to it.
func of[T any](known map[string]*T, claim string) *T {
	if one := known[claim]; one != nil {
		return one
	}
	return new(T)
}
