package capturetest

import (
	"fmt"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"sync"
	"time"
)

// Page is one answer of a Site.
type Page struct {
	Status  int         // 0 is 200, or 302 with Location set
	Type    string      // Content-Type; "" is told by the path's ending, else HTML
	Body    []byte      //
	Header  http.Header // more fields
	Delay   time.Duration
	Handler http.Handler // answers in place of all the others when set
}

// HTML is a page of the given source.
func HTML(source string) Page { return Page{Type: "text/html; charset=utf-8", Body: []byte(source)} }

// RedirectTo is a page that sends the browser elsewhere.
func RedirectTo(status int, location string) Page {
	return Page{Status: status, Header: http.Header{"Location": {location}}}
}

// SiteConfig describes a Site. The zero value is an empty site "site.test"
// over http on a free port.
type SiteConfig struct {
	Host  string          // name that browsers use; "" is "site.test"
	Addr  string          // loopback address to listen on; "" is 127.0.0.1 and a free port
	TLS   bool            // https, with a certificate of the site's own authority
	Pages map[string]Page // by path, with the query where it matters: "/", "/p?x=1"
	Cert  CertConfig      // how the certificate is; TLS only
}

// Site is a web site on the loopback interface. Requests for another Host are
// answered with 421. Safe for concurrent use.
type Site struct {
	host string
	tls  bool
	ca   []byte
	*server

	mu       sync.Mutex
	pages    map[string]Page
	requests []string
}

// NewSite starts a site. Close it.
func NewSite(cfg SiteConfig) (*Site, error) {
	if cfg.Host == "" {
		cfg.Host = "site.test"
	}
	s := &Site{host: cfg.Host, tls: cfg.TLS, pages: cfg.Pages}
	var err error
	if !cfg.TLS {
		s.server, err = listen(cfg.Addr, s, nil)
		return s, err
	}
	cert, ca, err := makeCert(cfg.Host, cfg.Cert)
	if err != nil {
		return nil, fmt.Errorf("make certificate for %s: %w", cfg.Host, err)
	}
	s.ca = ca
	s.server, err = listen(cfg.Addr, s, cert)
	return s, err
}

// URL is the address of the page at path, which begins with a slash. The port
// is left out where it is the scheme's own.
func (s *Site) URL(path string) string {
	scheme, usual := "http", 80
	if s.tls {
		scheme, usual = "https", 443
	}
	if s.addr.Port == usual {
		return scheme + "://" + s.host + path
	}
	return scheme + "://" + s.host + ":" + strconv.Itoa(s.addr.Port) + path
}

// Resolve is the value of --resolve that leads to the site: HOST:PORT:ADDR.
func (s *Site) Resolve() string {
	return s.host + ":" + strconv.Itoa(s.addr.Port) + ":" + s.addr.IP.String()
}

// Addr is where the site listens, as host:port.
func (s *Site) Addr() string { return s.addr.String() }

// CA is the PEM certificate of the authority that signed the site's; nil
// without TLS.
func (s *Site) CA() []byte { return s.ca }

// SetPages replaces all pages, as an editor or a defacer does.
func (s *Site) SetPages(pages map[string]Page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = pages
}

// Requests lists what was asked for since the start: method, a space, path.
func (s *Site) Requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests...)
}

// ServeHTTP answers from the pages.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	p, ok := s.lookup(r)
	switch {
	case host != s.host:
		http.Error(w, "another site", http.StatusMisdirectedRequest)
	case !ok:
		http.NotFound(w, r)
	case p.Handler != nil:
		p.Handler.ServeHTTP(w, r)
	default:
		p.write(w, r)
	}
}

// lookup finds the page with the query, else without.
func (s *Site) lookup(r *http.Request) (Page, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.Method+" "+r.URL.RequestURI())
	if p, ok := s.pages[r.URL.RequestURI()]; ok {
		return p, true
	}
	p, ok := s.pages[r.URL.Path]
	return p, ok
}

func (p Page) write(w http.ResponseWriter, r *http.Request) {
	if p.Delay > 0 {
		pause(r.Context(), p.Delay)
	}
	for name, values := range p.Header {
		w.Header()[http.CanonicalHeaderKey(name)] = values
	}
	if p.Type != "" {
		w.Header().Set("Content-Type", p.Type)
	} else if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", typeOf(r.URL.Path))
	}
	w.WriteHeader(p.status())
	_, _ = w.Write(p.Body) // a browser that went away is no failure of the site
}

func (p Page) status() int {
	switch {
	case p.Status != 0:
		return p.Status
	case p.Header.Get("Location") != "":
		return http.StatusFound
	}
	return http.StatusOK
}

func typeOf(name string) string {
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "text/html; charset=utf-8"
}
