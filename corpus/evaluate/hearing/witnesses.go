package hearing

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// clock shows the time for which a claim was made, and goes on from there.
type clock struct {
	mu        sync.Mutex
	at, began time.Time
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.began = t, time.Now()
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at.Add(time.Since(c.began))
}

// witnesses are those of one claim: the shared browser and the claim's archive. What
// they saw first is kept for the baselines.
type witnesses struct {
	browser *browser.Browser
	archive archive.Archive
	plain   plainly
}

func (t *court) summon(ctx context.Context, e casebook.Entry, c casebook.Claim) (*witnesses, error) {
	a, err := archive.Open(ctx, t.corpus.Path(e, c.Archive), archive.Options{Clock: t.clock.now})
	if err != nil {
		return nil, err
	}
	return &witnesses{browser: t.browser, archive: a}, nil
}

// Live implements verify.Witnesses.
func (w *witnesses) Live(ctx context.Context, r capture.Request) (*capture.Capture, error) {
	r.Source = nil
	c, err := w.browser.Capture(ctx, r)
	w.plain.live(c)
	return c, err
}

// Replay implements verify.Witnesses.
func (w *witnesses) Replay(ctx context.Context, m capture.Memento, r capture.Request) (*capture.Capture, error) {
	r.Source, r.At = w.archive, m.At
	c, err := w.browser.Capture(ctx, r)
	w.plain.archived(c, m.At)
	return c, err
}

// TimeMap implements verify.Witnesses.
func (w *witnesses) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, []capture.Trouble) {
	tm, err := w.archive.TimeMap(ctx, url, from, to)
	if err != nil {
		return nil, []capture.Trouble{{Source: w.archive.Name(), Err: err}}
	}
	return tm, nil
}

// known makes a corpus of the claims that a judge of c knows already, in dir.
func (t *court) known(ctx context.Context, dir string, e casebook.Entry, c casebook.Claim) (*store.Store, error) {
	s, err := store.Open(ctx, filepath.Join(dir, "corpus"))
	if err != nil {
		return nil, err
	}
	for _, x := range c.Earlier {
		item, err := t.posted(ctx, e, x)
		if err == nil {
			_, err = s.Add(ctx, item)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read earlier picture: %w", err), s.Close())
		}
	}
	return s, nil
}

// posted is an earlier claim as a posting.
func (t *court) posted(ctx context.Context, e casebook.Entry, x casebook.Earlier) (item store.Item, err error) {
	if item.File, err = os.ReadFile(t.corpus.Path(e, x.Picture)); err != nil {
		return item, err
	}
	pic, err := picture.Read(ctx, item.File)
	if err != nil {
		return item, err
	}
	item.Picture = corpus.Picture{SHA256: pic.SHA256, Bytes: pic.Bytes, Format: string(pic.Format),
		Width: pic.Width, Height: pic.Height, Print: imprint.Of(pic.Image)}
	item.Posting = corpus.Posting{URL: x.URL, Name: x.Picture, Message: x.Picture}
	if item.Posting.ClaimedAt, err = verify.ParseSpan(x.ClaimedAt); err != nil {
		return item, err
	}
	item.Posting.PostedAt, err = verify.ParseSpan(x.PostedAt)
	item.ReadAt = item.Posting.PostedAt.To
	return item, err
}
