package hearing

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/defacecheck/defacecheck/corpus/crew"
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
	places := make([]int, len(d.todo))
	for i := range places {
		places[i] = i
	}
	return crew.Work(ctx, d.o.Jobs, places, func(ctx context.Context) (*court, error) { return assemble(ctx, d.o, d.corpus) }, d.hear)
}

// hear has claim i judged and enters its row.
func (d *docket) hear(ctx context.Context, tool *crew.Tool[*court], i int) error {
	var row rows.Row
	err := tool.Use(ctx, func(c *court) (err error) {
		row, err = c.hear(ctx, d.todo[i])
		return err
	})
	if err != nil {
		return fmt.Errorf("claim %s: %w", d.todo[i].Name, err)
	}
	return d.enter(i, row)
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
