package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// DefaultWait is how long another program is waited for before ErrLocked. A
// commit takes milliseconds and a look through a million pictures seconds; who
// holds the corpus longer is stuck or is another tool.
const DefaultWait = 10 * time.Second

const (
	// stretch is how long SQLite waits by itself. It does not hear meanwhile that
	// the context ended, so it is short; but while it waits to commit it keeps
	// new readers out, so it is longer than they usually take.
	stretch = time.Second

	// pause lies between two attempts, for the cases in which the database sees
	// that waiting is in vain and answers at once.
	pause = 10 * time.Millisecond
)

// Do runs f in one transaction, which is committed when f returns nil: then all of
// it is on the disk, and otherwise nothing. While another program holds the corpus
// f is run again, so it must do nothing outside tx that cannot be done twice. f must
// use no method of the Store that takes no tx: with a file it would wait for itself.
func (s *Store) Do(ctx context.Context, f func(tx *sql.Tx) error) error {
	if err := s.do(ctx, f); err != nil {
		return fmt.Errorf("change corpus %s: %w", s.name, err)
	}
	return nil
}

func (s *Store) do(ctx context.Context, f func(tx *sql.Tx) error) error {
	return s.patiently(ctx, func() error {
		tx, err := s.db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if err := f(tx); err != nil {
			return err
		}
		return tx.Commit()
	})
}

func (s *Store) patiently(ctx context.Context, do func() error) error {
	return patiently(ctx, s.engine, s.wait, do)
}

// patiently does something that changes the database wholly or not at all, and
// again while another program holds it, until wait is over. Errors come back
// with their kinds.
func patiently(ctx context.Context, e engine, wait time.Duration, do func() error) error {
	end := time.Now().Add(wait)
	for {
		err := e.named(ctx, do())
		if !errors.Is(err, ErrLocked) || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
