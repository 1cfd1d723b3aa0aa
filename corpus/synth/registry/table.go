package registry

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed sites.tsv
var siteTable string

// Entry is a site of the table.
type Entry struct {
	Name    string // of its folder
	Group   string // what it looks like: "business", "shop", "blog", "portfolio", "dashboard" or "manual"
	Package Package
	Root    string   // the folder of the package that is the site
	Pages   []string // its pages below Root, the main page first; "*" alone is all, index.html first
}

// All says whether every page below the root is one of the site.
func (e Entry) All() bool { return len(e.Pages) == 1 && e.Pages[0] == "*" }

// Main is the page that becomes the site's index.html.
func (e Entry) Main() string {
	if e.All() {
		return "index.html"
	}
	return e.Pages[0]
}

const columns = 7

// Sites reads the table, in its order.
func Sites() ([]Entry, error) { return parse(siteTable) }

func parse(table string) (out []Entry, err error) {
	for line := range strings.SplitSeq(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return nil, fmt.Errorf("read list of sites: %d fields, not %d, in %q", len(f), columns, line)
		}
		out = append(out, Entry{f[0], f[1], Package{f[2], f[3], f[4]}, f[5], strings.Split(f[6], ",")})
	}
	return out, nil
}
