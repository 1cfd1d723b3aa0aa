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

// paired is a picture of a message, and what is claimed of it.
type paired struct {
	message message
	claims  []claimed // of one picture
}

func (b *batch) full() bool {
	return len(b.order) >= batchPictures || b.bytes >= batchBytes || b.pairs >= batchPairs
}

// add takes in what a message claims of one picture, whose file read reads.
func (b *batch) add(m message, claims []claimed, read func(name string) *loaded) {
	if b.pictures == nil {
		b.pictures = map[string]*loaded{}
	}
	b.work, b.pairs = append(b.work, paired{m, claims}), b.pairs+len(claims)
	name := claims[0].picture
	if b.pictures[name] != nil {
		return
	}
	l := read(name)
	b.pictures[name], b.order = l, append(b.order, name)
	b.bytes += len(l.file)
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
		name := p.claims[0].picture
		l := b.pictures[name]
		if l.refused != nil {
			why := p.message.where(l.refused.why, l.refused.detail)
			why.Picture = name
			left = append(left, why)
			continue
		}
		for _, c := range p.claims {
			posting := p.message.posting
			posting.URL, posting.Name = c.url, path.Base(l.name)
			items = append(items, store.Item{Posting: posting, Picture: l.picture, File: l.file, ReadAt: readAt})
		}
	}
	return items, left
}
