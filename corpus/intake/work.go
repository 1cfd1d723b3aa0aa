package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/store"
)

// work is one import.
type work struct {
	to     Corpus
	report *Report
	find   *finder
	o      Options
	in     *source
	size   int64        // of the file; 0 where it is not known
	read   atomic.Int64 // bytes of it
	seen   int          // pictures
	broken error        // why the source was not read to its end
}

func newWork(to Corpus, r *Report, root *os.Root, name string, size int64, o Options) *work {
	if o.Jobs <= 0 {
		o.Jobs = DefaultJobs
	}
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	w := &work{to: to, report: r, find: newFinder(o.Ignore, o.Keep), o: o, size: size}
	w.in = &source{root: root, name: name, now: o.Now.UTC(), chat: o.Chats,
		note: func(s string) { r.Notes = append(r.Notes, s) },
		read: func(n int) { w.read.Add(int64(n)) }}
	return w
}

// kept is what was decoded and can be kept.
type kept struct {
	items    []store.Item
	pictures int
}

// run reads and decodes on one side, and keeps on the other.
func (w *work) run(ctx context.Context, read reader) error {
	ready, added := make(chan kept), store.Added{}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(ready)
		return w.gather(ctx, read, ready)
	})
	g.Go(func() error {
		for k := range ready {
			a, err := w.keep(ctx, k)
			if err != nil {
				return err
			}
			added = sum(added, a)
		}
		return nil
	})
	err := g.Wait()
	w.report.took(added)
	return errors.Join(err, w.broken)
}

func (w *work) keep(ctx context.Context, k kept) (a store.Added, err error) {
	if len(k.items) > 0 {
		a, err = w.to.Add(ctx, k.items...)
	}
	if err == nil {
		w.tell(k.pictures)
	}
	return a, err
}

func sum(a, b store.Added) store.Added {
	return store.Added{Pictures: a.Pictures + b.Pictures, Claims: a.Claims + b.Claims,
		Postings: a.Postings + b.Postings, Known: a.Known + b.Known, Edited: a.Edited + b.Edited}
}

func (w *work) tell(pictures int) {
	w.seen += pictures
	switch {
	case w.o.Progress == nil:
	case w.size == 0:
		w.o.Progress(int64(w.seen), int64(w.seen), "pictures")
	default:
		pictures := "pictures"
		if w.seen == 1 {
			pictures = "picture"
		}
		w.o.Progress(min(w.read.Load(), w.size), w.size, fmt.Sprintf("bytes; %d %s", w.seen, pictures))
	}
}

// gather reads messages until a batch is full, decodes it, and hands it over.
func (w *work) gather(ctx context.Context, read reader, ready chan<- kept) error {
	var b batch
	for m, err := range read(ctx, w.in) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil { // what stands before is kept
			w.broken = err
			break
		}
		if err := w.take(ctx, &b, m, ready); err != nil {
			return err
		}
	}
	return w.flush(ctx, &b, ready)
}

// take pairs a message and puts it into the batch, picture by picture.
func (w *work) take(ctx context.Context, b *batch, m message, ready chan<- kept) error {
	w.report.Messages++
	if w.o.Channel != "" {
		m.posting.Channel = w.o.Channel
		for i := range m.left {
			m.left[i].Channel = w.o.Channel
		}
	}
	found := w.find.given(m.addresses)
	if m.addresses == nil {
		found = w.find.in(m.search)
	}
	w.report.ignore(found.ignored)
	claims, left := pair(m, found, w.o.Pairing)
	w.report.leave(left)
	for len(claims) > 0 {
		n := 1
		for n < len(claims) && claims[n].picture == claims[0].picture {
			n++
		}
		b.add(m, claims[:n], func(name string) *loaded { return load(w.in.root, name) })
		claims = claims[n:]
		if b.full() {
			if err := w.flush(ctx, b, ready); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *work) flush(ctx context.Context, b *batch, ready chan<- kept) error {
	if len(b.work) == 0 {
		return nil
	}
	if err := b.decode(ctx, w.o.Jobs); err != nil {
		return err
	}
	items, left := b.items(w.o.Now)
	w.report.leave(left)
	pictures := len(b.order)
	*b = batch{}
	select {
	case ready <- kept{items, pictures}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
