package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
)

// postOf names a message across all that it claims; "" where it has no name of its own.
func postOf(channel, message string) string {
	if message == "" {
		return ""
	}
	return corpus.Digest(channel, message)
}

// edit is a row of edits.
type edit struct{ post, at, text string }

// keepEdits keeps what messages said when they were read later than a version that is known, and
// says of how many that is new. It takes them in one order, as Add does.
func keepEdits(ctx context.Context, tx *sql.Tx, items []Item) (int, error) {
	var all []edit
	for i := range items {
		p := &items[i].Posting
		if post := postOf(p.Channel, p.Message); post != "" && !p.EditedAt.IsZero() {
			all = append(all, edit{post, corpus.Stamp(p.EditedAt), p.Text})
		}
	}
	slices.SortStableFunc(all, func(a, b edit) int { return cmp.Or(cmp.Compare(a.post, b.post), cmp.Compare(a.at, b.at)) })
	all = slices.CompactFunc(all, func(a, b edit) bool { return a.post == b.post && a.at == b.at })
	kept := 0
	for _, e := range all {
		var older bool
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM postings WHERE post = $1 AND edited_at < $2)", e.post, e.at).Scan(&older)
		n := 0
		if err == nil && older {
			n, err = e.insert(ctx, tx)
		}
		if err != nil {
			return 0, err
		}
		kept += n
	}
	return kept, nil
}

func (e edit) insert(ctx context.Context, tx *sql.Tx) (int, error) {
	return change(ctx, tx, "INSERT INTO edits (post, edited_at, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", e.post, e.at, []byte(e.text))
}

// restoreEdits puts back what the messages of a claim said later.
func restoreEdits(ctx context.Context, tx *sql.Tx, all []corpus.Edit) error {
	for _, e := range all {
		if _, err := (edit{postOf(e.Channel, e.Message), corpus.Stamp(e.At), e.Text}).insert(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// checkEdit refuses one that would not come back with the record: it must be of a message
// that posted the claim, and later than what is kept of that.
func checkEdit(e corpus.Edit, postings []corpus.Posting) error {
	of := func(p corpus.Posting) bool {
		return p.Message != "" && p.Channel == e.Channel && p.Message == e.Message && corpus.Stamp(p.EditedAt) < corpus.Stamp(e.At)
	}
	if !slices.ContainsFunc(postings, of) || !lasting(e.At) {
		return fmt.Errorf("%w: an edit of %s that none of its messages had", ErrIncomplete, e.At.UTC().Format(time.RFC3339))
	}
	return nil
}

// scanEdit reads what a message of a claim said later.
func scanEdit(rows *sql.Rows, known map[string]*corpus.Record) error {
	var claim string
	var e corpus.Edit
	err := rows.Scan(&claim, &e.Channel, &e.Message, moment{&e.At}, &e.Text)
	r := of(known, claim)
	r.Edits = append(r.Edits, e)
	return err
}

// named is a posting whose message has a name.
type named struct{ id, post string }

// namePosts names the messages of the postings of a corpus that was made before that was done.
func namePosts(ctx context.Context, tx *sql.Tx) error {
	last := ""
	for {
		page, end, err := postsBehind(ctx, tx, last)
		if err != nil || end == "" {
			return err
		}
		for _, n := range page {
			if _, err := tx.ExecContext(ctx, "UPDATE postings SET post = $1 WHERE id = $2", n.post, n.id); err != nil {
				return err
			}
		}
		last = end
	}
}

// postsBehind reads some postings behind an id, and says at which it ended; "" at the end.
func postsBehind(ctx context.Context, tx *sql.Tx, last string) (page []named, end string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, channel, message FROM postings WHERE id > $1 ORDER BY id LIMIT $2", last, maxValues)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	for rows.Next() {
		var channel, message string
		if err := rows.Scan(&end, &channel, &message); err != nil {
			return nil, "", err
		}
		if post := postOf(channel, message); post != "" {
			page = append(page, named{end, post})
		}
	}
	return page, end, rows.Err()
}
