package synth

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// Still returns one of the demonstration's sites as files that no server prints:
// "town-2024", "town-2025" or "club", in its ordinary state at one moment. The keys
// are paths below the site, "index.html" among them. Same name, same bytes.
func Still(name string) (files map[string][]byte, err error) {
	p, err := newPress()
	if err != nil {
		return nil, err
	}
	st := State{Host: TownHost, At: Now(), Look: Ordinary}
	switch name {
	case "town-2024":
		st.At = redesign().Add(-24 * time.Hour)
	case "town-2025":
	case "club":
		st.Host = ClubHost
	default:
		return nil, fmt.Errorf("print site %q: there is none of this name", name)
	}
	files = map[string][]byte{}
	for _, at := range []string{"/", "/council/"} {
		if p.docName(st, at) == "" {
			continue
		}
		a, err := p.serve(st, at, 0)
		if err != nil {
			return nil, err
		}
		files[strings.TrimPrefix(at+"index.html", "/")] = a.body
	}
	return files, addServed(files, siteDir(st.Host))
}

// addServed adds the style sheets and pictures of a site.
func addServed(files map[string][]byte, dir string) error {
	root := path.Join("testdata", dir)
	return fs.WalkDir(pages, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !servable(name) {
			return err
		}
		files[strings.TrimPrefix(name, root+"/")], err = pages.ReadFile(name)
		return err
	})
}
