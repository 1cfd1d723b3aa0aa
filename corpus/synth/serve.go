package synth

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"syscall"
)

// Serve serves on loopback what the claim's site shows when the claim is
// judged. resolve leads to it, each as HOST:PORT:ADDR for --resolve. A site
// that is gone refuses connections. Several claims may be served at a time.
// Call stop when done; it waits for what was served.
func (s *Set) Serve(c Claim) (resolve []string, stop func(), err error) {
	if c.Live.Look == Gone {
		addr, free, err := refuse()
		if err != nil {
			return nil, nil, err
		}
		return []string{fmt.Sprintf("%s:%d:%s", c.Live.Host, Port, addr)}, free, nil
	}
	server, err := startServer(s.press, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, nil, err
	}
	server.show(c.Live)
	server.show(State{ClubHost, c.Live.At, Ordinary})
	return server.resolve(), server.close, nil
}

// refuse holds Port on a loopback address without listening there, so that a
// connection is refused and nobody else can answer it. The addresses are none
// of those that listen uses: a socket that is bound and does not listen would
// not keep a server off.
func refuse() (addr string, free func(), err error) {
	for i := range 64 {
		ip := [4]byte{127, 78, 0, byte(1 + i)}
		if free, err = hold(ip); err == nil {
			return netip.AddrFrom4(ip).String(), free, nil
		}
	}
	return "", nil, fmt.Errorf("hold loopback port %d: %w", Port, err)
}

func hold(ip [4]byte) (free func(), err error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Port: Port, Addr: ip}); err != nil {
		_ = syscall.Close(fd)
		return nil, err
	}
	return func() { _ = syscall.Close(fd) }, nil
}

// export writes each live look as plain files, for looking at and for other
// web servers. The visitors' counter stands still in them.
func (s *Set) export() error {
	done := map[string]bool{}
	for _, c := range s.Claims {
		if c.LiveDir == "" || done[c.LiveDir] {
			continue
		}
		done[c.LiveDir] = true
		if err := s.exportState(c.Live, s.Path(c.LiveDir)); err != nil {
			return fmt.Errorf("export live site to %s: %w", c.LiveDir, err)
		}
	}
	return nil
}

func (s *Set) exportState(st State, dir string) error {
	paths := []string{"/", "/council/"}
	root := path.Join("testdata", siteDir(st.Host))
	err := fs.WalkDir(pages, root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && servable(name) {
			paths = append(paths, name[len(root):])
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range paths {
		a, err := s.press.serve(st, p, 0)
		if err != nil {
			return err
		}
		name := filepath.Join(dir, filepath.FromSlash(p))
		if path.Ext(p) == "" {
			name = filepath.Join(name, "index.html")
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, a.body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
