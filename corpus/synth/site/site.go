package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
)

// The named errors about a folder of sites.
var (
	ErrLeadsOut = errors.New("it leads out of the site")
	ErrTooLarge = errors.New("it is larger than the limit")
	ErrTooMany  = errors.New("more than the limit")
	ErrNoIndex  = errors.New("it has no index.html")
	ErrNoSites  = errors.New("no site in it")
)

// Limits bound what is read. A field that is 0 has the default of its name.
type Limits struct {
	File  int64 // bytes of one file
	Files int   // of one site
	Sites int
	Pages int // of one site that claims may be about
}

// The default limits. The documentation of a large program has some thousand files,
// none of which comes near to the limit.
const (
	DefaultFile  = 32 << 20
	DefaultFiles = 20_000
	DefaultSites = 1_000
	DefaultPages = 6
)

func (l Limits) orDefaults() Limits {
	if l.File <= 0 {
		l.File = DefaultFile
	}
	for _, f := range []struct {
		field    *int
		standard int
	}{{&l.Files, DefaultFiles}, {&l.Sites, DefaultSites}, {&l.Pages, DefaultPages}} {
		if *f.field <= 0 {
			*f.field = f.standard
		}
	}
	return l
}

// Site is one site, of a folder or as it was captured.
type Site struct {
	Name  string   // of its folder, in letters that a host name may have
	Pages []string // paths below the site, at least one; "index.html" first, where there is one
	from  source
}

// source gives a file of a site, made self-contained, and its MIME type.
type source interface {
	read(name string) (body []byte, kind string, err error)
}

// Load reads the sites in dir, sorted by name. Errors wrap the named ones above.
func Load(dir string, limits Limits) ([]*Site, error) {
	l := limits.orDefaults()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read sites: %w", err)
	}
	var out []*Site
	taken := map[string]string{}
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			return nil, fmt.Errorf("read sites: %s: %w", e.Name(), ErrLeadsOut)
		}
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if len(out) == l.Sites {
			return nil, fmt.Errorf("read sites: %s: %w of %d sites", e.Name(), ErrTooMany, l.Sites)
		}
		s, err := open(path.Join(dir, e.Name()), e.Name(), l)
		if err != nil {
			return nil, fmt.Errorf("read site %s: %w", e.Name(), err)
		}
		if other, twice := taken[s.Name]; twice {
			return nil, fmt.Errorf("read site %s: its host would be that of %s; rename one", e.Name(), other)
		}
		taken[s.Name] = e.Name()
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read sites: %s: %w", dir, ErrNoSites)
	}
	return out, nil
}

// Open reads one site. name is what it will be called.
func Open(dir, name string, limits Limits) (*Site, error) {
	return open(dir, name, limits.orDefaults())
}

func open(dir, name string, l Limits) (*Site, error) {
	s := &Site{Name: label(name), from: onDisk{dir, l.File}}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	files, err := list(root, l)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(files, "index.html") {
		return nil, ErrNoIndex
	}
	s.Pages, err = s.choose(files, l.Pages)
	return s, err
}

// list walks the site and refuses what is not a plain file inside of it.
func list(root *os.Root, l Limits) (files []string, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := root.Stat(name) // follows links, and no further than the root
		switch {
		case err != nil && d.Type()&fs.ModeSymlink != 0:
			return fmt.Errorf("%s: %w", name, ErrLeadsOut)
		case err != nil:
			return err
		case info.IsDir():
			return fmt.Errorf("%s: a link to a folder is not followed: %w", name, ErrLeadsOut)
		case !info.Mode().IsRegular():
			return fmt.Errorf("%s: not a file", name)
		case info.Size() > l.File:
			return fmt.Errorf("%s: %w of %d bytes", name, ErrTooLarge, l.File)
		case len(files) == l.Files:
			return fmt.Errorf("%s: %w of %d files", name, ErrTooMany, l.Files)
		}
		files = append(files, name)
		return nil
	})
	return files, err
}

// minText is how many letters of text a page must have to be claimed about. Pages
// that only frame or send on have less.
const minText = 300

// choose takes the index and further pages, spread evenly over those with text.
func (s *Site) choose(files []string, n int) ([]string, error) {
	var rest []string
	for _, f := range files {
		if f != "index.html" && strings.HasSuffix(f, ".html") {
			rest = append(rest, f)
		}
	}
	out := []string{"index.html"}
	for i := 0; i < len(rest) && len(out) < n; i += max(1, len(rest)/(3*n)) {
		doc, _, err := s.Read(rest[i])
		if err != nil {
			return nil, err
		}
		if TextLength(doc) >= minText {
			out = append(out, rest[i])
		}
	}
	return out, nil
}

// Host is where the site is served. Names under .example are reserved (RFC 2606).
func (s *Site) Host() string { return "www." + s.Name + ".example" }

// Read returns a file, made self-contained, and its MIME type. Errors wrap
// fs.ErrNotExist where there is none.
func (s *Site) Read(name string) (body []byte, kind string, err error) { return s.from.read(name) }

// onDisk is the source of a site on disk.
type onDisk struct {
	dir   string
	limit int64
}

func (s onDisk) read(name string) (body []byte, kind string, err error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return nil, "", err
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	if body, err = io.ReadAll(io.LimitReader(f, s.limit+1)); err != nil {
		return nil, "", err
	}
	if int64(len(body)) > s.limit {
		return nil, "", fmt.Errorf("read %s: %w", name, ErrTooLarge)
	}
	return cleaned(name, body)
}

func cleaned(name string, body []byte) ([]byte, string, error) {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = http.DetectContentType(body)
	}
	switch {
	case strings.HasPrefix(kind, "text/html"):
		kind, body = pageKind(body), Contain(body, false)
	case strings.HasPrefix(kind, "text/css"):
		body = containCSS(body)
	}
	return body, kind, nil
}

// pageKind is the MIME type that a document is served with.
func pageKind(doc []byte) string {
	if head := strings.ToLower(string(doc[:min(len(doc), 2048)])); strings.Contains(head, "charset") {
		return "text/html" // the document says its own
	}
	return "text/html; charset=utf-8"
}

// label makes a name fit for a host.
func label(name string) string {
	out := []byte(strings.ToLower(name))
	for i, c := range out {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			out[i] = '-'
		}
	}
	return strings.Trim(string(out[:min(len(out), 50)]), "-")
}
