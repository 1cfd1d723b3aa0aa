package casebook

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Corpus is a corpus on disk.
type Corpus struct {
	Manifest
	Dir string
}

// Open reads the manifest of a corpus.
func Open(dir string) (*Corpus, error) {
	m, err := readJSON[Manifest](filepath.Join(dir, ManifestName))
	if err == nil && m.Schema != Schema {
		err = fmt.Errorf("its schema is %.40q and not %q", m.Schema, Schema)
	}
	if err != nil {
		return nil, fmt.Errorf("open corpus %s: %w", dir, err)
	}
	return &Corpus{m, dir}, nil
}

// Claim reads a claim of the manifest. Its files lie in the directory that Path gives;
// they are held against the digest of the manifest.
func (c *Corpus) Claim(e Entry) (Claim, Known, error) {
	fail := func(err error) (Claim, Known, error) {
		return Claim{}, Known{}, fmt.Errorf("read claim %s: %w", e.Name, err)
	}
	if !filepath.IsLocal(e.Name) || strings.ContainsAny(e.Name, `/\`) {
		return fail(errors.New("no name of a claim"))
	}
	sum, err := sumOf(c.Path(e, ""))
	if err != nil {
		return fail(err)
	}
	if sum != e.SHA256 {
		return fail(errors.New("its files are not those that the manifest names"))
	}
	claim, err := readJSON[Claim](c.Path(e, ClaimName))
	if err != nil {
		return fail(err)
	}
	known, err := readJSON[Known](c.Path(e, TruthName))
	if err != nil {
		return fail(err)
	}
	names := []string{claim.Picture, claim.Archive}
	for _, x := range claim.Earlier {
		names = append(names, x.Picture)
	}
	for _, file := range claim.Live.Pages {
		names = append(names, file)
	}
	names = append(names, claim.Live.Turns...)
	if i := slices.IndexFunc(names, func(n string) bool { return !filepath.IsLocal(filepath.FromSlash(n)) }); i >= 0 {
		return fail(fmt.Errorf("%q is not a path inside of it", names[i]))
	}
	return claim, known, nil
}

// Path is where a file of a claim lies.
func (c *Corpus) Path(e Entry, name string) string {
	return filepath.Join(c.Dir, claimsDir, e.Name, filepath.FromSlash(name))
}

// Server serves, on loopback, what one claim after the other finds live.
type Server struct {
	Addr netip.Addr // where it listens, at Port

	corpus *Corpus
	srv    *http.Server
	done   chan error

	mu     sync.Mutex
	entry  Entry
	live   Live
	visits int // of the claimed page
}

// Serve listens. Close must be called.
func (c *Corpus) Serve() (*Server, error) {
	l, addr, err := listen()
	if err != nil {
		return nil, err
	}
	s := &Server{Addr: addr, corpus: c, done: make(chan error, 1)}
	s.srv = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { s.done <- s.srv.Serve(l) }()
	return s, nil
}

// listen binds Port on the first loopback address where it is free: the port is part
// of every address of the corpus.
func listen() (net.Listener, netip.Addr, error) {
	var last error
	for i := range 64 {
		addr := netip.AddrFrom4([4]byte{127, 79, 0, byte(1 + i)})
		l, err := net.Listen("tcp4", net.JoinHostPort(addr.String(), Port))
		if err == nil {
			return l, addr, nil
		}
		last = err
	}
	return nil, netip.Addr{}, fmt.Errorf("serve sites on loopback port %s: %w", Port, last)
}

// Show sets what is live.
func (s *Server) Show(e Entry, c Claim) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entry, s.live, s.visits = e, c.Live, 0
}

// Close ends the server.
func (s *Server) Close() error {
	err := s.srv.Close()
	if e := <-s.done; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}

// ServeHTTP answers for the claim's host. A site that is gone closes the connection.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	entry, live, turn := s.visit(r.URL.Path)
	host, _, _ := net.SplitHostPort(r.Host)
	if live.Gone || host != live.Host {
		panic(http.ErrAbortHandler)
	}
	body, kind, err := s.read(entry, live, r.URL.Path, turn)
	if err != nil {
		http.Error(w, "there is no page at this address", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body)
}

// visit is what is live, and as which file the claimed page is served, if that is
// asked for and is another from visit to visit.
func (s *Server) visit(at string) (e Entry, live Live, turn string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.live.Turns); n > 0 && s.live.Pages[at] == livePage {
		turn = s.live.Turns[s.visits%n]
		s.visits++
	}
	return s.entry, s.live, turn
}

func (s *Server) read(e Entry, live Live, at, turn string) (body []byte, kind string, err error) {
	dir, name := s.corpus.Path(e, ""), cmp.Or(turn, live.Pages[at])
	if name == "" {
		if live.Site == "" {
			return nil, "", os.ErrNotExist
		}
		dir, name = filepath.Join(s.corpus.Dir, filepath.FromSlash(path.Clean("/"+live.Site))), strings.TrimPrefix(path.Clean("/"+at), "/")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, "", err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	if body, err = io.ReadAll(f); err != nil {
		return nil, "", err
	}
	switch kind = mime.TypeByExtension(path.Ext(at)); {
	case live.Pages[at] == livePage || strings.HasPrefix(kind, "text/html"):
		kind = kindOf(body)
	case kind == "":
		kind = http.DetectContentType(body)
	}
	return body, kind, nil
}
