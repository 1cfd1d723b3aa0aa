package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// Schema is the PostgreSQL schema in which a corpus is kept: it can share a
// database with other things, and no other schema is ever looked into.
const Schema = "defacecheck"

// mark is the comment by which a corpus is known.
const mark = "defacecheck corpus"

// connections bounds those of one Store: a worker has one browser, and a server has
// some hundred for everybody.
const connections = 8

// isAddress says whether spec is meant as an address and not as a file's path, which
// may begin with the letter of a drive.
// Other schemes than PostgreSQL's are too: a slip of the pen must not end as a path
// in a message, with the password in it.
func isAddress(spec string) bool {
	return regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]+://`).MatchString(spec)
}

// shownAddress is an address without its password and its options.
func shownAddress(spec string) string {
	u, err := url.Parse(spec)
	if err != nil || u.Opaque != "" {
		return "at an address that cannot be read"
	}
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if u.User != nil {
		shown.User = url.User(u.User.Username())
	}
	return shown.String()
}

// openServer gives a database of the server at an address.
func openServer(spec string, wait time.Duration) (*sql.DB, error) {
	u, err := url.Parse(spec)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, ErrAddress
	}
	cfg, err := pgx.ParseConfig(spec)
	if err != nil {
		return nil, badAddress(u, err)
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = wait
	}
	for name, value := range map[string]string{
		"search_path": Schema, "application_name": "defacecheck", "lock_timeout": strconv.FormatInt(wait.Milliseconds(), 10),
	} {
		cfg.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// badAddress says what is wrong with an address, unless that repeats a secret.
func badAddress(u *url.URL, err error) error {
	why := errors.Unwrap(err)
	if why == nil {
		return ErrAddress
	}
	secrets := []string{u.RawQuery}
	if pass, ok := u.User.Password(); ok {
		secrets = append(secrets, pass, u.User.String())
	}
	for _, values := range u.Query() {
		secrets = append(secrets, values...)
	}
	for _, s := range secrets {
		if s != "" && strings.Contains(why.Error(), s) {
			return ErrAddress
		}
	}
	return &explained{ErrAddress, ErrAddress.Error(), why}
}

// server is the engine of a PostgreSQL database.
type server struct{}

func (server) dialect() Dialect { return PostgreSQL }

// lock is let go of by itself when the transaction ends.
func (server) lock(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(applicationID))
	return err
}

// identify takes a schema without anything in it for an empty one: a server's keeper
// can make it for a user who may not.
func (server) identify(ctx context.Context, tx *sql.Tx) (fresh bool, err error) {
	var letters, comment string
	var objects int
	err = tx.QueryRowContext(ctx, `SELECT pg_encoding_to_char(encoding),
		coalesce(obj_description(to_regclass($1), 'pg_class'), ''),
		(SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace($2)) +
		(SELECT count(*) FROM pg_proc WHERE pronamespace = to_regnamespace($2))
		FROM pg_database WHERE datname = current_database()`, Schema+".migrations", Schema).Scan(&letters, &comment, &objects)
	switch {
	case err != nil:
		return false, err
	case letters != "UTF8":
		return false, ErrLetters
	case comment == mark:
		return false, nil
	case objects == 0:
		return true, nil
	}
	return false, &explained{ErrForeign, "its schema " + Schema + " is another program's: name another database", errors.New("it has no list of migrations of ours")}
}

func (server) begin(ctx context.Context, tx *sql.Tx) error {
	var missing bool
	if err := tx.QueryRowContext(ctx, "SELECT to_regnamespace($1) IS NULL", Schema).Scan(&missing); err != nil {
		return err
	}
	if missing {
		if _, err := tx.ExecContext(ctx, "CREATE SCHEMA "+Schema); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, listOfMigrations); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "COMMENT ON TABLE migrations IS '"+mark+"'")
	return err
}
