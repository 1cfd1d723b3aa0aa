package intake

import (
	"context"
	"path"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/store"
)

const (
	// batchPictures and batchBytes are how much is decoded, and then kept, at once:
	// enough for the database, little for memory.
	batchPictures = 64
	batchBytes    = 32 << 20
	// batchPairs bounds the postings of one transaction.
	batchPairs = 5000
)

// batch is some messages with their pictures, each read once.
type batch struct {
	work     []paired
	pictures map[string]*loaded // by path
	order    []string           // of the paths
	bytes    int
	pairs    int
}

// paired is a message and what it claims.
type paired struct {
	message message
	claims  []claimed
}

func (b *batch) full() bool {
	return len(b.order) >= batchPictures || b.bytes >= batchBytes || b.pairs >= batchPairs
}

// add takes a message in, with files read by read.
func (b *batch) add(p paired, read func(name string) ([]byte, *refusal)) {
	if b.pictures == nil {
		b.pictures = map[string]*loaded{}
	}
	b.work, b.pairs = append(b.work, p), b.pairs+len(p.claims)
	for _, c := range p.claims {
		if b.pictures[c.picture] != nil {
			continue
		}
		data, refused := read(c.picture)
		b.pictures[c.picture], b.order = &loaded{file: data, refused: refused}, append(b.order, c.picture)
		b.bytes += len(data)
	}
}

// decode looks at every picture, jobs at a time.
func (b *batch) decode(ctx context.Context, jobs int) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(jobs)
	for _, name := range b.order {
		l := b.pictures[name]
		if l.refused != nil {
			continue
		}
		g.Go(func() (err error) {
			l.picture, l.refused, err = look(ctx, l.file)
			return err
		})
	}
	return g.Wait()
}

// items are the batch's postings, and what is left because of its pictures.
func (b *batch) items(readAt time.Time) ([]store.Item, []Left) {
	var items []store.Item
	var left []Left
	for _, p := range b.work {
		told := map[string]bool{}
		for _, c := range p.claims {
			l := b.pictures[c.picture]
			if l.refused == nil {
				posting := p.message.posting
				posting.URL, posting.Name = c.url, path.Base(c.picture)
				items = append(items, store.Item{Posting: posting, Picture: l.picture, File: l.file, ReadAt: readAt})
			} else if !told[c.picture] {
				told[c.picture] = true
				why := p.message.where(l.refused.why, l.refused.detail)
				why.Picture = c.picture
				left = append(left, why)
			}
		}
	}
	return items, left
}
