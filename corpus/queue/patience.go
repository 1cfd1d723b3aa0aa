package queue

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// between is how long to wait before the database is tried again.
const between = 500 * time.Millisecond

// persist makes a change in one transaction, and again while the database is away,
// until patience is at an end: then the error is ErrAway. Changes are such that
// making one twice, when it is not known whether the first was made, does no harm.
func (q *Queue) persist(ctx context.Context, change func(context.Context, *sql.Tx) error) error {
	return q.patiently(ctx, func() error {
		return q.store.Do(ctx, func(tx *sql.Tx) error { return change(ctx, tx) })
	})
}

// patiently does something with the database until it is there.
func (q *Queue) patiently(ctx context.Context, do func() error) error {
	end := time.Now().Add(q.opts.Patience)
	for {
		err := do()
		if err == nil || ctx.Err() != nil || !away(err) {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("%w for %s: %w", ErrAway, q.opts.Patience, err)
		}
		q.opts.Logger.Warn("the corpus does not answer", "error", err)
		if err := sleep(ctx, between); err != nil {
			return err
		}
	}
}

// away says whether an error may go by itself.
func away(err error) bool {
	var network net.Error
	for _, kind := range []error{store.ErrGone, store.ErrLocked, store.ErrFull, driver.ErrBadConn, sql.ErrConnDone, pgconn.ErrConnClosed} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return errors.As(err, &network) || pgconn.SafeToRetry(err) // such as a connection that was found closed
}

// record reads a claim with its picture.
func (q *Queue) record(ctx context.Context, id string) (*corpus.Record, error) {
	var r *corpus.Record
	err := q.patiently(ctx, func() (err error) {
		if r, err = q.store.Claim(ctx, id); err == nil {
			r.Claim.Picture, err = q.store.File(ctx, r.Picture.SHA256)
		}
		return err
	})
	return r, err
}
