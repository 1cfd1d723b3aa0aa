package synth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Port is where the sites are served, on loopback, under their own names. It is
// part of their address; 80 would need privileges.
const Port = 8080

// sitesServer serves the sites of the set on one loopback address.
type sitesServer struct {
	Addr netip.Addr

	press *press
	srv   *http.Server
	done  chan struct{}

	mu     sync.Mutex
	states map[string]State
	visits int
	fixed  bool // the counter does not rise
	log    *slog.Logger
}

// listen binds Port on the first loopback address where it is free. Only the
// address varies, never the port, because the port is part of every URL in the
// archives.
func listen() (net.Listener, netip.Addr, error) {
	var last error
	for i := range 64 {
		addr := netip.AddrFrom4([4]byte{127, 0, 0, 1})
		if i > 0 {
			addr = netip.AddrFrom4([4]byte{127, 77, 0, byte(i)})
		}
		l, err := net.Listen("tcp4", netip.AddrPortFrom(addr, Port).String())
		if err == nil {
			return l, addr, nil
		}
		last = err
	}
	return nil, netip.Addr{}, fmt.Errorf("serve sites on loopback port %d: %w", Port, last)
}

func startServer(p *press, log *slog.Logger) (*sitesServer, error) {
	l, addr, err := listen()
	if err != nil {
		return nil, err
	}
	s := &sitesServer{Addr: addr, press: p, done: make(chan struct{}), states: map[string]State{}, log: log}
	s.srv = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	go func() {
		defer close(s.done)
		if err := s.srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("serve sites", "error", err)
		}
	}()
	return s, nil
}

// show sets what a site shows from now on.
func (s *sitesServer) show(st State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.states[st.Host] = st
}

// resolve returns the overrides that lead to the server, as HOST:PORT:ADDR.
func (s *sitesServer) resolve() []string {
	var out []string
	for _, host := range []string{TownHost, ClubHost} {
		out = append(out, fmt.Sprintf("%s:%d:%s", host, Port, s.Addr))
	}
	return out
}

func (s *sitesServer) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if s.srv.Shutdown(ctx) != nil {
		_ = s.srv.Close()
	}
	<-s.done
}

// now returns the state of a host and counts the visit when it is one.
func (s *sitesServer) now(host, urlPath string) (State, int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st, ok := s.states[host]
	visit := s.visits
	if ok && !s.fixed && urlPath == "/" {
		s.visits++
	}
	return st, visit, ok
}

func (s *sitesServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	st, visit, ok := s.now(host, r.URL.Path)
	if !ok {
		http.Error(w, "no such site", http.StatusMisdirectedRequest)
		return
	}
	a, err := s.press.serve(st, r.URL.Path, visit)
	if err != nil {
		s.log.Error("serve page", "path", r.URL.Path, "error", err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.mime)
	h.Set("Date", st.At.UTC().Format(http.TimeFormat))
	h.Set("Server", "nginx")
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}
