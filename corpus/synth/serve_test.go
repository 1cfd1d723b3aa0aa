package synth

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"errors"

	"github.com/defacecheck/defacecheck/capture/egress"
)

// get fetches a claim's page as --resolve would find it.
func get(t *testing.T, c Claim, resolve []string) (string, error) {
	t.Helper()
	o, err := egress.ParseOverride(resolve[0])
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if want := fmt.Sprintf("%s:%d", o.Host, o.Port); addr != want {
			return nil, fmt.Errorf("asked for %s, the override is for %s", addr, want)
		}
		var d net.Dialer
		return d.DialContext(ctx, network, net.JoinHostPort(o.Addr.String(), fmt.Sprint(o.Port)))
	}}
	resp, err := (&http.Client{Transport: tr}).Get(c.URL)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	return string(data), err
}

func testSet(t *testing.T) *Set {
	t.Helper()
	s := &Set{Dir: t.TempDir(), Now: Now(), press: newTestPress(t)}
	for _, r := range recipes() {
		s.Claims = append(s.Claims, r.describe())
	}
	return s
}

func TestEachClaimIsServedInItsLiveState(t *testing.T) {
	s := testSet(t)
	for _, c := range s.Claims {
		resolve, stop, err := s.Serve(c)
		if err != nil {
			t.Fatal(err)
		}
		page, err := get(t, c, resolve)
		switch c.Live.Look {
		case Gone:
			if !errors.Is(err, syscall.ECONNREFUSED) {
				t.Errorf("%s: the site that is gone answers: %v", c.Name, err)
			}
		case Full:
			if err != nil || !strings.Contains(page, "Hello admin") {
				t.Errorf("%s: not the defacement: %v", c.Name, err)
			}
		default:
			if err != nil || !strings.Contains(page, "News from the town hall") {
				t.Errorf("%s: not the ordinary page: %v", c.Name, err)
			}
			again, err := get(t, c, resolve)
			if err != nil || again == page {
				t.Errorf("%s: the counter stands still: %v", c.Name, err)
			}
		}
		stop()
	}
}

func TestSeveralClaimsAreServedAtATime(t *testing.T) {
	s := testSet(t)
	var resolves [][]string
	var stops []func()
	for _, c := range s.Claims {
		resolve, stop, err := s.Serve(c)
		if err != nil {
			t.Fatal(err)
		}
		resolves, stops = append(resolves, resolve), append(stops, stop)
	}
	for i, c := range s.Claims {
		page, err := get(t, c, resolves[i])
		if (err != nil) != (c.Live.Look == Gone) || strings.Contains(page, "Hello admin") != (c.Live.Look == Full) {
			t.Errorf("%s (%s) shows another claim's site: %v", c.Name, c.Live.Look, err)
		}
	}
	for _, stop := range stops {
		stop()
	}
}

func TestTheExportedSiteIsWholeAndPlain(t *testing.T) {
	s := testSet(t)
	if err := s.export(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"live/ordinary/index.html": "News from the town hall", "live/full/index.html": "Hello admin",
		"live/ordinary/council/index.html": "twenty-one members", "live/ordinary/2025/style.css": "--green", "live/full/img/crest.svg": "<svg",
	} {
		data, err := os.ReadFile(s.Path(name))
		if err != nil || !strings.Contains(string(data), want) {
			t.Errorf("%s lacks %q: %v", name, want, err)
		}
	}
	if _, err := os.Stat(s.Path("live/ordinary/2025/home.html")); err == nil {
		t.Error("the source of a page was exported")
	}
}

func TestASetThatDoesNotFitItsManifestIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(s *Set){
		"another picture":    func(s *Set) { _ = os.WriteFile(s.Path(s.Claims[0].Picture), []byte("x"), 0o600) },
		"a missing archive":  func(s *Set) { _ = os.Remove(s.Path(s.Claims[0].Archive)) },
		"a path outside":     func(s *Set) { s.Claims[0].Archive = "../x.warc.gz"; _ = s.write() },
		"no manifest":        func(s *Set) { _ = os.Remove(s.Path(manifestName)) },
		"a broken manifest":  func(s *Set) { _ = os.WriteFile(s.Path(manifestName), []byte("{"), 0o600) },
		"another's manifest": func(s *Set) { _ = os.WriteFile(s.Path(manifestName), []byte(`{"schema":"other/1"}`), 0o600) },
	} {
		s := smallSet(t)
		if _, err := Open(s.Dir); err != nil {
			t.Fatalf("the unspoilt set: %v", err)
		}
		spoil(s)
		if _, err := Open(s.Dir); err == nil {
			t.Errorf("%s: the set opens", name)
		}
	}
}

// smallSet is a set of one claim whose files are placeholders.
func smallSet(t *testing.T) *Set {
	t.Helper()
	s := testSet(t)
	s.Claims = s.Claims[:1]
	if err := s.export(); err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"claims", "archives"} {
		if err := os.MkdirAll(filepath.Join(s.Dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(s.Path(s.Claims[0].Archive), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := keep(s.Dir, &s.Claims[0], picture{file: []byte("picture"), ext: ".png"}); err != nil {
		t.Fatal(err)
	}
	if err := s.write(); err != nil {
		t.Fatal(err)
	}
	return s
}
