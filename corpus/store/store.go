package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"time"
)

// Store is an open corpus. Its methods may be called from several goroutines.
type Store struct {
	db   *sql.DB
	path string        // as it was given, for messages
	wait time.Duration // for other processes
}

// Open opens the corpus in the file at path, and makes it where there is none;
// its directory must be there. The error is one of this package's kinds,
// fs.ErrNotExist for a missing directory, or that of ctx.
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, DefaultWait)
}

func open(ctx context.Context, path string, wait time.Duration) (*Store, error) {
	fail := func(err error) (*Store, error) {
		return nil, fmt.Errorf("open corpus %s: %w", path, err)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return fail(err)
	}
	if err := checkPath(full); err != nil {
		return fail(err)
	}
	db, err := connect(full, wait)
	if err != nil {
		return fail(err)
	}
	if err := patiently(ctx, wait, func() error { return prepare(ctx, db) }); err != nil {
		_ = db.Close() // what went wrong before says more
		return fail(err)
	}
	return &Store{db: db, path: path, wait: wait}, nil
}

// Close ends the use of the file.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close corpus %s: %w", s.path, err)
	}
	return nil
}

// Holdings are how much a corpus holds.
type Holdings struct {
	Pictures int // by content
	Claims   int
	Verdicts int
}

// Holdings counts what the corpus holds.
func (s *Store) Holdings(ctx context.Context) (Holdings, error) {
	var h Holdings
	err := patiently(ctx, s.wait, func() error {
		return s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM pictures),
			(SELECT count(*) FROM claims), (SELECT count(*) FROM verdicts)`).Scan(&h.Pictures, &h.Claims, &h.Verdicts)
	})
	if err != nil {
		return h, fmt.Errorf("count what corpus %s holds: %w", s.path, err)
	}
	return h, nil
}
