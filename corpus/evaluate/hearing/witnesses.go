package hearing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
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

// earlier are the claims that a judge knows already.
type earlier []known

type known struct {
	claim  verify.Precedent
	sha256 string
	print  imprint.Imprint
}

func (t *court) precedents(ctx context.Context, e casebook.Entry, c casebook.Claim) (earlier, error) {
	out := earlier{}
	for _, x := range c.Earlier {
		data, err := os.ReadFile(t.corpus.Path(e, x.Picture))
		if err != nil {
			return nil, err
		}
		pic, err := picture.Read(ctx, data)
		if err != nil {
			return nil, fmt.Errorf("read earlier picture: %w", err)
		}
		k := known{claim: verify.Precedent{Name: x.Picture, URL: x.URL}, print: imprint.Of(pic.Image)}
		sum := sha256.Sum256(data)
		k.sha256 = hex.EncodeToString(sum[:])
		if k.claim.Claimed, err = verify.ParseSpan(x.ClaimedAt); err != nil {
			return nil, err
		}
		if k.claim.Posted, err = verify.ParseSpan(x.PostedAt); err != nil {
			return nil, err
		}
		k.claim.Seen = k.claim.Posted.To
		out = append(out, k)
	}
	return out, nil
}

// Find implements verify.Precedents as a store does.
func (e earlier) Find(_ context.Context, sha256 string, i imprint.Imprint) (found []verify.Precedent, err error) {
	for _, k := range e {
		p := k.claim
		d, err := imprint.Distance(i, k.print)
		switch {
		case k.sha256 == sha256:
			p.Identical = true
		case err != nil || d.Difference256 > store.Radius:
			continue
		default:
			p.Bits = d.Difference256
		}
		found = append(found, p)
	}
	return found, nil
}
