package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"slices"

	"github.com/defacecheck/defacecheck/corpus"
)

// Channel is who posted claims, and how much. The name is a stranger's; "" stands for
// postings of which no channel is known.
type Channel struct {
	Name      string
	Claims    int // that were posted there
	Postings  int
	Forwarded int // postings in messages that were forwarded from elsewhere
}

// Channels are the channels of the corpus, the one with most claims first.
func (s *Store) Channels(ctx context.Context) ([]Channel, error) {
	var all []Channel
	err := s.patiently(ctx, func() error {
		all = nil
		return each(ctx, s.db, `SELECT channel, count(DISTINCT claim), count(*), sum(CASE WHEN length(forwarded) > 0 THEN 1 ELSE 0 END)
			FROM postings GROUP BY source, channel`, nil, func(rows *sql.Rows) error {
			var c Channel
			err := rows.Scan(&c.Name, &c.Claims, &c.Postings, &c.Forwarded)
			all = append(all, c)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("list channels of corpus %s: %w", s.name, err)
	}
	slices.SortFunc(all, func(a, b Channel) int { return cmp.Or(cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.Name, b.Name)) })
	return all, nil
}

// Posted gives the claims that f chooses, as Records does, with their postings and without
// what was found and decided since, which is most of a record.
func (s *Store) Posted(ctx context.Context, f Filter) iter.Seq2[*corpus.Record, error] {
	return stream(ctx, s, f, posted())
}
