package reuse

import (
	"context"
	"database/sql"

	"github.com/defacecheck/defacecheck/corpus"
)

// messages are those that pictures stand in, by picture and name (corpus.Posting.In).
type messages map[string]map[string]bool

// together is in how many messages these pictures stand.
func (m messages) together(sums []string) int {
	all := map[string]bool{}
	for _, sum := range sums {
		for name := range m[sum] {
			all[name] = true
		}
	}
	return len(all)
}

func (m messages) add(picture, name string) {
	if m[picture] == nil {
		m[picture] = map[string]bool{}
	}
	m[picture][name] = true
}

// messages are those of all pictures of the corpus. A claim that was only verified is a message of its
// own, but where the same was posted, or verified with other times.
func (f *Finder) messages(ctx context.Context) (messages, error) {
	rows, err := f.store.DB().QueryContext(ctx, `SELECT c.picture, c.id, c.url, p.id, p.channel, p.message, p.origin
		FROM claims c LEFT JOIN postings p ON p.claim = c.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type said struct{ picture, url string }
	all, posted, verified := messages{}, map[said]bool{}, map[said]bool{}
	for rows.Next() {
		var picture, claim string
		var url, channel, message, origin []byte
		var posting sql.NullString
		if err := rows.Scan(&picture, &claim, &url, &posting, &channel, &message, &origin); err != nil {
			return nil, err
		}
		what := said{picture, string(url)}
		if !posting.Valid {
			verified[what] = true
			continue
		}
		posted[what] = true
		p := corpus.Posting{Channel: string(channel), Message: string(message), Origin: string(origin)}
		all.add(picture, p.In(claim))
	}
	for what := range verified {
		if !posted[what] {
			all.add(what.picture, corpus.Digest("verified", what.picture, what.url))
		}
	}
	return all, rows.Err()
}
