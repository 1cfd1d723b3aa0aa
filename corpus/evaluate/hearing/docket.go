package hearing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
)

// docket is the list of claims that several courts work off, and the file of rows,
// which stand there in the order of the claims, whichever court is done first.
type docket struct {
	o      Options
	corpus *casebook.Corpus
	todo   []casebook.Entry

	mu        sync.Mutex
	file      *os.File
	ready     map[int]rows.Row // by place in todo: heard, and waiting for earlier ones
	written   int              // of todo
	done, all int
}

func (d *docket) work(ctx context.Context) error {
	next := make(chan int)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(next)
		for i := range d.todo {
			select {
			case next <- i:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range min(d.o.Jobs, len(d.todo)) {
		g.Go(func() error { return d.worker(ctx, next) })
	}
	return g.Wait()
}

func (d *docket) worker(ctx context.Context, next <-chan int) (err error) {
	court, err := assemble(ctx, d.o, d.corpus)
	if err != nil {
		return err
	}
	defer func() {
		if court != nil {
			err = errors.Join(err, court.close())
		}
	}()
	for i := range next {
		e := d.todo[i]
		row, err := court.hear(ctx, e)
		if err != nil && ctx.Err() == nil {
			// A browser that died, or grew ill over hundreds of claims, is no fault of
			// the claim.
			_ = court.close()
			if court, err = assemble(ctx, d.o, d.corpus); err != nil {
				return err
			}
			row, err = court.hear(ctx, e)
		}
		if err != nil {
			return fmt.Errorf("claim %s: %w", e.Name, err)
		}
		if err := d.enter(i, row); err != nil {
			return err
		}
	}
	return nil
}

// enter writes the row of claim i, and those that waited for it.
func (d *docket) enter(i int, row rows.Row) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ready[i] = row
	for {
		row, ok := d.ready[d.written]
		if !ok {
			break
		}
		if err := add(d.file, row); err != nil {
			return err
		}
		delete(d.ready, d.written)
		d.written++
	}
	d.done++
	if d.o.Progress != nil {
		d.o.Progress(d.done, d.all, d.todo[i].Name+" "+d.todo[i].Class)
	}
	return nil
}
