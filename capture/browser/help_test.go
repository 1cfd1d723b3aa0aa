package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// loopback allows the addresses that the tests' own servers listen on.
func loopback(t testing.TB) *egress.Gateway {
	t.Helper()
	g, err := egress.New(egress.Config{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// start runs a browser for the test, or skips it where there is none.
func start(t testing.TB, cfg Config) *Browser {
	t.Helper()
	b, err := Start(context.Background(), cfg)
	if errors.Is(err, capture.ErrNoBrowser) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// site serves the pages by path; a body that begins with "<" is HTML.
func site(t testing.TB, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page := pages[r.URL.Path]; page != nil {
			page(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv
}

// html is a page with a fixed body.
func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}
}

// see captures a page and fails the test if our own side does.
func see(t testing.TB, b *Browser, req capture.Request) *capture.Capture {
	t.Helper()
	c, err := b.Capture(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
