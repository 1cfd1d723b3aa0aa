package casebook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// attempts is how many pages are tried for a claim: of old versions one in some that are
// drawn can be told from the new one.
const attempts = 60

// makeClaim makes claim name in a temporary directory and puts it in place whole.
func (m *maker) makeClaim(ctx context.Context, s *studio, name string, c Class) error {
	var last error
	for attempt := range attempts {
		p := newPlan(m.o.Seed, name, c, m.book, attempt)
		err := m.tryClaim(ctx, s, p, attempt)
		if !errors.Is(err, errUnsuitable) {
			return err
		}
		last = err
	}
	return fmt.Errorf("%d pages were tried: %w", attempts, last)
}

func (m *maker) tryClaim(ctx context.Context, s *studio, p *plan, attempt int) error {
	pic, err := s.take(ctx, p)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(m.work(), "claim-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	w := &writer{dir: dir}
	claim := p.claim()
	if p.before.site != nil {
		if pic, err = m.writeEarlier(ctx, s, w, p, pic, &claim); err != nil {
			return err
		}
	}
	claim.Picture = "picture" + pic.ext
	sum := sha256.Sum256(pic.file)
	claim.SHA256 = hex.EncodeToString(sum[:])
	w.write(claim.Picture, pic.file)
	known := p.known(pic, attempt)
	if known.Imprint, err = printOf(pic.file); err != nil {
		return err
	}
	if pic.mask != nil {
		known.Mask = "mask.png"
		data, err := encodePNG(pic.mask)
		w.fail(err)
		w.write(known.Mask, data)
	}
	data, err := p.warc(m.o.Seed)
	w.fail(err)
	w.write(claim.Archive, data)
	w.fail(m.writeLive(w, p, &claim))
	w.json(ClaimName, claim)
	w.json(TruthName, known)
	if w.err != nil {
		return w.err
	}
	return os.Rename(dir, m.place(p.name))
}

// claim is what the claimant says.
func (p *plan) claim() Claim {
	c := Claim{Name: p.name, URL: p.page.URL(), ClaimedAt: p.at.Format(time.DateOnly), JudgedAt: p.now, Archive: "archive.warc.gz",
		Live: Live{Host: p.page.host}}
	if p.exact {
		c.ClaimedAt = p.at.Format(time.RFC3339)
	}
	if !p.posted.IsZero() {
		c.PostedAt = p.posted.Format(time.RFC3339)
	}
	return c
}

func (p *plan) known(pic picture, attempt int) Known {
	k := Known{Claim: p.name, Class: p.class.Name, Truth: p.class.Truth, Split: p.side.name,
		Site: p.page.site.Name, Page: p.page.page, Family: p.variant.Family.Name, Variant: p.variant.Draw,
		ShownURL: p.shown.URL(), ShownLook: p.look, ShownAt: p.when, Live: p.live, Captures: append([]visit{}, p.visits...),
		Making: p.making, Window: p.window, Chain: p.chain, Width: pic.size.X, Height: pic.size.Y, Altered: pic.altered, Attempt: attempt,
		Decidable: p.class.decidable(p)}
	if p.class.Truth == NotDefaced {
		k.Family, k.Variant = "", 0
	}
	if !p.begin.IsZero() {
		k.Begin, k.End = &p.begin, &p.end
	}
	return k
}

// writeEarlier makes the earlier posting. Where the claim is that picture, it is
// returned as it is posted again.
func (m *maker) writeEarlier(ctx context.Context, s *studio, w *writer, p *plan, pic picture, c *Claim) (picture, error) {
	first := pic
	if p.class.Truth == Genuine { // another picture, of another victim
		q := *p
		q.shown, q.when = p.before, p.then
		var err error
		if first, err = s.take(ctx, &q); err != nil {
			return pic, err
		}
	}
	e := Earlier{Picture: "earlier" + first.ext, URL: p.before.URL(), ClaimedAt: p.then.Format(time.DateOnly), PostedAt: p.then.Add(hour).Format(time.RFC3339)}
	w.write(e.Picture, first.file)
	c.Earlier = append(c.Earlier, e)
	if !p.again {
		return pic, nil
	}
	return again(p, pic)
}

// writer writes files into a directory and keeps the first error.
type writer struct {
	dir string
	err error
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) write(name string, data []byte) {
	if w.err != nil {
		return
	}
	full := filepath.Join(w.dir, filepath.FromSlash(name))
	if w.err = os.MkdirAll(filepath.Dir(full), 0o755); w.err == nil {
		w.err = os.WriteFile(full, data, 0o644)
	}
}

func (w *writer) json(name string, v any) {
	data, err := json.MarshalIndent(v, "", "  ")
	w.fail(err)
	w.write(name, append(data, '\n'))
}
