package store

import (
	"context"
	"database/sql"
)

// Dialect is the kind of database that a corpus is kept in.
type Dialect string

// The dialects.
const (
	SQLite     Dialect = "sqlite"
	PostgreSQL Dialect = "postgresql"
)

// engine is what the kinds of database do differently.
type engine interface {
	dialect() Dialect
	// lock keeps other programs from changing the schema until tx ends.
	lock(ctx context.Context, tx *sql.Tx) error
	// identify says whether the database is an empty one, and refuses those of
	// other programs.
	identify(ctx context.Context, tx *sql.Tx) (fresh bool, err error)
	// begin makes an empty database one of ours, with an empty list of migrations.
	begin(ctx context.Context, tx *sql.Tx) error
	// named puts the kind of failure in front of what the database says. An end of
	// ctx stays what it is.
	named(ctx context.Context, err error) error
}
