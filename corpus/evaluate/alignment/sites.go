package alignment

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

//go:embed sites.tsv
var siteTable string

// site is a set of pages that belong together, on disk.
type site struct {
	name, kind, ref, sum, root string
	pages                      []string
	dir                        string // where its files are; "" until fetched
	digest                     string // of all its files
}

// family is the site's name without its version: versions of one site must not
// be parted between the two sets.
func (s *site) family() string {
	name, _, _ := strings.Cut(s.name, "/")
	return name
}

// development says whether the site may be looked at while developing.
func (s *site) development() bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte("defacecheck alignment " + s.family()))
	return h.Sum32()%2 == 0
}

func (s *site) host() string {
	return strings.NewReplacer("/", "-", "_", "-", ".", "-").Replace(s.name) + ".example"
}

// subject is one page.
type subject struct {
	site *site
	path string
}

func (p subject) url() string    { return "http://" + p.site.host() + "/" + p.path }
func (p subject) String() string { return p.site.name + "/" + p.path }

func readSites() ([]*site, error) {
	var out []*site
	for line := range strings.SplitSeq(siteTable, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("read list of sites: %d fields in %q", len(f), line)
		}
		out = append(out, &site{name: f[0], kind: f[1], ref: f[2], sum: f[3], root: f[4], pages: strings.Split(f[5], ",")})
	}
	return out, nil
}

// gather makes every site that can be had and tells of those that cannot.
func (r *run) gather(ctx context.Context) error {
	all, err := readSites()
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := r.fetch(ctx, s); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			r.say("skipped %s: %v", s.name, err)
			continue
		}
		if err := s.measure(); err != nil {
			return err
		}
		r.sites = append(r.sites, s)
		for _, p := range s.pages {
			if _, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(p))); err != nil {
				r.say("skipped %s/%s: not in the package", s.name, p)
				continue
			}
			r.pages = append(r.pages, subject{s, p})
		}
	}
	if len(r.pages) == 0 {
		return fmt.Errorf("gather pages: none could be had")
	}
	return nil
}

// measure computes the digest of the site's files and, where the table leaves
// its pages open, lists them.
func (s *site) measure() error {
	h := sha256.New()
	var pages []string
	err := filepath.WalkDir(s.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(s.dir, name)
		fmt.Fprintf(h, "%s %d\n", rel, info.Size())
		if strings.HasSuffix(rel, ".html") {
			pages = append(pages, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("list site %s: %w", s.name, err)
	}
	fmt.Fprintln(h, s.ref, s.sum)
	s.digest = hex.EncodeToString(h.Sum(nil))[:16]
	if len(s.pages) == 1 && s.pages[0] == "*" {
		sort.Strings(pages)
		s.pages = pages
	}
	return nil
}
