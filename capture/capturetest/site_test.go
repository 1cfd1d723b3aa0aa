package capturetest_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func newSite(t *testing.T, cfg capturetest.SiteConfig) *capturetest.Site {
	t.Helper()
	s, err := capturetest.NewSite(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Close(), s.Close()); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// browse is a client that finds the site as --resolve says.
func browse(t *testing.T, s *capturetest.Site) *http.Client {
	t.Helper()
	parts := strings.Split(s.Resolve(), ":")
	if len(parts) != 3 {
		t.Fatalf("Resolve() = %q", s.Resolve())
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(s.CA())
	tr := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			if addr != parts[0]+":"+parts[1] {
				t.Errorf("dialled %s, which --resolve %s does not cover", addr, s.Resolve())
			}
			return (&net.Dialer{}).DialContext(ctx, network, parts[2]+":"+parts[1])
		}}
	return &http.Client{Transport: tr, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func get(t *testing.T, c *http.Client, url string) (*http.Response, string) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

func TestASiteServesItsPagesUnderItsName(t *testing.T) {
	t.Parallel()
	pages := map[string]capturetest.Page{
		"/":          capturetest.HTML("<h1>Town</h1>"),
		"/old":       capturetest.RedirectTo(301, "/"),
		"/moved":     {Header: http.Header{"Location": {"/"}}},
		"/style.css": {Body: []byte("p{}")},
		"/q?x=1":     capturetest.HTML("one"),
		"/q":         capturetest.HTML("any"),
		"/down":      {Status: 503, Body: []byte("no")},
		"/slow":      {Delay: time.Millisecond, Body: []byte("slow")},
		"/own":       {Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(418) })},
	}
	for _, secure := range []bool{false, true} {
		s := newSite(t, capturetest.SiteConfig{Host: "town.test", TLS: secure, Pages: pages})
		c := browse(t, s)
		for path, want := range map[string]struct {
			status int
			body   string
			typ    string
		}{
			"/": {200, "<h1>Town</h1>", "text/html; charset=utf-8"}, "/old": {301, "", "text/html; charset=utf-8"}, "/moved": {302, "", "text/html; charset=utf-8"},
			"/style.css": {200, "p{}", "text/css; charset=utf-8"}, "/q?x=1": {200, "one", "text/html; charset=utf-8"}, "/q?x=2": {200, "any", "text/html; charset=utf-8"},
			"/down": {503, "no", "text/html; charset=utf-8"}, "/slow": {200, "slow", "text/html; charset=utf-8"}, "/own": {418, "", ""},
			"/none": {404, "404 page not found\n", "text/plain; charset=utf-8"},
		} {
			resp, body := get(t, c, s.URL(path))
			if resp.StatusCode != want.status || body != want.body || resp.Header.Get("Content-Type") != want.typ {
				t.Errorf("%s: %d %q %q", s.URL(path), resp.StatusCode, body, resp.Header.Get("Content-Type"))
			}
		}
		s.SetPages(map[string]capturetest.Page{"/": capturetest.HTML("hacked")})
		if _, body := get(t, c, s.URL("/")); body != "hacked" {
			t.Errorf("after the change: %q", body)
		}
		if n := len(s.Requests()); n != 11 {
			t.Errorf("%d requests are listed, want 11", n)
		}
	}
}

func TestASiteIsNotAnotherSite(t *testing.T) {
	t.Parallel()
	s := newSite(t, capturetest.SiteConfig{Pages: map[string]capturetest.Page{"/": capturetest.HTML("x")}})
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	if resp, _ := get(t, c, "http://"+s.Addr()+"/"); resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("by its address: %d", resp.StatusCode)
	}
}

func TestBadCertificatesAreBad(t *testing.T) {
	t.Parallel()
	for name, cert := range map[string]capturetest.CertConfig{
		"expired":      {NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(-24 * time.Hour)},
		"another name": {Names: []string{"other.test"}},
	} {
		s := newSite(t, capturetest.SiteConfig{TLS: true, Cert: cert})
		if resp, err := browse(t, s).Get(s.URL("/")); err == nil {
			_ = resp.Body.Close()
			t.Errorf("%s: the certificate was accepted", name)
		}
	}
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	t.Parallel()
	if s, err := capturetest.NewSite(capturetest.SiteConfig{Addr: "0.0.0.0:0"}); err == nil {
		_ = s.Close()
		t.Error("a site listens on every interface")
	}
}

// memory is a Source over records, to try the suite itself.
type memory struct {
	records []capture.Record
	spoil   func(*capture.Record)
}

func (m memory) Name() string { return "memory" }

func (m memory) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	strip := func(s string) string {
		_, s, _ = strings.Cut(s, "://")
		s, _, _ = strings.Cut(s, "#")
		return s
	}
	var best *capture.Record
	for _, r := range m.records {
		if strip(r.URL) == strip(url) && (best == nil || r.At.Sub(at).Abs() < best.At.Sub(at).Abs()) {
			best = &capture.Record{URL: r.URL, At: r.At, Status: r.Status, Header: r.Header.Clone(), Body: append([]byte{}, r.Body...)}
		}
	}
	if best == nil {
		return nil, capture.ErrNotArchived
	}
	if m.spoil != nil {
		m.spoil(best)
	}
	return best, nil
}

func TestTheSuitePassesASourceThatIsRight(t *testing.T) {
	t.Parallel()
	capturetest.TestSource(t, memory{records: capturetest.Fixture()}, capturetest.Fixture())
}

// spoils are ways of being wrong that the suite has to notice.
func spoils() map[string]func(*capture.Record) {
	return map[string]func(*capture.Record){
		"another status":     func(r *capture.Record) { r.Status++ },
		"another body":       func(r *capture.Record) { r.Body = append(r.Body, ' ') },
		"another time":       func(r *capture.Record) { r.At = r.At.Add(time.Second) },
		"another time zone":  func(r *capture.Record) { r.At = r.At.In(time.FixedZone("x", 3600)) },
		"another URL":        func(r *capture.Record) { r.URL += "x" },
		"rewritten redirect": func(r *capture.Record) { r.Header.Set("Location", "http://archive.test/"+r.Header.Get("Location")) },
		"stale encoding":     func(r *capture.Record) { r.Header.Set("Content-Encoding", "gzip") },
	}
}

// TestSpoiled is run by TestTheSuiteFailsASourceThatIsWrong in a process of its
// own, and fails there.
func TestSpoiled(t *testing.T) {
	spoil := spoils()[os.Getenv("CAPTURETEST_SPOIL")]
	if spoil == nil {
		t.Skip("skipped: it is a part of another test")
	}
	capturetest.TestSource(t, memory{records: capturetest.Fixture(), spoil: spoil}, capturetest.Fixture())
}

func TestTheSuiteFailsASourceThatIsWrong(t *testing.T) {
	t.Parallel()
	for name := range spoils() {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSpoiled$")
		cmd.Env = append(os.Environ(), "CAPTURETEST_SPOIL="+name)
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "--- FAIL: TestSpoiled") {
			t.Errorf("%s is not noticed: %v: %s", name, err, out)
		}
	}
}
