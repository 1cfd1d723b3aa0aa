package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
)

func (server) named(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) {
		if e.Code == "57014" && ctx.Err() != nil { // cancelled
			return ctx.Err()
		}
		if kind, words := kindOfState(e.Code); kind != nil {
			return &explained{kind, words, err}
		}
		return err
	}
	switch {
	case !isGone(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return &explained{ErrGone, ErrGone.Error(), err}
}

// kindOfState is the kind of a SQLSTATE and what to do about it.
func kindOfState(code string) (kind error, words string) {
	switch code {
	case "40001", "40P01", "55P03", "55006": // serialization, deadlock, lock timeout, object in use
		return ErrLocked, ErrLocked.Error()
	case "42501", "25006": // privilege, read-only transaction
		return ErrReadOnly, "cannot be written: let the user make a schema in the database, or write to the schema " + Schema + ", and name a server that takes changes"
	case "53100": // disk
		return ErrFull, "no room left on the server: make room and run again; what was recorded before is kept"
	case "42P01", "42703", "XX001", "XX002": // no such table or column, corrupted data or index
		return ErrDamaged, "damaged: go back to a copy"
	case "3D000":
		return ErrMissing, ErrMissing.Error()
	case "53300":
		return ErrGone, "the database server has no connection left: end programs that use it, or let it have more (max_connections)"
	}
	switch code[:min(2, len(code))] {
	case "28": // authorization
		return ErrDenied, ErrDenied.Error()
	case "08", "57": // connection, operator's intervention
		return ErrGone, ErrGone.Error()
	}
	return nil, ""
}

// isGone says whether err is about the way to the server. An ended context can come
// back as one, too.
func isGone(err error) bool {
	connect, network := (*pgconn.ConnectError)(nil), net.Error(nil)
	switch {
	case errors.As(err, &connect):
		return true // even if its own time was up
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return false
	}
	return errors.As(err, &network) || pgconn.SafeToRetry(err) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}
