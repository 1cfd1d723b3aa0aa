package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// errNoOriginal says that a revisit's original is not in the opened files.
var errNoOriginal = errors.New("the record this revisit repeats is not in the opened files")

// TimeMap is documented at capture.Lister.
func (a *files) TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, error) {
	var tm capture.TimeMap
	for _, i := range a.index.byKey[Key(url)] {
		if e := a.index.entries[i]; within(e.at, from, to) {
			tm = append(tm, a.memento(e))
		}
	}
	return tm, ctx.Err()
}

func (a *files) memento(e entry) capture.Memento {
	return capture.Memento{
		URL: e.url, At: e.at, Status: e.status, MIME: e.mime, Digest: e.digest, Revisit: e.revisit,
		Archive: a.label, URIM: e.store.name() + "#" + strconv.FormatInt(e.offset, 10),
	}
}

func within(t, from, to time.Time) bool {
	return (from.IsZero() || !t.Before(from)) && (to.IsZero() || !t.After(to))
}

// Fetch is documented at capture.Source. Passed over are records that carry
// nothing to show: a redirect to the very URL asked for, a 304, and a revisit
// whose original is not there. The time of the record given tells when that
// led away from the nearest capture.
func (a *files) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	reason := error(nil)
	for _, e := range a.index.candidates(url, at) {
		rec, err := a.read(ctx, e)
		switch {
		case errors.Is(err, errNoOriginal):
			reason = err
			continue
		case err != nil:
			return nil, fmt.Errorf("fetch %s from %s: %w", shown(url), a.label, err)
		case barren(rec, url):
			continue
		}
		return rec, nil
	}
	if reason != nil {
		return nil, fmt.Errorf("fetch %s from %s: %w: %w", shown(url), a.label, capture.ErrNotArchived, reason)
	}
	return nil, fmt.Errorf("fetch %s from %s: %w", shown(url), a.label, capture.ErrNotArchived)
}

// read reads the record of e, and for a revisit the body of its original.
func (a *files) read(ctx context.Context, e *entry) (*capture.Record, error) {
	head, body, err := a.load(ctx, e)
	if err != nil {
		return nil, err
	}
	if e.revisit {
		o := a.index.original(*e)
		if o == nil {
			return nil, errNoOriginal
		}
		original, b, err := a.load(ctx, o)
		if err != nil {
			return nil, err
		}
		if body = b; head == nil || head.Status == http.StatusNotModified {
			head = original
		}
	}
	rec := &capture.Record{URL: e.url, At: e.at, Status: head.Status, Header: cleanHeader(head.Header), Body: body.Decoded}
	rec.Digest = a.checked(e, body)
	if body.Problem != nil {
		a.warn("%s: %s: %v", e.store.name(), shown(e.url), body.Problem)
	}
	return rec, nil
}

// load reads head and body at e. The head of a revisit that has none is nil.
func (a *files) load(ctx context.Context, e *entry) (*warc.Message, *warc.Body, error) {
	r, err := e.store.from(e.offset)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = r.Close() }()
	rec, err := recordAt(warc.NewReader(contextReader{ctx, r}), e.inner)
	if err == nil {
		err = checkIdentity(rec, e)
	}
	if err != nil {
		return nil, nil, malformed(ctx, e, err)
	}
	m, err := headOf(rec)
	if err != nil || m == nil {
		return nil, &warc.Body{}, malformed(ctx, e, err)
	}
	body, err := warc.ReadBody(m.Body, m.Header, a.opts.MaxBody)
	return m, body, malformed(ctx, e, err)
}

// malformed gives err the kind that callers act on, and its place.
func malformed(ctx context.Context, e *entry, err error) error {
	kind := capture.ErrMalformed
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, warc.ErrTooLarge):
		kind = capture.ErrTooLarge
	}
	return fmt.Errorf("%w: record at offset %d of %s: %w", kind, e.offset, e.store.name(), err)
}

func recordAt(r *warc.Reader, inner int64) (*warc.Record, error) {
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return nil, warc.ErrCut
		}
		if err != nil {
			return nil, err
		}
		if rec.Offset != 0 {
			return nil, errors.New("no record begins here")
		}
		if rec.Inner >= inner {
			return rec, nil
		}
	}
}

// checkIdentity makes sure that an index did not point at another page.
func checkIdentity(rec *warc.Record, e *entry) error {
	at, err := warc.Date(rec.Header.Get("WARC-Date"))
	if err != nil {
		return err
	}
	if uri := targetURI(rec.Header); Key(uri) != Key(e.url) || !at.Truncate(time.Second).Equal(e.at.Truncate(time.Second)) {
		return fmt.Errorf("the index promises %s of %s, the record is %s of %s",
			shown(e.url), e.at.Format(time.RFC3339), shown(uri), at.Format(time.RFC3339))
	}
	return nil
}

func headOf(rec *warc.Record) (*warc.Message, error) {
	switch rec.Type() {
	case "resource":
		return &warc.Message{Status: 200, Body: rec.Block,
			Header: warc.Fields{{Name: "Content-Type", Value: rec.Header.Get("Content-Type")}}}, nil
	case "response":
		return warc.ReadResponse(rec.Block)
	case "revisit":
		m, err := warc.ReadResponse(rec.Block)
		if err != nil {
			return nil, nil // a revisit need not repeat the head
		}
		m.Body = bytes.NewReader(nil)
		return m, nil
	}
	return nil, fmt.Errorf("a %.20q record answers no request", rec.Type())
}

// checked gives the digest of body: the one the archive declares where it is
// right, else the body's own, with a warning.
func (a *files) checked(e *entry, body *warc.Body) string {
	for _, state := range [][]byte{body.Entity, body.Raw, body.Decoded} {
		if ok, known := warc.Verify(e.digest, state); ok || !known && e.digest != "" {
			return e.digest
		}
	}
	if e.digest != "" {
		a.warn("%s: %s of %s does not have the digest the file declares", e.store.name(), shown(e.url), e.at.Format(time.RFC3339))
	}
	return warc.SHA1(body.Entity)
}

// dropped are fields of the connection and of encodings that are undone.
var dropped = map[string]bool{
	"Content-Encoding": true, "Transfer-Encoding": true, "Content-Length": true, "Connection": true,
	"Keep-Alive": true, "Proxy-Connection": true, "Te": true, "Trailer": true, "Upgrade": true,
}

func cleanHeader(fields warc.Fields) http.Header {
	h := http.Header{}
	for _, f := range fields {
		if name := http.CanonicalHeaderKey(f.Name); name != "" && !dropped[name] {
			h.Add(name, f.Value)
		}
	}
	return h
}
