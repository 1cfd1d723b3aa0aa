package site

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// LoadAll reads the sites of all places, sorted by name: of folders as Load does, and
// of WARC and WACZ files, which are read together. shut closes the files, after which
// no site of them can be read; it is never nil. Errors wrap the named ones of this
// package, or those of archive.Open.
func LoadAll(ctx context.Context, places []string, limits Limits) (all []*Site, shut func() error, err error) {
	l := limits.orDefaults()
	v := newVault(l)
	var archives []string
	for _, p := range places {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return nil, v.close, errors.Join(fmt.Errorf("read sites: %w", err), v.close())
		case info.Mode().IsRegular():
			if p, err = filepath.Abs(p); err == nil { // no name of a remote archive
				archives, err = append(archives, p), v.open(ctx, p)
			}
		default:
			var more []*Site
			more, err = Load(p, limits)
			all = append(all, more...)
		}
		if err != nil {
			return nil, v.close, errors.Join(fmt.Errorf("read sites: %w", err), v.close())
		}
	}
	v.sort()
	more, err := v.sites()
	if err == nil && len(more) == 0 && len(archives) > 0 {
		err = fmt.Errorf("%w: no page of %d letters of text was captured with status 200", ErrNoSites, minText)
	}
	if err != nil {
		err = fmt.Errorf("read sites: %s: %w", strings.Join(archives, ", "), err)
	} else {
		all, err = distinct(append(all, more...))
	}
	if err != nil {
		return nil, v.close, errors.Join(err, v.close())
	}
	return all, v.close, nil
}

// distinct sorts sites by name and refuses two of one name.
func distinct(all []*Site) ([]*Site, error) {
	slices.SortFunc(all, func(a, b *Site) int { return cmp.Compare(a.Name, b.Name) })
	for i := range all[min(1, len(all)):] {
		if all[i].Name == all[i+1].Name {
			return nil, fmt.Errorf("read sites: two are called %s: rename a folder", all[i].Name)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("read sites: %w", ErrNoSites)
	}
	return all, nil
}

// sites are the hosts of which pages were captured, by the order of their names. A
// host that only lends files to others is none.
func (v *vault) sites() (out []*Site, err error) {
	pages := map[string][]string{}
	for at, captures := range v.all {
		if name, ok := v.page(at, captures[0]); ok {
			pages[at.host] = append(pages[at.host], name)
		}
	}
	taken := map[string]bool{}
	var lost error
	for _, host := range slices.Sorted(maps.Keys(pages)) {
		s := &Site{Name: hostName(host, taken), from: replayed{v, host}}
		if s.Pages, err = s.legible(pages[host], v.limits.Pages); err != nil {
			lost = err
		}
		if len(s.Pages) == 0 {
			continue
		}
		if len(out) == v.limits.Sites {
			return nil, fmt.Errorf("%s: %w of %d sites", host, ErrTooMany, v.limits.Sites)
		}
		taken[s.Name], out = true, append(out, s)
	}
	if len(out) == 0 && lost != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoSites, lost)
	}
	return out, nil
}

// page is the name of the page at an address, if claims can be about it: what a
// server of the corpus answers with for the path that it was captured at.
func (v *vault) page(at address, h held) (name string, ok bool) {
	if !isPage(h.what.MIME) && h.what.MIME != "" || at.path != "/" && !usual(at.path) {
		return "", false
	}
	if dir, is := strings.CutSuffix(at.path, "/index.html"); is {
		if len(v.all[address{at.host, "/" + strings.TrimPrefix(dir, "/")}]) > 0 {
			return "", false // the same page, as a rule
		}
	}
	if name = strings.TrimPrefix(h.where.Path, "/"); name == "" {
		return "index.html", true
	}
	return name, strings.TrimSuffix(name, "/") == at.path[1:]
}

// legible takes the index and further pages, spread evenly, of those with text. The
// error is of a page that could not be read.
func (s *Site) legible(names []string, n int) (out []string, lost error) {
	slices.SortFunc(names, func(a, b string) int {
		if first := cmp.Compare(rank(a), rank(b)); first != 0 {
			return first
		}
		return cmp.Compare(a, b)
	})
	for i := 0; i < len(names) && len(out) < n; {
		doc, kind, err := s.Read(names[i])
		if err != nil {
			lost = err
		} else if isPage(kind) && TextLength(doc) >= minText {
			out = append(out, names[i])
		}
		if i == 0 {
			i++
			continue
		}
		i += max(1, (len(names)-1)/(3*n))
	}
	return out, lost
}

func rank(page string) int {
	if page == "index.html" {
		return 0
	}
	return 1
}

// hostName names a site after its host, differently from those that are taken.
func hostName(host string, taken map[string]bool) string {
	for _, name := range []string{label(strings.TrimPrefix(host, "www.")), label(host)} {
		if name != "" && !taken[name] {
			return name
		}
	}
	return "host-" + hash(address{host, "/"})
}
