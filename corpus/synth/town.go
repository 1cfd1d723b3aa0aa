package synth

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// Options say where and with what the set is made. Dir is needed, the rest may
// be zero.
type Options struct {
	// Dir receives the set; it is made if there is none, and files of an
	// earlier set are replaced.
	Dir string
	// Browser is how the archives' browser is started: its path, sandbox,
	// budgets and temporary directory. Gateway and Clock are the set's own.
	Browser browser.Config
	// Camera is the executable that takes the claimants' pictures; empty is
	// full Chrome where there is one, else whatever browser.Find finds.
	Camera string
	// Logger receives what was made; nil discards.
	Logger *slog.Logger
}

// Town makes the demonstration set. It takes about half a minute. Errors wrap
// capture's kinds where the browser is the trouble.
func Town(ctx context.Context, o Options) (*Set, error) {
	if o.Dir == "" {
		return nil, errors.New("make demonstration set: no directory given")
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	for _, sub := range []string{"claims", "archives", "masks", "live"} {
		if err := os.MkdirAll(filepath.Join(o.Dir, sub), 0o755); err != nil {
			return nil, fmt.Errorf("make demonstration set: %w", err)
		}
	}
	p, err := newPress()
	if err != nil {
		return nil, fmt.Errorf("make demonstration set: %w", err)
	}
	list := recipes()
	claims := make([]Claim, len(list))
	for i, r := range list {
		claims[i] = r.describe()
	}
	err = fill(ctx, o, p, list, claims)
	if ctx.Err() != nil {
		err = ctx.Err() // whatever a browser that was interrupted complained of
	}
	if err != nil {
		return nil, fmt.Errorf("make demonstration set: %w", err)
	}
	set := &Set{Dir: o.Dir, Now: Now(), Claims: claims, press: p}
	if err := set.export(); err != nil {
		return nil, fmt.Errorf("make demonstration set: %w", err)
	}
	return set, set.write()
}

// fill makes archives and pictures side by side. The archives' browser is
// started first: where browsers do not start, its error says best why.
func fill(ctx context.Context, o Options, p *press, list []recipe, claims []Claim) (err error) {
	server, err := startServer(p, o.Logger)
	if err != nil {
		return err
	}
	defer server.close()
	server.fixed = true
	a, err := newArchivist(ctx, o.Browser, server)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return makeArchives(ctx, o, a, list, claims) })
	g.Go(func() error { return makePictures(ctx, o, p, list, claims) })
	return g.Wait()
}

// describe fills what is known of a claim before anything is made.
func (r recipe) describe() Claim {
	c := r.claim
	c.URL = townURL()
	c.Live = State{TownHost, Now(), r.live}
	c.Making = string(r.making)
	c.Archive = "archives/" + c.Name + ".warc.gz"
	if r.live != Gone {
		c.LiveDir = "live/" + string(r.live)
	}
	return c
}

func makeArchives(ctx context.Context, o Options, a *archivist, list []recipe, claims []Claim) error {
	for i, r := range list {
		data, err := a.warc(ctx, r.archive)
		if err != nil {
			return fmt.Errorf("make archive of %s: %w", r.claim.Name, err)
		}
		if err := os.WriteFile(filepath.Join(o.Dir, claims[i].Archive), data, 0o644); err != nil {
			return err
		}
		o.Logger.Info("made archive", "claim", r.claim.Name, "captures", len(r.archive), "bytes", len(data))
	}
	return nil
}

func makePictures(ctx context.Context, o Options, p *press, list []recipe, claims []Claim) error {
	server, err := startServer(p, o.Logger)
	if err != nil {
		return err
	}
	defer server.close()
	server.fixed, server.visits = true, 2
	cam, err := openCamera(ctx, o.Camera, o.Browser.NoSandbox, server.Addr)
	if err != nil {
		return err
	}
	defer cam.Close()
	s := &studio{press: p, server: server, camera: cam}
	for i, r := range list {
		pic, err := s.make(ctx, r)
		if err != nil {
			return err
		}
		if err := keep(o.Dir, &claims[i], pic); err != nil {
			return err
		}
		o.Logger.Info("made picture", "claim", r.claim.Name, "size", pic.size, "bytes", len(pic.file))
	}
	return nil
}

// keep writes a picture and its mask, and notes them in the claim.
func keep(dir string, c *Claim, pic picture) error {
	sum := sha256.Sum256(pic.file)
	c.SHA256, c.Width, c.Height = hex.EncodeToString(sum[:]), pic.size.X, pic.size.Y
	c.Picture = "claims/" + c.Name + pic.ext
	if err := os.WriteFile(filepath.Join(dir, c.Picture), pic.file, 0o644); err != nil {
		return err
	}
	if pic.mask == nil {
		return nil
	}
	c.Mask = "masks/" + c.Name + ".png"
	c.Altered = len(pic.mask.Pix) - strings.Count(string(pic.mask.Pix), "\x00")
	var b bytes.Buffer
	if err := png.Encode(&b, pic.mask); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, c.Mask), b.Bytes(), 0o644)
}
