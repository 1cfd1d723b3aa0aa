package archive

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive/internal/warc"
)

// maxHops is how often an archive may send on between its own timestamps.
const maxHops = 6

// Fetch is documented at capture.Source. The archive's own redirects to the
// nearest timestamp are followed; what was redirected when it was archived is
// returned.
func (w *wayback) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	rec, err := fruitful(ctx, w, w.fetch, asked(url), at)
	if err != nil {
		return nil, fmt.Errorf("fetch %s from %s: %w", shown(url), w.Name(), err)
	}
	return rec, nil
}

func (w *wayback) fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	if w.which.get() == 0 { // the list tells which layout the archive has
		if _, _, err := w.rows(ctx, listing{url: url, limit: 1}); err != nil {
			return nil, err
		}
	}
	return w.raw(ctx, uriM{w.layout().replay, Timestamp(at), url}, url)
}

// uriM is the address of a memento of the Wayback kind, in its parts.
type uriM struct {
	prefix string // up to the timestamp
	stamp  string // 4 to 17 digits
	url    string // URI-R
}

func (u uriM) raw() string { return u.prefix + u.stamp + "id_/" + u.url }

// parseURIM takes an address of the form PREFIX/DIGITS[xx_]/URL apart.
func parseURIM(address string) (uriM, bool) {
	m := regexp.MustCompile(`^(https?://[^/]+/(?:.*?/)?)(\d{4,17})(?:[a-z]{2}_)?/(https?:/.*)$`).FindStringSubmatch(address)
	if m == nil {
		return uriM{}, false
	}
	target := m[3]
	if scheme, rest, _ := strings.Cut(target, ":/"); !strings.HasPrefix(rest, "/") {
		target = scheme + "://" + rest // some servers fold the slashes of a path
	}
	return uriM{m[1], m[2], target}, true
}

// raw reads the original bytes of a memento of asked.
func (c *client) raw(ctx context.Context, u uriM, asked string) (*capture.Record, error) {
	for range maxHops {
		a, err := c.ask(ctx, query{service: Records, url: u.raw(), limit: c.opts.MaxBody,
			header: http.Header{"Accept-Encoding": {"identity"}}, life: recordAge})
		if err != nil {
			return nil, err
		}
		if a.isMemento() {
			return c.record(a, u)
		}
		loc := a.Header.Get("Location")
		if a.Status < 300 || a.Status >= 400 || loc == "" {
			return nil, c.refused(a)
		}
		next, ok := parseURIM(resolve(a.URL, loc))
		switch {
		case !ok:
			return nil, fmt.Errorf("%w: it redirects to %s, which is no memento", capture.ErrMalformed, shown(loc))
		case !sameResource(next.url, asked):
			return redirected(a, u, next)
		case next == u:
			return nil, fmt.Errorf("%w: it redirects in circles", capture.ErrMalformed)
		}
		u = next
	}
	return nil, fmt.Errorf("%w: it redirects more than %d times", capture.ErrMalformed, maxHops)
}

// refused explains an answer that is no memento. A page without
// Memento-Datetime does not say of which time it is, and proves nothing.
func (c *client) refused(a *answer) error {
	if a.Status < 400 {
		return fmt.Errorf("%w: the answer does not say when it was archived", capture.ErrMalformed)
	}
	return refusal(a)
}

// sameResource is Key equality without regard to "www." and letter case, which
// Wayback archives ignore when they look for the nearest capture.
func sameResource(a, b string) bool {
	fold := func(s string) string { return strings.TrimPrefix(strings.ToLower(Key(s)), "www.") }
	return fold(a) == fold(b)
}

// redirected is the record of a redirect that was archived, told by an archive
// that answers with its own address of the target.
func redirected(a *answer, u, next uriM) (*capture.Record, error) {
	at, err := ParseTimestamp(next.stamp)
	if err != nil {
		return nil, err
	}
	return &capture.Record{URL: u.url, At: at, Status: a.Status,
		Header: http.Header{"Location": {next.url}}, Body: nil}, nil
}

// record makes a Record of a memento.
func (c *client) record(a *answer, u uriM) (*capture.Record, error) {
	at, err := http.ParseTime(a.Header.Get("Memento-Datetime"))
	if err != nil {
		return nil, fmt.Errorf("%w: Memento-Datetime %.40q", capture.ErrMalformed, a.Header.Get("Memento-Datetime"))
	}
	coding := a.Header.Get("Content-Encoding")
	setDefault(&coding, a.Header.Get("X-Archive-Orig-Content-Encoding"))
	body, err := a.encoded(c.opts.MaxBody, coding)
	if err != nil {
		return nil, err
	}
	if body.Problem != nil {
		c.warn("%s of %s: %v", shown(u.url), at.Format(time.RFC3339), body.Problem)
	}
	return &capture.Record{URL: u.url, At: at.UTC(), Status: a.Status, Header: originalHeader(a, u),
		Body: body.Decoded, Digest: warc.SHA1(body.Entity)}, nil
}

// archived is the prefix under which Wayback archives tell the fields of the
// original answer.
const archived = "X-Archive-Orig-"

// originalHeader gives the fields of the archived answer: those the archive
// labels as such, else all but its own.
func originalHeader(a *answer, u uriM) http.Header {
	fields, labelled := warc.Fields{}, false
	for name, values := range a.Header {
		orig, ok := strings.CutPrefix(name, archived)
		for _, v := range values {
			if ok {
				labelled = true
				fields = append(fields, warc.Field{Name: orig, Value: v})
			}
		}
	}
	h := cleanHeader(fields)
	for name, values := range a.Header {
		plain := !labelled && name != "Link" || name == "Content-Type" || name == "Location"
		if plain && !ofArchive(name) && h.Get(name) == "" {
			h[name] = values
		}
	}
	if loc := h.Get("Location"); loc != "" {
		if m, ok := parseURIM(resolve(a.URL, loc)); ok && strings.HasPrefix(m.prefix, u.prefix) {
			h.Set("Location", m.url)
		}
	}
	return h
}

// ofArchive says whether a field is about the archive's answer or connection,
// not about the archived one.
func ofArchive(name string) bool {
	return strings.HasPrefix(name, "X-Archive-") || name == "Memento-Datetime" || name == "Content-Location" || dropped[name]
}

func recordAge(a *answer) time.Duration {
	switch {
	case a.isMemento():
		return recordLife
	case a.Status >= 300 && a.Status < 400:
		return recordLife
	case a.Status == http.StatusNotFound, a.Status == http.StatusForbidden, a.Status == http.StatusUnavailableForLegalReasons:
		return negativeLife
	}
	return 0
}
