package registry

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// The named errors about a site that a package should have held.
var (
	ErrNoPage     = errors.New("the package lacks the page")
	ErrLittleText = errors.New("its main page has too little text")
)

// minText is how many letters the main page has at least; claims are about pages
// that show something.
const minText = 300

// sources are the ends of names of files that no page loads.
var sources = []string{".scss", ".less", ".map", ".md", ".gz", ".pdf"}

// lay writes the site of an entry, whose package is in from, into the folder to,
// which is new.
func lay(e Entry, from, to string) error {
	root, err := os.OpenRoot(filepath.Join(from, filepath.FromSlash(e.Root)))
	if err != nil {
		return fmt.Errorf("%s: %w", e.Root, ErrNoPage)
	}
	defer root.Close()
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !e.wants(name) {
			return err
		}
		return copyFile(root, name, to)
	})
	if err != nil {
		return err
	}
	return layMain(e, root, to)
}

// layMain writes the main page, as the index.
func layMain(e Entry, root *os.Root, to string) error {
	doc, err := root.ReadFile(e.Main())
	if err != nil {
		return fmt.Errorf("%s: %w", e.Main(), ErrNoPage)
	}
	if n := site.TextLength(doc); n < minText {
		return fmt.Errorf("%s: %w: %d letters", e.Main(), ErrLittleText, n)
	}
	doc = rebase(doc, path.Dir(e.Main()))
	return os.WriteFile(filepath.Join(to, "index.html"), doc, 0o644)
}

// wants says whether a file of the package is part of the site.
func (e Entry) wants(name string) bool {
	lower := strings.ToLower(path.Base(name))
	if strings.HasPrefix(lower, ".") || name == e.Main() {
		return false
	}
	if isPage(lower) {
		return e.All() && !aside(name) || name != "index.html" && slices.Contains(e.Pages, name)
	}
	for _, s := range sources {
		if strings.HasSuffix(lower, s) {
			return false
		}
	}
	return true
}

func isPage(lower string) bool {
	return strings.HasSuffix(lower, ".html") || strings.HasSuffix(lower, ".htm")
}

// aside says whether a page is none that a visitor would show: Sphinx keeps the
// sources of a program, and what comes with fonts, in folders that begin with _.
func aside(name string) bool {
	switch path.Base(name) {
	case "search.html", "genindex.html", "404.html":
		return true
	}
	return strings.HasPrefix(name, "_") || strings.Contains(name, "/_")
}

// maxPage is the largest page in bytes, the main page aside: a larger one is tens of
// screens long, of which a claim shows one.
const maxPage = 200 << 10

func copyFile(root *os.Root, name, to string) error {
	info, err := root.Stat(name)
	if err != nil || info.Size() > site.DefaultFile || isPage(strings.ToLower(name)) && info.Size() > maxPage {
		return err
	}
	data, err := root.ReadFile(name)
	if err != nil {
		return err
	}
	full := filepath.Join(to, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	return os.WriteFile(full, data, 0o644)
}
