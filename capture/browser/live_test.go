package browser

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestALivePageIsSeenWithItsFacts(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/town", http.StatusFound) },
		"/town": html(`<!doctype html><title>Our town</title><h1>Market day</h1>
			<p style="display:none">nobody sees this</p><img src="/arms.svg" width=40 height=40>
			<div style="height:2000px">tall</div>`),
		"/arms.svg": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/svg+xml")
			w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="red"/></svg>`))
		},
	})
	b := start(t, Config{Gateway: loopback(t)})
	c := see(t, b, capture.Request{URL: srv.URL + "/", FullPage: true, Bodies: true})

	if c.Validity != capture.OK || c.Status != 200 || c.Title != "Our town" || c.MIME != "text/html" {
		t.Errorf("validity %q (%s), status %d, title %q, type %q", c.Validity, c.Reason, c.Status, c.Title, c.MIME)
	}
	if c.FinalURL != srv.URL+"/town" || len(c.Redirects) != 1 || c.Redirects[0].Status != 302 {
		t.Errorf("final address %s by way of %+v", c.FinalURL, c.Redirects)
	}
	if want := strings.TrimPrefix(srv.URL, "http://"); c.RemoteAddr != want {
		t.Errorf("remote address %q, want %q", c.RemoteAddr, want)
	}
	if !c.Settled.Loaded || !c.Settled.Quiet || c.Settled.Stopped || c.Settled.Attempts != 1 {
		t.Errorf("settlement %+v", c.Settled)
	}
	wantSize(t, "window", c.First, 1366, 768)
	wantSize(t, "page", c.FullPage, 1366, c.PageHeight)
	var words []string
	for _, box := range c.Text {
		words = append(words, box.Text)
	}
	if got := strings.Join(words, "|"); got != "Market day|tall" {
		t.Errorf("visible text %q", got)
	}
	if len(c.Pictures) != 1 || c.Pictures[0].W != 40 {
		t.Errorf("pictures %+v", c.Pictures)
	}
	for _, x := range c.Requests {
		if strings.HasSuffix(x.URL, "/town") && !bytes.Contains(x.Body, []byte("Market day")) {
			t.Errorf("body of the document was not kept: %q", x.Body)
		}
	}
}

func wantSize(t *testing.T, what string, shot []byte, w, h int) {
	t.Helper()
	size, err := png.DecodeConfig(bytes.NewReader(shot))
	if err != nil {
		t.Errorf("picture of the %s: %v", what, err)
		return
	}
	if size.Width != w || size.Height != h {
		t.Errorf("picture of the %s is %dx%d, want %dx%d", what, size.Width, size.Height, w, h)
	}
}
