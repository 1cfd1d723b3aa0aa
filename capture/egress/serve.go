package egress

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/http/httputil"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// maxResponseHead bounds a server's header, in bytes; Chrome's own limit.
	maxResponseHead = 256 << 10
	// perHost is how many connections to one origin Chrome would open itself.
	perHost = 6
)

// serve answers one request of the browser.
func (s *Session) serve(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		panic(http.ErrAbortHandler)
	}
	defer s.wg.Done()
	switch {
	case !s.authorised(r):
		w.Header().Set("Proxy-Authenticate", `Basic realm="defacecheck egress"`)
		deny(w, http.StatusProxyAuthRequired, "", "this proxy serves one browser only")
	case r.Method == http.MethodConnect:
		s.tunnel(w, r)
	case r.URL.Scheme == "http" && r.URL.Host != "":
		s.forward(w, r)
	default:
		deny(w, http.StatusBadRequest, "bad-url", "only CONNECT and http URLs in absolute form are served")
	}
}

// authorised compares in constant time: other users of the machine can knock.
func (s *Session) authorised(r *http.Request) bool {
	want, got := basic(s.user, s.pass), r.Header.Get("Proxy-Authorization")
	return subtle.ConstantTimeCompare([]byte(want), []byte(got)) == 1
}

// deny answers in place of a server. The rest of the request gets little time.
func deny(w http.ResponseWriter, status int, kind, why string) {
	http.NewResponseController(w).SetReadDeadline(time.Now().Add(headTimeout))
	h := w.Header()
	if kind != "" {
		h.Set(Header, kind)
	}
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprintln(w, why)
}

// fail answers with what went wrong.
func fail(w http.ResponseWriter, err error) {
	err = classify(err)
	k := kindOf(err)
	deny(w, k.status, k.name, err.Error())
}

// misread notes a target that could not be read, and answers.
func (s *Session) misread(w http.ResponseWriter, method, host string, err error) {
	e, _ := s.ledger.open(method, target{host: shorten(host)})
	e.fail(err)
	fail(w, err)
}

// shorten bounds and quotes what a page can put into the log.
func shorten(s string) string { return strconv.QuoteToASCII(s[:min(len(s), 80)]) }

// forward passes a plain http request on. The target travels to dialPlain in
// the canonical form that the transport also pools by.
func (s *Session) forward(w http.ResponseWriter, r *http.Request) {
	t, err := parseTarget(r.URL.Host, 80)
	if err != nil {
		s.misread(w, "http", r.URL.Host, err)
		return
	}
	r.URL.Host, r.URL.User = t.String(), nil
	r.Host = strings.TrimSuffix(t.String(), ":80")
	r.Header.Del("Upgrade")
	s.plain.ServeHTTP(w, r)
}

func (s *Session) newTransport() *http.Transport {
	return &http.Transport{
		DialContext:            s.dialPlain,
		DisableCompression:     true, // the browser's business
		MaxConnsPerHost:        perHost,
		MaxIdleConnsPerHost:    perHost,
		IdleConnTimeout:        s.g.cfg.IdleTimeout,
		ResponseHeaderTimeout:  s.g.cfg.IdleTimeout,
		MaxResponseHeaderBytes: maxResponseHead,
	}
}

func (s *Session) dialPlain(ctx context.Context, _, hostport string) (net.Conn, error) {
	t, err := parseTarget(hostport, 0)
	if err != nil {
		return nil, err
	}
	c, err := s.dial(ctx, "http", t)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// usedKey finds, in a request's context, the connection it went over.
type usedKey struct{}

type used struct{ entry *entry }

func (s *Session) newPlain() http.Handler {
	proxy := &httputil.ReverseProxy{
		Transport: s.transport,
		Rewrite:   func(*httputil.ProxyRequest) {}, // it removes hop-by-hop headers by itself
		ErrorLog:  slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug),
		ModifyResponse: func(r *http.Response) error {
			r.Header.Del(Header)
			if r.StatusCode == http.StatusProxyAuthRequired {
				return fmt.Errorf("%w: a server asked for the proxy's credential", capture.ErrMalformed)
			}
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			err = classify(withoutURL(err))
			if u, ok := r.Context().Value(usedKey{}).(*used); ok && u.entry != nil {
				u.entry.fail(err)
			}
			fail(w, err)
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := &used{}
		ctx := context.WithValue(r.Context(), usedKey{}, u)
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(i httptrace.GotConnInfo) {
			if c, ok := i.Conn.(*conn); ok {
				u.entry = c.entry
			}
		}})
		proxy.ServeHTTP(w, r.WithContext(ctx))
	})
}

// withoutURL drops the URL that net/http puts around some errors: it may hold
// secrets.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
