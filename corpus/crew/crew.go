// Package crew has several workers work off a list, each with a tool of its own that costs
// much to open, such as a browser.
package crew

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"
)

// Closer is a tool.
type Closer interface{ Close() error }

// Work gives each item of todo to one of n workers, in order. The first error ends all.
func Work[T any, C Closer](ctx context.Context, n int, todo []T, open func(context.Context) (C, error), do func(context.Context, *Tool[C], T) error) error {
	next := make(chan T)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(next)
		for _, item := range todo {
			select {
			case next <- item:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range min(n, len(todo)) {
		g.Go(func() (err error) {
			tool := &Tool[C]{open: open}
			defer func() { err = errors.Join(err, tool.close()) }()
			for item := range next {
				if err := do(ctx, tool, item); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// Tool is what a worker works with. It is opened when it is first used.
type Tool[C Closer] struct {
	open func(context.Context) (C, error)
	got  C
	is   bool // open
}

// Use works with the tool. What fails is tried once more with a new one: a browser that
// died, or grew slow over hundreds of items, is no fault of the item, and is to end no
// run of hours.
func (t *Tool[C]) Use(ctx context.Context, work func(C) error) error {
	err := t.once(ctx, work)
	if err == nil || ctx.Err() != nil || !t.is {
		return err
	}
	_ = t.close() // it may be broken
	return t.once(ctx, work)
}

func (t *Tool[C]) once(ctx context.Context, work func(C) error) (err error) {
	if !t.is {
		if t.got, err = t.open(ctx); err != nil {
			return err
		}
		t.is = true
	}
	return work(t.got)
}

func (t *Tool[C]) close() error {
	if !t.is {
		return nil
	}
	t.is = false
	return t.got.Close()
}
