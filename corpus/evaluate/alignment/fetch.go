package alignment

import (
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/corpus/synth/registry"
)

//go:embed pages
var ownPages embed.FS

// fetch puts the site's files on disk and sets its dir.
func (r *run) fetch(ctx context.Context, s *site) error {
	switch s.kind {
	case "npm", "deb":
		return r.unpack(ctx, s)
	case "shared":
		s.dir = filepath.Join(r.shared, s.ref, s.root)
		_, err := os.Stat(s.dir)
		return err
	case "synth":
		return r.town(ctx, s)
	case "own":
		s.dir = filepath.Join(r.cache, "own")
		if err := os.RemoveAll(s.dir); err != nil {
			return err
		}
		if err := os.CopyFS(s.dir, ownPages); err != nil {
			return err
		}
		s.dir = filepath.Join(s.dir, "pages")
		return nil
	}
	return fmt.Errorf("fetch %s: no such kind of site: %q", s.name, s.kind)
}

// unpack has the site's package fetched.
func (r *run) unpack(ctx context.Context, s *site) error {
	c := registry.Cache{Dir: filepath.Join(r.cache, "sites")}
	base, err := c.Fetch(ctx, registry.Package{Kind: s.kind, Ref: s.ref, Digest: s.sum})
	if err != nil {
		return err
	}
	s.dir = filepath.Join(base, filepath.FromSlash(s.root))
	_, err = os.Stat(s.dir)
	return err
}

// town makes the demonstration set once; its live sites are pages too.
func (r *run) town(ctx context.Context, s *site) error {
	base := filepath.Join(r.cache, "town")
	s.dir = filepath.Join(base, "live", s.root)
	done := filepath.Join(base, "complete")
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	if _, err := synth.Town(ctx, synth.Options{Dir: base, Browser: browser.Config{NoSandbox: r.o.noSandbox}}); err != nil {
		return err
	}
	return os.WriteFile(done, nil, 0o644)
}
