package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

// Options say what Prepare works on.
type Options struct {
	Out   string // the folder of sites; made where it is missing
	Cache Cache
	Sites []Entry
	// Tell is called for each site when it is done, err being why it could not be had.
	Tell func(e Entry, err error)
}

// layout is raised when the same package and entry give other files than before.
const layout = "2"

// stamps is the folder in Out that tells of what each site was made; no site, since
// site.Load passes over names that begin with a dot.
const stamps = ".made"

// Prepare makes the folder of sites, of those that can be had, and returns how many
// these are. A site that is there and was made of the same entry is left as it is; one
// that was made of an entry that is no longer in the list is taken away. The error is
// about Out and ctx, never about a single site.
func Prepare(ctx context.Context, o Options) (have int, err error) {
	if err := os.MkdirAll(filepath.Join(o.Out, stamps), 0o755); err != nil {
		return 0, fmt.Errorf("prepare sites: %w", err)
	}
	if err := o.tidy(); err != nil {
		return 0, fmt.Errorf("prepare sites: %w", err)
	}
	for _, e := range o.Sites {
		err := o.one(ctx, e)
		if ctx.Err() != nil {
			return have, fmt.Errorf("prepare sites: %w", ctx.Err())
		}
		if err == nil {
			have++
		}
		if o.Tell != nil {
			o.Tell(e, err)
		}
	}
	return have, nil
}

// one makes one site, whole or not at all.
func (o Options) one(ctx context.Context, e Entry) error {
	dir := filepath.Join(o.Out, e.Name)
	if o.made(e) {
		return nil
	}
	from, done, err := o.source(ctx, e)
	if err != nil {
		return err
	}
	defer done()
	part := filepath.Join(o.Out, ".part")
	for _, d := range []string{part, dir} {
		if err := os.RemoveAll(d); err != nil {
			return err
		}
	}
	if err := lay(e, from, part); err != nil {
		return fmt.Errorf("make site of %s: %w", e.Package.Ref, err)
	}
	if _, err := site.Open(part, e.Name, site.Limits{}); err != nil {
		return fmt.Errorf("make site of %s: %w", e.Package.Ref, err)
	}
	if err := os.Rename(part, dir); err != nil {
		return err
	}
	return os.WriteFile(o.stamp(e.Name), []byte(e.digest()), 0o644)
}

// source is the folder that the site is made from, until done is called.
func (o Options) source(ctx context.Context, e Entry) (dir string, done func(), err error) {
	if e.Package.Kind != own {
		dir, err = o.Cache.Fetch(ctx, e.Package)
		return dir, func() {}, err
	}
	if dir, err = os.MkdirTemp("", "own-site-"); err != nil {
		return "", nil, err
	}
	if err := writeOwn(e.Package.Ref, dir); err != nil {
		_ = os.RemoveAll(dir)
		return "", nil, err
	}
	return dir, func() { _ = os.RemoveAll(dir) }, nil
}

// made says whether the site is there and was made of just this entry. What the
// program has itself may have changed with it.
func (o Options) made(e Entry) bool {
	if e.Package.Kind == own {
		return false
	}
	got, err := os.ReadFile(o.stamp(e.Name))
	if err != nil || string(got) != e.digest() {
		return false
	}
	_, err = os.Stat(filepath.Join(o.Out, e.Name, "index.html"))
	return err == nil
}

func (o Options) stamp(name string) string { return filepath.Join(o.Out, stamps, name) }

func (e Entry) digest() string {
	h := sha256.Sum256(fmt.Appendf(nil, "%s %q", layout, e))
	return hex.EncodeToString(h[:])
}

// tidy takes away what an interrupted run left, and sites that Prepare made of
// entries that the list no longer has. Folders that it did not make it leaves.
func (o Options) tidy() error {
	if err := os.RemoveAll(filepath.Join(o.Out, ".part")); err != nil {
		return err
	}
	now := map[string]bool{}
	for _, e := range o.Sites {
		now[e.Name] = true
	}
	all, err := os.ReadDir(filepath.Join(o.Out, stamps))
	if err != nil {
		return err
	}
	for _, s := range all {
		if now[s.Name()] {
			continue
		}
		if err := os.RemoveAll(filepath.Join(o.Out, s.Name())); err != nil {
			return err
		}
		if err := os.Remove(o.stamp(s.Name())); err != nil {
			return err
		}
	}
	return nil
}
