package archive

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// maxDamage is how many damaged places in one file are passed over. A file
// with more is not worth trusting further.
const maxDamage = 1000

const (
	// maxID is the longest record id that is remembered, in bytes; a urn:uuid
	// with brackets has 47.
	maxID = 256
	// maxConcurrent is how many ids of one record are remembered.
	maxConcurrent = 16
	// requestsPerRecord times the limit of records is how many requests are
	// remembered: usually there is one to each response.
	requestsPerRecord = 4
)

// scanner indexes one WARC file from beginning to end.
type scanner struct {
	store    store
	index    *index
	warn     func(format string, args ...any)
	gets     map[string]bool // ids of GET requests, and of what they are concurrent to
	others   map[string]bool // the same of requests by another method
	found    []entry
	concur   [][]string // for each of found, the ids it is concurrent to
	records  int
	damaged  int
	firstErr error
}

// scan adds what s holds to x. It fails when not one record could be read;
// damage behind a good record becomes a warning.
func scan(ctx context.Context, s store, x *index, warn func(string, ...any)) error {
	sc := &scanner{store: s, index: x, warn: warn, gets: map[string]bool{}, others: map[string]bool{}}
	r, err := s.from(0)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	if err := sc.run(ctx, warc.NewReader(contextReader{ctx, r})); err != nil {
		return err
	}
	if sc.records == 0 {
		return fmt.Errorf("%w: %w", capture.ErrMalformed, sc.why())
	}
	return sc.commit()
}

func (sc *scanner) why() error {
	if sc.firstErr != nil {
		return sc.firstErr
	}
	return errors.New("holds no WARC record")
}

func (sc *scanner) run(ctx context.Context, r *warc.Reader) error {
	for {
		rec, err := r.Next()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == io.EOF:
			return nil
		case errors.Is(err, warc.ErrARC):
			return fmt.Errorf("%w: %w", capture.ErrMalformed, err)
		case err != nil:
			if sc.damage(err); sc.damaged > maxDamage {
				return nil
			}
			continue
		}
		if rec.Skipped > 0 {
			sc.damage(fmt.Errorf("%d bytes that belong to no record before offset %d", rec.Skipped, rec.Offset))
		}
		if err := sc.record(rec); ctx.Err() != nil {
			return ctx.Err()
		} else if err != nil {
			sc.damage(fmt.Errorf("record at offset %d: %w", rec.Offset, err))
			continue
		}
		if sc.records++; len(sc.found)+len(sc.index.entries) > sc.index.limit {
			return fmt.Errorf("%w: more than %d records", capture.ErrTooLarge, sc.index.limit)
		}
	}
}

// damage notes an error. A wrong checksum at the end of a gzip member speaks
// of the record before it, which is given up.
func (sc *scanner) damage(err error) {
	sc.damaged++
	if sc.firstErr == nil {
		sc.firstErr = err
	}
	if errors.Is(err, gzip.ErrChecksum) && len(sc.found) > 0 {
		sc.found = sc.found[:len(sc.found)-1]
		sc.concur = sc.concur[:len(sc.concur)-1]
	}
	sc.warn("%s: %v", sc.store.name(), err)
}

// record reads one record to its end and keeps what the index needs.
func (sc *scanner) record(rec *warc.Record) error {
	var e *entry
	var err error
	switch rec.Type() {
	case "request":
		err = sc.request(rec)
	case "response", "revisit", "resource":
		e, err = describeRecord(rec)
	}
	if _, drain := io.Copy(io.Discard, rec.Block); drain != nil {
		return drain
	}
	if err != nil || e == nil {
		return err
	}
	e.store, e.offset, e.inner = sc.store, rec.Offset, rec.Inner
	sc.found = append(sc.found, *e)
	sc.concur = append(sc.concur, concurrentTo(rec))
	return nil
}

// request notes what a request asked with which method: a page's GET must not
// be answered by what a form got.
func (sc *scanner) request(rec *warc.Record) error {
	m, err := warc.ReadRequest(rec.Block)
	if err != nil || m.Method() == "" {
		return err
	}
	ids := sc.others
	if m.Method() == "GET" {
		ids = sc.gets
	}
	if len(ids) > requestsPerRecord*sc.index.limit {
		return nil
	}
	for _, id := range append(concurrentTo(rec), recordID(rec)) {
		ids[id] = true
	}
	return nil
}

func recordID(rec *warc.Record) string { return shortID(rec.Header.Get("WARC-Record-ID")) }

func concurrentTo(rec *warc.Record) []string {
	var out []string
	for _, id := range rec.Header.All("WARC-Concurrent-To") {
		if id = shortID(id); id != "" && len(out) < maxConcurrent {
			out = append(out, id)
		}
	}
	return out
}

// shortID is id, or "" for one that is too long to be one.
func shortID(id string) string {
	if len(id) > maxID {
		return ""
	}
	return strings.Clone(id)
}

// commit hands the findings to the index, except answers to other methods.
func (sc *scanner) commit() error {
	for i, e := range sc.found {
		ids := append(sc.concur[i], e.id)
		if contains(sc.others, ids) && !contains(sc.gets, ids) {
			continue
		}
		if err := sc.index.add(e); err != nil {
			return err
		}
	}
	return nil
}

func contains(set map[string]bool, ids []string) bool {
	for _, id := range ids {
		if id != "" && set[id] {
			return true
		}
	}
	return false
}
