package alignment

import (
	"bytes"
	"context"
	"hash/fnv"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/net/html"

	"github.com/defacecheck/defacecheck/capture"
)

// twin is the host prefix under which a site answers with all words changed:
// another site on the same template.
const twin = "twin."

// web answers for all sites, to our browser as a capture.Source and to the
// claimants' browsers as an HTTP proxy. What no site has is not found.
type web struct {
	sites map[string]*site
}

func newWeb(sites []*site) *web {
	w := &web{sites: map[string]*site{}}
	for _, s := range sites {
		w.sites[s.host()] = s
	}
	return w
}

// Name is the name that captures carry.
func (w *web) Name() string { return "pages on disk" }

// Fetch implements capture.Source.
func (w *web) Fetch(_ context.Context, rawURL string, at time.Time) (*capture.Record, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, capture.ErrNotArchived
	}
	status, kind, body := w.answer(u)
	return &capture.Record{URL: rawURL, At: at, Status: status, Body: body,
		Header: http.Header{"Content-Type": {kind}}}, nil
}

// ServeHTTP answers a proxy's requests.
func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(rw, "only pages are served", http.StatusMethodNotAllowed)
		return
	}
	u := *r.URL
	if u.Host == "" {
		u.Host = r.Host
	}
	status, kind, body := w.answer(&u)
	rw.Header().Set("Content-Type", kind)
	rw.WriteHeader(status)
	_, _ = rw.Write(body)
}

func (w *web) answer(u *url.URL) (status int, kind string, body []byte) {
	host := u.Hostname()
	s := w.sites[strings.TrimPrefix(host, twin)]
	if s == nil {
		return http.StatusNotFound, "text/plain", nil
	}
	name := path.Clean("/" + u.Path)
	if strings.HasSuffix(u.Path, "/") {
		name = path.Join(name, "index.html")
	}
	body, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(name)))
	if err != nil {
		return http.StatusNotFound, "text/plain", nil
	}
	kind = mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = http.DetectContentType(body)
	}
	if strings.HasPrefix(kind, "text/html") && strings.HasPrefix(host, twin) {
		body = otherWords(body)
	}
	if strings.HasPrefix(kind, "text/html") && bytes.Contains(body[:min(len(body), 2048)], []byte("charset")) {
		kind = "text/html" // the document says its own
	}
	return http.StatusOK, kind, body
}

// otherWords replaces every word of a document's text by another of its words.
func otherWords(doc []byte) []byte {
	var words []string
	eachText(doc, func(t string) string { words = append(words, strings.Fields(t)...); return t })
	n := uint32(0)
	return eachText(doc, func(t string) string {
		fields := strings.Fields(t)
		if len(fields) == 0 {
			return t
		}
		for i, f := range fields {
			n++
			h := fnv.New32a()
			_, _ = h.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16)})
			_, _ = h.Write([]byte(f))
			fields[i] = words[h.Sum32()%uint32(len(words))]
		}
		return " " + strings.Join(fields, " ") + " "
	})
}

// eachText passes each raw text of a document through f.
func eachText(doc []byte, f func(string) string) []byte {
	var out bytes.Buffer
	z := html.NewTokenizer(bytes.NewReader(doc))
	quiet := false
	for {
		t := z.Next()
		if t == html.ErrorToken {
			return out.Bytes()
		}
		raw := string(z.Raw())
		if t == html.StartTagToken {
			name, _ := z.TagName()
			quiet = string(name) == "script" || string(name) == "style"
		}
		if t == html.TextToken && !quiet {
			raw = f(raw)
		}
		if t == html.EndTagToken {
			quiet = false
		}
		out.WriteString(raw)
	}
}
