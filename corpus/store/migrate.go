package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// Migrations are applied in the order of their names, each once. One that was
// released is never changed: a later one changes what it made.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migration is one step of the schema. Versions count from 1.
type migration struct {
	version int
	name    string
	sql     string
	then    func(context.Context, *sql.Tx) error // what SQL that both databases take cannot do; may be nil
}

// steps are all migrations this program knows.
func steps() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql") // sorted
	if err != nil {
		return nil, err
	}
	all := make([]migration, len(names))
	for i, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all[i] = migration{version: i + 1, name: name, sql: string(text)}
		switch name {
		case "migrations/0002_postings.sql":
			all[i].then = unfoldAll
		case "migrations/0005_edits.sql":
			all[i].then = namePosts
		}
	}
	return all, nil
}

// prepare brings the schema up to date, all in one transaction: a program that
// is killed here leaves the file as it found it. Where there is nothing to do it
// tries to write and takes it back. An empty database becomes a corpus only if
// create says so.
func prepare(ctx context.Context, e engine, db *sql.DB, create bool) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := e.lock(ctx, tx); err != nil {
		return err
	}
	fresh, err := e.identify(ctx, tx)
	if err != nil {
		return err
	}
	if fresh && !create {
		return fmt.Errorf("there is no corpus in it: %w", fs.ErrNotExist)
	}
	if fresh {
		if err := e.begin(ctx, tx); err != nil {
			return err
		}
	}
	applied, err := migrate(ctx, tx)
	if err != nil {
		return err
	}
	if applied == 0 {
		_, err := tx.ExecContext(ctx, "UPDATE migrations SET name = name")
		return err
	}
	return tx.Commit()
}

// listOfMigrations makes the list of those that were applied.
const listOfMigrations = "CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"

// migrate applies what is missing and returns how many steps that were.
func migrate(ctx context.Context, tx *sql.Tx) (int, error) {
	all, err := steps()
	if err != nil {
		return 0, err
	}
	var at int
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(version), 0) FROM migrations").Scan(&at); err != nil {
		return 0, fmt.Errorf("read its version: %w", err)
	}
	if at > len(all) {
		return 0, fmt.Errorf("%w (its schema is %d, known here is %d)", ErrNewer, at, len(all))
	}
	for _, m := range all[at:] {
		if err := m.apply(ctx, tx); err != nil {
			return 0, fmt.Errorf("apply %s: %w", m.name, err)
		}
	}
	return len(all) - at, nil
}

func (m migration) apply(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	if m.then != nil {
		if err := m.then(ctx, tx); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO migrations VALUES ($1, $2)", m.version, m.name)
	return err
}
