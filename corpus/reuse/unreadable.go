package reuse

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// Unreadable is a picture of the corpus that is compared with none, because what is kept of it
// is damaged or cannot be decoded.
type Unreadable struct {
	SHA256 string
	Err    error // wraps store.ErrDamaged, or says why the file is no picture
}

// Unreadable are the pictures that could not be read since the corpus was opened, by SHA-256. A file
// that is no picture is decoded once; of those of earlier runs nothing is told.
func (f *Finder) Unreadable() []Unreadable {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]Unreadable, 0, len(f.unread))
	for sum, err := range f.unread {
		all = append(all, Unreadable{sum, err})
	}
	slices.SortFunc(all, func(a, b Unreadable) int { return cmp.Compare(a.SHA256, b.SHA256) })
	return all
}

// note keeps why a picture cannot be read; the first reason stays.
func (f *Finder) note(sum string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.unread[sum] == nil {
		f.unread[sum] = err
	}
}

// read decodes a picture; nil where it cannot be decoded.
func (f *Finder) read(ctx context.Context, sum string, data []byte) (*picture.Picture, error) {
	p, err := picture.Read(ctx, data)
	if err == nil {
		return p, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f.note(sum, fmt.Errorf("read picture %.12q of the corpus: %w", sum, err))
	return nil, nil
}
