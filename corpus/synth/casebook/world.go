package casebook

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/synth/defacement"
	"github.com/defacecheck/defacecheck/corpus/synth/drift"
)

// Port is where sites are served, on loopback, under their own names. It is part of
// their address; 80 would need privileges.
const Port = "8080"

// answer is what a server gives.
type answer struct {
	status int
	kind   string
	body   []byte
}

func missing() answer { return answer{http.StatusNotFound, "text/html", []byte("<h1>Not found</h1>")} }

// state is one page at one time, with the files beside it.
type state struct {
	place
	look    look
	at      time.Time
	visit   int // tells visitors apart
	variant defacement.Variant
	seed    uint64
}

// URL is the page's address.
func (s place) URL() string { return "http://" + s.host + ":" + Port + s.path }

// document is the page itself.
func (s state) document() ([]byte, error) {
	if s.look == full {
		return s.variant.Page()
	}
	doc, _, err := s.site.Read(s.page)
	if err != nil {
		return nil, err
	}
	h := drift.New(s.seed, s.site.Name+"/"+s.page, epoch().Add(-history-2*year), epoch().Add(year))
	doc = h.Page(doc, s.at, s.visit)
	if s.look == partial {
		doc = s.variant.Into(doc)
	}
	return doc, nil
}

// answer is what the servers of the world give for a URL while s is so.
func (s state) answer(u *url.URL) (answer, error) {
	if u.Hostname() != s.host {
		return missing(), nil
	}
	if u.Path == s.path || u.Path == "" && s.path == "/" {
		doc, err := s.document()
		return answer{http.StatusOK, kindOf(doc), doc}, err
	}
	if s.look == full {
		files, err := s.variant.Files()
		if err != nil {
			return answer{}, err
		}
		if body, ok := files[strings.TrimPrefix(u.Path, beside(s.path))]; ok {
			return answer{http.StatusOK, http.DetectContentType(body), body}, nil
		}
	}
	body, kind, err := s.site.Read(strings.TrimPrefix(path.Clean("/"+u.Path), "/"))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return missing(), nil
	}
	if err != nil {
		return missing(), nil // a folder, or a name that no file can have
	}
	return answer{http.StatusOK, kind, body}, nil
}

// beside is the folder of a path, with its slash.
func beside(p string) string { return p[:strings.LastIndexByte(p, '/')+1] }

func kindOf(doc []byte) string {
	if strings.Contains(strings.ToLower(string(doc[:min(len(doc), 2048)])), "charset") {
		return "text/html" // the document says its own
	}
	return "text/html; charset=utf-8"
}

// parts are what servers answer for the files that the page loads, by their paths at its
// host: for those that the site lacks too, that there are none, which crawlers keep.
func (s state) parts() (map[string]answer, error) {
	out := map[string]answer{}
	if s.look == full {
		files, err := s.variant.Files()
		for name, body := range files {
			out[beside(s.path)+name] = answer{http.StatusOK, http.DetectContentType(body), body}
		}
		return out, err
	}
	doc, err := s.document()
	if err != nil {
		return nil, err
	}
	has, lacks := s.site.Needs(s.page, doc)
	for _, name := range lacks {
		out["/"+name] = missing()
	}
	for _, name := range has {
		body, kind, err := s.site.Read(name)
		if err != nil {
			return nil, err
		}
		out["/"+name] = answer{http.StatusOK, kind, body}
	}
	return out, nil
}
