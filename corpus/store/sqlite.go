package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// applicationID marks a SQLite file as a corpus, in the header field that SQLite
// has for it: "dfck".
const applicationID = 0x6466636b

// dsn names the file at path, whatever characters it holds, and says how it is
// used. The file may have come from somebody else: its schema is not trusted to
// call functions, and statements cannot be made to corrupt it.
func dsn(path string, wait time.Duration) string {
	q := url.Values{
		"_busy_timeout": {strconv.FormatInt(min(wait, stretch).Milliseconds(), 10)},
		"_defensive":    {"1"},
		"_dqs":          {"0"},
		"_error_rc":     {"1"},
		"_foreign_keys": {"1"},
		"_pragma":       {"trusted_schema(0)", "cell_size_check(1)"},
		"_synchronous":  {"EXTRA"},     // a commit is durable only when the journal's removal is
		"_txlock":       {"immediate"}, // a transaction that only later asks to write can deadlock
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// smallestPage is the least that a SQLite file with anything in it has, in
// bytes. SQLite itself takes some shorter files for empty databases and would
// write over them.
const smallestPage = 512

// checkPath refuses what SQLite would explain badly or treat as an empty
// database. It does not open the file: closing it again would drop the locks
// that another Store of this process holds on it.
func checkPath(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return ErrNotFile
	case err == nil && info.Size() > 0 && info.Size() < smallestPage:
		return ErrNotDatabase
	case err == nil || !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("its directory must be there first: %w", err)
	}
	return nil
}

// openFile gives a database of one connection: goroutines then queue here and
// not at SQLite's file lock, which is not fair.
func openFile(path string, wait time.Duration) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn(path, wait))
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(1)
	return db, nil
}

// file is the engine of a SQLite file.
type file struct{}

func (file) dialect() Dialect { return SQLite }

// lock has nothing to do: a transaction has the file for itself from its begin.
func (file) lock(context.Context, *sql.Tx) error { return nil }

func (file) identify(ctx context.Context, tx *sql.Tx) (fresh bool, err error) {
	var id int64
	if err := tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return false, err
	}
	var objects int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&objects); err != nil {
		return false, err
	}
	switch {
	case id == applicationID:
		return false, nil
	case id == 0 && objects == 0:
		return true, nil
	}
	return false, ErrForeign
}

func (file) begin(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; %s", applicationID, listOfMigrations))
	return err
}

func (file) named(ctx context.Context, err error) error {
	e := (*sqlite.Error)(nil)
	if err == nil || !errors.As(err, &e) {
		return err
	}
	primary := e.Code() & 0xff
	if primary == sqlite3.SQLITE_INTERRUPT && ctx.Err() != nil {
		return ctx.Err()
	}
	switch kind := kindOf(primary); {
	case e.Code() == sqlite3.SQLITE_READONLY_DBMOVED:
		return &explained{ErrGone, "moved or deleted while it was in use: put it back and run again", err}
	case primary == sqlite3.SQLITE_IOERR:
		return &explained{ErrGone, "the disk failed: see whether it is there and sound, and run again; what was recorded before is kept", err}
	case kind != nil:
		return fmt.Errorf("%w (%w)", kind, err)
	}
	return err
}

func kindOf(code int) error {
	switch code {
	case sqlite3.SQLITE_NOTADB:
		return ErrNotDatabase
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR: // no such table or column
		return ErrDamaged
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return ErrLocked
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return ErrReadOnly
	case sqlite3.SQLITE_FULL:
		return ErrFull
	}
	return nil
}
