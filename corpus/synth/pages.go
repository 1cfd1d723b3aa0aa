package synth

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed testdata/town testdata/club testdata/kite testdata/desk
var pages embed.FS

// press renders the sites' pages.
type press struct {
	dates almanac
	docs  map[string]*template.Template
}

// document names a page's template and the files that it is made of.
var documents = [...]struct {
	name  string
	files []string
}{
	{"2024/", []string{"town/2024/home.html", "town/2024/head.html", "kite/block.html"}},
	{"2024/council/", []string{"town/2024/council.html", "town/2024/head.html", "kite/block.html"}},
	{"2025/", []string{"town/2025/home.html", "town/2025/head.html", "kite/block.html"}},
	{"2025/council/", []string{"town/2025/council.html", "town/2025/head.html", "kite/block.html"}},
	{"club/", []string{"club/home.html", "kite/block.html"}},
	{"kite/", []string{"kite/full.html"}},
	{"desk/", []string{"desk/frame.html"}},
}

func newPress() (*press, error) {
	dates, err := readAlmanac()
	if err != nil {
		return nil, err
	}
	p := &press{dates: dates, docs: map[string]*template.Template{}}
	for _, d := range documents {
		names := make([]string, len(d.files))
		for i, f := range d.files {
			names[i] = "testdata/" + f
		}
		t, err := template.ParseFS(pages, names...)
		if err != nil {
			return nil, fmt.Errorf("read page %s: %w", d.name, err)
		}
		p.docs[d.name] = t
	}
	return p, nil
}

// answer is what a site gives for a path.
type answer struct {
	status int
	mime   string
	body   []byte
}

// serve returns what the site in state s answers for urlPath to the visit-th
// visitor of the hour.
func (p *press) serve(s State, urlPath string, visit int) (answer, error) {
	if name := p.docName(s, urlPath); name != "" {
		body, err := p.print(name, p.content(s, urlPath, visit))
		return answer{http.StatusOK, "text/html; charset=utf-8", body}, err
	}
	if body, err := pages.ReadFile(path.Join("testdata", siteDir(s.Host), path.Clean("/"+urlPath))); err == nil && servable(urlPath) {
		return answer{http.StatusOK, mime.TypeByExtension(path.Ext(urlPath)), body}, nil
	}
	return answer{http.StatusNotFound, "text/html; charset=utf-8",
		[]byte("<!doctype html><title>Not found</title><h1>Not found</h1><p>There is no page at this address.</p>")}, nil
}

// servable says whether a file is part of the site as visitors see it, and not
// the source of a page.
func servable(urlPath string) bool {
	switch path.Ext(urlPath) {
	case ".css", ".jpg", ".svg":
		return true
	}
	return false
}

func siteDir(host string) string {
	if host == ClubHost {
		return "club"
	}
	return "town"
}

// docName is the template that makes the page at urlPath, or "".
func (p *press) docName(s State, urlPath string) string {
	if s.Look == Full && urlPath == "/" {
		return "kite/"
	}
	name := "2025" + urlPath
	switch {
	case s.Host == ClubHost:
		name = "club" + urlPath
	case s.At.Before(redesign()):
		name = "2024" + urlPath
	}
	if _, ok := p.docs[name]; !ok || !strings.HasSuffix(name, "/") {
		return ""
	}
	return name
}

// content is what the templates see.
type content struct {
	Host, Path, Title, Changed string
	Attack                     bool
	Visitors                   int
	Lead                       *item
	News                       []item
	Events                     []event
}

func (p *press) content(s State, urlPath string, visit int) content {
	c := content{Host: s.Host, Path: urlPath, Title: "Mirebrook: the town between mill and moor",
		Attack: s.Look == Partial && urlPath == "/", Visitors: s.visitors(visit)}
	if urlPath == "/council/" {
		c.Title = "Mirebrook: the town council"
	}
	c.Events = p.dates.coming(s.At, 5)
	if news := p.dates.latest(s.At, 5); len(news) > 0 {
		c.Changed = news[0].Day()
		c.Lead, c.News = &news[0], news[1:]
	}
	return c
}

func (p *press) print(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := p.docs[name].Execute(&b, data); err != nil {
		return nil, fmt.Errorf("print page %s: %w", name, err)
	}
	return b.Bytes(), nil
}
