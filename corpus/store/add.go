package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// Item is a posting to be taken in, with its picture.
type Item struct {
	Posting corpus.Posting
	Picture corpus.Picture
	File    []byte    // the picture's bytes; nil where they are not to be had
	ReadAt  time.Time // when the program was given it; zero is now
}

// Added says what came of items.
type Added struct {
	Pictures int // that were new
	Files    int // that were new, or replace damaged ones
	Claims   int // that were new
	Postings int // that were new
	Known    int // postings that were there already
	Edited   int // messages of which an older version is there, and this one was not
}

// Add takes in postings, all or none. A posting is known by its claim, its channel
// and its message: one that is there already stays as it was read first, and where
// it was read does not matter. What is missing of it, such as the picture's bytes, or is
// damaged is added all the same, and where its message was edited after a version that is there,
// the later text is kept beside it (corpus.Edit), whatever it claims by then. Errors wrap
// ErrIncomplete where an item cannot be kept, and name it by its origin.
func (s *Store) Add(ctx context.Context, items ...Item) (Added, error) {
	var a Added
	for i := range items {
		if err := items[i].check(); err != nil {
			return a, fmt.Errorf("add to corpus %s: item %d (%.200q): %w", s.name, i+1, items[i].Posting.Origin, err)
		}
	}
	// In one order for everybody: two who add the same pictures in different ones
	// would wait for each other, which PostgreSQL ends after a second.
	ordered := slices.SortedStableFunc(slices.Values(items), before)
	err := s.do(ctx, func(tx *sql.Tx) error {
		a = Added{}
		for i := range ordered {
			if err := a.add(ctx, tx, &ordered[i]); err != nil {
				return err
			}
		}
		var err error
		a.Edited, err = keepEdits(ctx, tx, ordered)
		return err
	})
	if err != nil {
		return Added{}, fmt.Errorf("add to corpus %s: %w", s.name, err)
	}
	return a, nil
}

// before orders items by what their rows are known by.
func before(a, b Item) int {
	p, q := &a.Posting, &b.Posting
	return cmp.Or(cmp.Compare(a.Picture.SHA256, b.Picture.SHA256), cmp.Compare(p.URL, q.URL),
		p.PostedAt.From.Compare(q.PostedAt.From), p.ClaimedAt.From.Compare(q.ClaimedAt.From),
		cmp.Compare(p.Channel, q.Channel), cmp.Compare(p.Message, q.Message))
}

// check refuses what would not come back as it went in.
func (i *Item) check() error {
	if err := checkDigest(i.Picture.SHA256); err != nil {
		return err
	}
	p := &i.Posting
	switch {
	case p.URL == "":
		return fmt.Errorf("%w: no address", ErrIncomplete)
	case !lasting(p.ClaimedAt.From, p.ClaimedAt.To, p.PostedAt.From, p.PostedAt.To, p.EditedAt, i.ReadAt):
		return fmt.Errorf("%w: a time beyond the year 9999", ErrIncomplete)
	case i.File == nil:
		return nil
	}
	if sum := sha256.Sum256(i.File); hex.EncodeToString(sum[:]) != i.Picture.SHA256 {
		return fmt.Errorf("%w: the file is not the picture %.12s", ErrIncomplete, i.Picture.SHA256)
	}
	return nil
}

// claim is what the posting claims.
func (i *Item) claim() verify.Claim {
	p := &i.Posting
	c := verify.Claim{Name: p.Name, URL: p.URL, ClaimedAt: p.ClaimedAt, PostedAt: p.PostedAt,
		Notifier: p.Notifier, Words: p.Words, ReadAt: i.ReadAt}
	if c.ReadAt.IsZero() {
		c.ReadAt = time.Now()
	}
	return c
}

func (a *Added) add(ctx context.Context, tx *sql.Tx, i *Item) error {
	n, err := insertPicture(ctx, tx, i.Picture)
	if err != nil {
		return err
	}
	a.Pictures += n
	if n, err = insertFile(ctx, tx, i.Picture.SHA256, i.File); err != nil {
		return err
	}
	a.Files += n
	claim := i.claim()
	if n, err = insertClaim(ctx, tx, i.Picture.SHA256, claim); err != nil {
		return err
	}
	a.Claims += n
	if n, err = insertPosting(ctx, tx, claimID(i.Picture.SHA256, claim), i.Posting); err != nil {
		return err
	}
	a.Postings += n
	a.Known += 1 - n
	return nil
}

func insertPosting(ctx context.Context, tx *sql.Tx, claim string, p corpus.Posting) (int, error) {
	return change(ctx, tx, `INSERT INTO postings (id, claim, channel, source, message, post, text, forwarded, edited_at, origin, name, notifier, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`,
		corpus.Digest(claim, p.Channel, p.Message), claim, []byte(p.Channel), corpus.Digest(p.Channel), []byte(p.Message), postOf(p.Channel, p.Message),
		[]byte(p.Text), []byte(p.Forwarded), corpus.Stamp(p.EditedAt), []byte(p.Origin), []byte(p.Name), []byte(p.Notifier), []byte(p.Words))
}
