package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// shelf is an archive in memory: address to record.
type shelf map[string]capture.Record

func (s shelf) Name() string { return "shelf" }

func (s shelf) Fetch(_ context.Context, url string, at time.Time) (*capture.Record, error) {
	rec, ok := s[url]
	if !ok {
		return nil, fmt.Errorf("fetch %s: %w", url, capture.ErrNotArchived)
	}
	rec.URL = url
	if rec.At.IsZero() {
		rec.At = at
	}
	if rec.Status == 0 {
		rec.Status = http.StatusOK
	}
	return &rec, nil
}

func record(kind, body string) capture.Record {
	return capture.Record{Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}
}

var march = time.Date(2014, 3, 2, 10, 11, 12, 0, time.UTC)

func TestAnArchivedPageIsAnsweredFromTheArchiveAlone(t *testing.T) {
	document := record("text/html", `<!doctype html><title>Then</title><link rel=stylesheet href=/style.css>
		<h1>Town in spring</h1><p id=when></p><p id=worker></p>
		<img src="http://pictures.example/arms.svg" width=40 height=40><img src=/lost.png>
		<iframe src="https://other.example/frame.html" width=300 height=100></iframe>
		<script>
			document.getElementById('when').textContent = new Date().toISOString().slice(0, 10);
			new Worker('/worker.js').onmessage = (e) => { document.getElementById('worker').textContent = e.data };
		</script>`)
	document.At = march
	src := shelf{
		"https://town.example/":             {Status: 301, Header: http.Header{"Location": {"https://town.example/index.html"}}},
		"https://town.example/index.html":   document,
		"https://town.example/style.css":    record("text/css", "h1 { color: rgb(200, 0, 0); margin-top: 123px }"),
		"https://town.example/worker.js":    record("text/javascript", "fetch('/data.txt').then(r => r.text()).then(postMessage)"),
		"https://town.example/data.txt":     record("text/plain", "words from the worker"),
		"https://pictures.example/arms.svg": record("image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>`),
		"https://other.example/frame.html":  record("text/html", `<p>framed</p><img src="/inner.svg" width=5>`),
	}
	b := start(t, Config{})
	c := see(t, b, capture.Request{URL: "https://town.example/", Source: src, At: march, FullPage: true})

	if c.Validity != capture.OK || c.Err != nil {
		t.Fatalf("validity %q: %s", c.Validity, c.Reason)
	}
	if !c.SeenAt.Equal(march) || !c.Settled.FixedClock.Equal(march) || c.Origin.Kind != capture.Archive || c.Origin.Name != "shelf" {
		t.Errorf("seen at %s, clock %s, origin %+v", c.SeenAt, c.Settled.FixedClock, c.Origin)
	}
	if c.FinalURL != "https://town.example/index.html" || len(c.Redirects) != 1 || c.Redirects[0].Status != 301 {
		t.Errorf("final address %s by way of %+v", c.FinalURL, c.Redirects)
	}
	words := visible(c)
	for _, want := range []string{"Town in spring", "2014-03-02", "words from the worker"} {
		if !strings.Contains(words, want) {
			t.Errorf("visible text %q lacks %q", words, want)
		}
	}
	if c.Text[0].Y < 120 {
		t.Errorf("style sheet was not applied: heading at %+v", c.Text[0])
	}
	by := map[string]capture.Exchange{}
	for _, x := range c.Requests {
		by[x.URL] = x
	}
	if x := by["https://town.example/lost.png"]; !x.Missing {
		t.Errorf("missing picture is recorded as %+v", x)
	}
	if x := by["https://town.example/index.html"]; x.Missing || !x.MementoAt.Equal(march) || x.Status != 200 {
		t.Errorf("document is recorded as %+v", x)
	}
	for _, want := range []string{"https://town.example/data.txt", "https://other.example/inner.svg"} {
		if _, ok := by[want]; !ok {
			t.Errorf("request for %s is not recorded: %v", want, keys(by))
		}
	}
}

func TestAPageThatIsNotArchivedIsNotSeen(t *testing.T) {
	b := start(t, Config{})
	c := see(t, b, capture.Request{URL: "http://town.example/", Source: shelf{}, At: march})
	if c.Validity != capture.Unreachable || !errors.Is(c.Err, capture.ErrNotArchived) || c.First != nil {
		t.Errorf("validity %q, error %v, %d bytes of picture", c.Validity, c.Err, len(c.First))
	}
}

// slowShelf answers for some addresses only when the visit is over.
type slowShelf struct{ shelf }

func (s slowShelf) Fetch(ctx context.Context, url string, at time.Time) (*capture.Record, error) {
	if strings.HasSuffix(url, ".css") {
		<-ctx.Done()
		return nil, fmt.Errorf("fetch %s: %w", url, capture.ErrDown)
	}
	return s.shelf.Fetch(ctx, url, at)
}

func TestWhatTheArchiveDoesNotAnswerInTimeIsMissing(t *testing.T) {
	src := slowShelf{shelf{"http://town.example/": record("text/html", `<p>words before</p><link rel=stylesheet href=/a.css>`)}}
	b := start(t, Config{Budgets: Budgets{Archive: 2 * time.Second}})
	c := see(t, b, capture.Request{URL: "http://town.example/", Source: src, At: march})
	if c.Validity != capture.Incomplete || !c.Settled.Stopped || c.Settled.Quiet {
		t.Errorf("validity %q (%s), settlement %+v", c.Validity, c.Reason, c.Settled)
	}
}

func TestTheArchivesTroubleIsTheCapturesTrouble(t *testing.T) {
	for _, want := range []error{capture.ErrNotArchived, capture.ErrExcluded, capture.ErrRateLimited, capture.ErrDown} {
		b := start(t, Config{})
		c := see(t, b, capture.Request{URL: "http://town.example/", Source: troubled{want}, At: march})
		if c.Validity != capture.Unreachable || !errors.Is(c.Err, want) {
			t.Errorf("validity %q, error %v, want %v", c.Validity, c.Err, want)
		}
	}
}

// troubled is an archive that fails in one way.
type troubled struct{ err error }

func (troubled) Name() string { return "troubled" }

func (s troubled) Fetch(_ context.Context, url string, _ time.Time) (*capture.Record, error) {
	return nil, fmt.Errorf("fetch %s: %w", url, s.err)
}

func visible(c *capture.Capture) string {
	var words []string
	for _, box := range c.Text {
		words = append(words, box.Text)
	}
	return strings.Join(words, "|")
}

func keys(m map[string]capture.Exchange) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}
