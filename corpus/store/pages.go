package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// perPage is how many claims are read at once: a verdict can have 100 kB.
const perPage = 50

// maxValues is how many values a statement is given at once. Databases take some
// thousands.
const maxValues = 500

// condition is a part of a statement about the claim c, with a "?" for each
// argument.
type condition struct {
	sql  string
	args []any
}

// statement numbers the arguments of several parts.
func statement(parts ...condition) (string, []any) {
	var text strings.Builder
	var args []any
	for _, p := range parts {
		for i, piece := range strings.Split(p.sql, "?") {
			if i > 0 {
				args = append(args, p.args[i-1])
				fmt.Fprintf(&text, "$%d", len(args))
			}
			text.WriteString(piece)
		}
	}
	return text.String(), args
}

// in is a condition that a column has one of the values.
func in(column string, values []string) condition {
	c := condition{sql: column + " IN (" + strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ") + ")"}
	for _, v := range values {
		c.args = append(c.args, v)
	}
	return c
}

// key is where a claim stands in the order of claims.
type key struct{ seen, id string }

// pages gives the claims that a condition holds for, in the order in which they
// were seen, perPage at a time. A claim that is added meanwhile may be among them
// or not.
func (s *Store) pages(ctx context.Context, where condition) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		var last key
		for {
			keys, err := s.keys(ctx, condition{sql: "SELECT c.seen, c.id FROM claims c WHERE (c.seen, c.id) > (?, ?) AND ", args: []any{last.seen, last.id}},
				where, condition{sql: " ORDER BY c.seen, c.id LIMIT ?", args: []any{perPage}})
			if err != nil {
				yield(nil, err)
				return
			}
			if len(keys) == 0 || !yield(ids(keys), nil) || len(keys) < perPage {
				return
			}
			last = keys[len(keys)-1]
		}
	}
}

// among is pages for some claims only, however many.
func (s *Store) among(ctx context.Context, claims []string, where condition) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		var all []key
		for some := range slices.Chunk(claims, maxValues) {
			keys, err := s.keys(ctx, condition{sql: "SELECT c.seen, c.id FROM claims c WHERE "}, in("c.id", some), condition{sql: " AND "}, where)
			if err != nil {
				yield(nil, err)
				return
			}
			all = append(all, keys...)
		}
		slices.SortFunc(all, func(a, b key) int { return strings.Compare(a.seen+a.id, b.seen+b.id) })
		for page := range slices.Chunk(slices.Compact(all), perPage) {
			if !yield(ids(page), nil) {
				return
			}
		}
	}
}

func ids(keys []key) []string {
	all := make([]string, len(keys))
	for i, k := range keys {
		all[i] = k.id
	}
	return all
}

func (s *Store) keys(ctx context.Context, parts ...condition) (all []key, err error) {
	text, args := statement(parts...)
	err = s.patiently(ctx, func() error {
		all = nil
		return each(ctx, s.db, text, args, func(rows *sql.Rows) error {
			var k key
			err := rows.Scan(&k.seen, &k.id)
			all = append(all, k)
			return err
		})
	})
	return all, err
}

// each runs a query and calls f for every row.
func each(ctx context.Context, db *sql.DB, text string, args []any, f func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
