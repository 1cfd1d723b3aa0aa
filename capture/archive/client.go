package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// maxList bounds an answer that lists captures, in bytes. 150,000 rows are
	// some 25 MB.
	maxList = 128 << 20
	// maxResponseHeader bounds the head of an answer, in bytes. Archives repeat
	// the archived head in it.
	maxResponseHeader = 1 << 20
	// usualHold is how long to hold back after a 429 that does not say.
	usualHold = time.Minute
	// maxHolds is how often one request is put off by 429 before it gives up.
	maxHolds = 4
)

// client asks one archive, at its pace, with a cache.
type client struct {
	opts  Options
	base  *url.URL
	http  *http.Client
	cache cache
	warnings
	close func()
}

func newClient(base string, opts Options) (*client, error) {
	u, err := url.Parse(strings.TrimRight(base, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("open archive %s: %w: its base must be http(s)://HOST[/PATH]", shown(base), capture.ErrBadURL)
	}
	u.Host = strings.ToLower(u.Host)
	c := &client{opts: opts, base: u, close: func() {}}
	c.cache = cache{dir: opts.CacheDir, limit: max(opts.MaxBody, maxList), now: opts.Clock}
	c.warnings.log = opts.Logger.With("archive", u.Host)
	transport := opts.Transport
	if transport == nil {
		own := &http.Transport{MaxIdleConnsPerHost: 8, IdleConnTimeout: 30 * time.Second,
			ForceAttemptHTTP2: true, MaxResponseHeaderBytes: maxResponseHeader}
		transport, c.close = own, own.CloseIdleConnections
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	return c, nil
}

// Name is the archive's base URL.
func (c *client) Name() string { return c.base.String() }

// Contacts is the archive's host.
func (c *client) Contacts() []string { return []string{c.base.Host} }

// Close gives up idle connections.
func (c *client) Close() error {
	c.close()
	return nil
}

// query is one question to the archive.
type query struct {
	service Service
	url     string
	header  http.Header
	limit   int64                       // bytes of the body
	life    func(*answer) time.Duration // how long to believe an answer; 0 not at all
}

func (q query) key() string {
	return "GET " + q.url + "\n" + q.header.Get("Accept-Datetime") + "\n" + q.header.Get("Accept-Encoding")
}

// ask answers q from the cache or from the archive. Redirects are answers. The
// answer may have any status that is no refusal: 429 and 5xx become errors,
// unless it is a memento of such a page.
func (c *client) ask(ctx context.Context, q query) (*answer, error) {
	if q.url = c.secured(q.url); !c.own(q.url) {
		return nil, fmt.Errorf("%w: it sends to another host, which is not asked: %s", capture.ErrDown, shown(q.url))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a := c.cache.get(q.key()); a != nil {
		return a, nil
	}
	a, err := c.persist(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := c.cache.put(q.key(), a, q.life(a)); err != nil {
		c.warn("%v", err)
	}
	return a, nil
}

// own says whether a URL is at the archive's host; http may become https.
func (c *client) own(rawURL string) bool {
	u, err := url.Parse(rawURL)
	if err != nil || u.User != nil {
		return false
	}
	return u.Host == c.base.Host && (u.Scheme == c.base.Scheme || u.Scheme == "https" && u.Port() == "")
}

// secured keeps https where an archive's own redirect falls back to http.
func (c *client) secured(rawURL string) string {
	if rest, ok := strings.CutPrefix(rawURL, "http://"+c.base.Host+"/"); ok && c.base.Scheme == "https" {
		return "https://" + c.base.Host + "/" + rest
	}
	return rawURL
}

// persist asks until there is an answer, or patience or retries are at an end.
func (c *client) persist(ctx context.Context, q query) (*answer, error) {
	patience := c.opts.MaxWait
	backoff := c.opts.Backoff
	for tries, holds := 0, 0; ; {
		waited, err := c.opts.Pacer.Wait(ctx, c.base.Host, q.service, patience)
		if patience -= waited; err != nil {
			return nil, err
		}
		a, err := c.once(ctx, q)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, capture.ErrTooLarge):
			return nil, err
		case err == nil && a.Status == http.StatusTooManyRequests && !a.isMemento():
			hold := retryAfter(a.Header, usualHold, time.Now())
			if err := c.opts.Pacer.Hold(ctx, c.base.Host, hold); err != nil {
				return nil, err
			}
			if holds++; hold > patience || holds > maxHolds {
				return nil, &NotYet{For: hold, Why: "it asks for"}
			}
			continue
		case err == nil && (a.Status < 500 || a.isMemento()):
			return a, nil
		case err == nil:
			err = fmt.Errorf("%w: HTTP status %d", capture.ErrDown, a.Status)
		}
		if tries++; tries > c.opts.Retries {
			return nil, err
		}
		if err := sleep(ctx, backoff); err != nil {
			return nil, err
		}
		backoff *= 2
	}
}

// once sends q one time.
func (c *client) once(ctx context.Context, q query) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, q.url, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", capture.ErrBadURL, err)
	}
	for name, values := range q.header {
		req.Header[name] = values
	}
	req.Header.Set("User-Agent", c.opts.UserAgent)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", capture.ErrDown, bare(err))
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, q.limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", capture.ErrDown, err)
	}
	if int64(len(body)) > q.limit {
		return nil, fmt.Errorf("%w of %d bytes: %s", capture.ErrTooLarge, q.limit, shown(q.url))
	}
	return &answer{URL: q.url, Status: resp.StatusCode, Header: resp.Header, body: body}, nil
}

// bare takes the URL off an error of net/http: it would be told with all its
// secrets.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// choice remembers which of several conventions an archive follows, once one of
// them has worked.
type choice struct {
	mu sync.Mutex
	n  int // 1 is the first; 0 is none yet
}

func (c *choice) get() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

func (c *choice) set(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n = n
}
