package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
)

// address is what captures are told apart by: a query is no part of it, since sites
// of a corpus are served without.
type address struct {
	host string // in lower case, with a port that is not the scheme's
	path string // cleaned, without a slash at its end but the first
}

// addressOf takes the address out of a URL of the web.
func addressOf(u *url.URL) (address, bool) {
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return address{}, false
	}
	host := strings.ToLower(u.Hostname())
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	return address{host, path.Clean("/" + u.Path)}, true
}

// held is a capture of an address.
type held struct {
	from  archive.Inventory
	what  capture.Memento
	where *url.URL
}

// preferred orders the captures of an address: those without a query first, then the
// later first.
func preferred(a, b held) int {
	asks := func(x held) int { return min(len(x.where.RawQuery), 1) }
	return cmp.Or(cmp.Compare(asks(a), asks(b)), b.what.At.Compare(a.what.At))
}

// vault is what archive files hold, all of them together.
type vault struct {
	limits Limits
	all    map[address][]held // the preferred first, once everything is in
	hashed map[string]address // by the names that files have whose own will not do
	within map[address]bool   // what is a folder of something else
	files  map[string]int     // by host
	shut   []func() error
}

func newVault(l Limits) *vault {
	return &vault{limits: l, all: map[address][]held{}, hashed: map[string]address{}, within: map[address]bool{}, files: map[string]int{}}
}

// open adds an archive file. Its errors name it.
func (v *vault) open(ctx context.Context, file string) error {
	a, err := archive.Open(ctx, file, archive.Options{MaxBody: v.limits.File})
	if err != nil {
		return err
	}
	v.shut = append(v.shut, a.Close)
	from, ok := a.(archive.Inventory)
	if !ok {
		return fmt.Errorf("%s: %w: it is no file", file, ErrNoSites)
	}
	found := false
	for m := range from.Captures() {
		u, err := url.Parse(m.URL)
		if err != nil || m.Status != http.StatusOK {
			continue
		}
		at, ok := addressOf(u)
		if !ok {
			continue
		}
		found = true
		if err := v.add(at, held{from, m, u}); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	if !found {
		return fmt.Errorf("%s: %w: it has no answer of a web server with status 200", file, ErrNoSites)
	}
	return nil
}

func (v *vault) add(at address, h held) error {
	v.all[at] = append(v.all[at], h)
	if len(v.all[at]) > 1 {
		return nil
	}
	if v.files[at.host]++; v.files[at.host] > v.limits.Files {
		return fmt.Errorf("%s: %w of %d files", at.host, ErrTooMany, v.limits.Files)
	}
	v.hashed[hash(at)] = at
	for dir := path.Dir(at.path); dir != "/"; dir = path.Dir(dir) {
		in := address{at.host, dir}
		if v.within[in] {
			break
		}
		v.within[in] = true
	}
	return nil
}

// sort is called when everything is in.
func (v *vault) sort() {
	for _, captures := range v.all {
		slices.SortStableFunc(captures, preferred)
	}
}

// kind is the MIME type that was told for an address.
func (v *vault) kind(at address) string {
	if captures := v.all[at]; len(captures) > 0 {
		return captures[0].what.MIME
	}
	return ""
}

func (v *vault) close() error {
	var err error
	for _, shut := range v.shut {
		err = errors.Join(err, shut())
	}
	return err
}

func hash(at address) string {
	sum := sha256.Sum256([]byte(at.host + at.path))
	return hex.EncodeToString(sum[:8])
}

// renamed is the folder of files whose own names will not do: those of other hosts
// that the site's pages load, and those that do not tell what they are.
const renamed = "@/"

// usual says whether a path can be a file's name on every system, and a URL as it is.
func usual(p string) bool { return len(p) <= maxName && usualPath.MatchString(p) }

var usualPath = regexp.MustCompile(`^(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$`)

// maxName is far below what file systems take, with the folder before it.
const maxName = 200

// endings are the ends of names by which a server tells what a file is, where nothing
// in the file would.
var endings = map[string][]string{
	"text/css": {".css"}, "text/html": {".html", ".htm"}, "application/xhtml+xml": {".html", ".htm"}, "image/svg+xml": {".svg"},
	"text/javascript": {".js", ".mjs"}, "application/javascript": {".js", ".mjs"}, "application/x-javascript": {".js"},
}

// name is what the file at an address is called in the site of a host.
func (v *vault) name(host string, at address) string {
	kind := v.kind(at)
	ends, known := endings[kind]
	fits := !known
	for _, e := range ends {
		fits = fits || strings.HasSuffix(strings.ToLower(at.path), e)
	}
	if at.host == host && fits && usual(at.path) && !v.within[at] {
		return at.path[1:]
	}
	end := ""
	switch ext := path.Ext(at.path); {
	case known:
		end = ends[0]
	case usual("/a" + ext):
		end = ext
	}
	return renamed + hash(at) + end
}

// find gives the captures of a name in the site of a host, the preferred first.
func (v *vault) find(host, name string) ([]held, error) {
	at := address{host, path.Clean("/" + name)}
	if short, is := strings.CutPrefix(name, renamed); is {
		short, _, _ = strings.Cut(short, ".")
		at = v.hashed[short]
	} else if top := (address{host, "/"}); name == "index.html" && len(v.all[top]) > 0 {
		at = top
	}
	if len(v.all[at]) == 0 {
		return nil, fmt.Errorf("read %s: %w", name, fs.ErrNotExist)
	}
	return v.all[at], nil
}
