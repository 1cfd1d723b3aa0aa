package alignment

import (
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/synth"
)

//go:embed pages
var ownPages embed.FS

// fetchTime bounds the download of one package.
const fetchTime = 2 * time.Minute

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

// unpack downloads a package with the system's own client, holds it against its
// digest, and unpacks it, once.
func (r *run) unpack(ctx context.Context, s *site) error {
	base := filepath.Join(r.cache, "sites", strings.NewReplacer("/", "-", ":", "-").Replace(s.ref))
	s.dir = filepath.Join(base, filepath.FromSlash(s.root))
	if _, err := os.Stat(s.dir); err == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	tmp, err := os.MkdirTemp(r.cache, "fetch-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	get, open := []string{"npm", "pack", "--silent", s.ref}, []string{"tar", "-xzf"}
	if s.kind == "deb" {
		get, open = []string{"apt-get", "download", "-qq", s.ref}, []string{"dpkg-deb", "-x"}
	}
	if err := command(ctx, tmp, get...); err != nil {
		return fmt.Errorf("fetch %s: %w", s.ref, err)
	}
	got, err := filepath.Glob(filepath.Join(tmp, "*.*"))
	if err != nil || len(got) != 1 {
		return fmt.Errorf("fetch %s: %d files came", s.ref, len(got))
	}
	if err := check(got[0], s.sum); err != nil {
		return fmt.Errorf("fetch %s: %w", s.ref, err)
	}
	if err := os.MkdirAll(base, 0o755); err != nil {
		return err
	}
	args := append(open, got[0])
	if s.kind == "deb" {
		args = append(args, base)
	} else {
		args = append(args, "-C", base)
	}
	return command(ctx, tmp, args...)
}

var errDigest = errors.New("not the file that the list names")

// check holds a file against "sha512-BASE64" or a SHA-256 in hexadecimal.
func check(name, want string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	wide, short := sha512.Sum512(data), sha256.Sum256(data)
	if want == "sha512-"+base64.StdEncoding.EncodeToString(wide[:]) || want == hex.EncodeToString(short[:]) {
		return nil
	}
	return errDigest
}

func command(ctx context.Context, dir string, args ...string) error {
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %.200s", args[0], err, out)
	}
	return nil
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
