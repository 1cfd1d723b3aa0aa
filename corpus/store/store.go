package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Store is an open corpus. Its methods may be called from several goroutines.
type Store struct {
	db     *sql.DB
	engine engine
	name   string        // for messages: without a password
	wait   time.Duration // for other programs
}

// Open opens the corpus that spec names, a file or the address of a PostgreSQL
// database (postgres://USER@HOST/DATABASE). A file is made where there is none; its
// directory, or the database, must be there. The error is one of this package's
// kinds, fs.ErrNotExist for a missing directory, or that of ctx.
func Open(ctx context.Context, spec string) (*Store, error) {
	return open(ctx, spec, DefaultWait)
}

// OpenExisting is Open for a corpus that is there already: where there is none,
// nothing is made and the error is fs.ErrNotExist.
func OpenExisting(ctx context.Context, spec string) (*Store, error) {
	s, err := connect(spec, DefaultWait)
	if err == nil && s.Dialect() == SQLite {
		_, err = os.Stat(spec)
	}
	return s.ready(ctx, err, false)
}

func open(ctx context.Context, spec string, wait time.Duration) (*Store, error) {
	s, err := connect(spec, wait)
	return s.ready(ctx, err, true)
}

// ready gives s with its schema up to date, unless err says that it cannot be. Where
// there is no corpus it is made only if that is wanted.
func (s *Store) ready(ctx context.Context, err error, create bool) (*Store, error) {
	if err == nil {
		err = s.patiently(ctx, func() error { return prepare(ctx, s.engine, s.db, create) })
	}
	if err == nil {
		return s, nil
	}
	if s.db != nil {
		_ = s.db.Close() // what went wrong before says more
	}
	return nil, fmt.Errorf("open corpus %s: %w", s.name, err)
}

// connect gives a Store whose database was not looked at yet. Where it fails, the
// Store has its name alone.
func connect(spec string, wait time.Duration) (*Store, error) {
	if isAddress(spec) {
		db, err := openServer(spec, wait)
		return &Store{name: shownAddress(spec), wait: wait, engine: server{}, db: db}, err
	}
	s := &Store{name: spec, wait: wait, engine: file{}}
	full, err := filepath.Abs(spec)
	if err != nil {
		return s, err
	}
	if err := checkPath(full); err != nil {
		return s, err
	}
	s.db, err = openFile(full, wait)
	return s, err
}

// Close ends the use of the corpus.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close corpus %s: %w", s.name, err)
	}
	return nil
}

// DB is the database itself, for packages that keep tables of their own in it.
func (s *Store) DB() *sql.DB { return s.db }

// Dialect is the kind of database.
func (s *Store) Dialect() Dialect { return s.engine.dialect() }

// Holdings are how much a corpus holds.
type Holdings struct {
	Pictures      int // by content
	Files         int // pictures whose bytes are there
	Claims        int
	Postings      int
	Verdicts      int
	Adjudications int
}

// Holdings counts what the corpus holds.
func (s *Store) Holdings(ctx context.Context) (Holdings, error) {
	var h Holdings
	err := s.patiently(ctx, func() error {
		return s.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM pictures), (SELECT count(*) FROM files),
			(SELECT count(*) FROM claims), (SELECT count(*) FROM postings), (SELECT count(*) FROM verdicts),
			(SELECT count(*) FROM adjudications)`).
			Scan(&h.Pictures, &h.Files, &h.Claims, &h.Postings, &h.Verdicts, &h.Adjudications)
	})
	if err != nil {
		return h, fmt.Errorf("count what corpus %s holds: %w", s.name, err)
	}
	return h, nil
}
