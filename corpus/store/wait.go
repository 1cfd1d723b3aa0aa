package store

import (
	"context"
	"errors"
	"time"
)

// DefaultWait is how long another process is waited for before ErrLocked. A
// commit takes milliseconds and a look through a million pictures seconds; who
// holds the file longer is stuck or is another tool.
const DefaultWait = 10 * time.Second

const (
	// stretch is how long SQLite waits by itself. It does not hear meanwhile that
	// the context ended, so it is short; but while it waits to commit it keeps
	// new readers out, so it is longer than they usually take.
	stretch = time.Second

	// pause lies between two attempts, for the cases in which SQLite sees that
	// waiting is in vain and answers at once.
	pause = 10 * time.Millisecond
)

// patiently does something that changes the database wholly or not at all, and
// again while another process holds the file, until wait is over. Errors come
// back with their kinds.
func patiently(ctx context.Context, wait time.Duration, do func() error) error {
	end := time.Now().Add(wait)
	for {
		err := named(ctx, do())
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
