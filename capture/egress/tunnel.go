package egress

import (
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// established is the whole answer to a CONNECT that worked.
const established = "HTTP/1.1 200 Connection established\r\n\r\n"

// tunnel answers CONNECT: it dials, takes the browser's connection over, and
// copies both ways until both have ended, one has failed, or the session is
// over.
func (s *Session) tunnel(w http.ResponseWriter, r *http.Request) {
	t, err := parseTarget(r.RequestURI, 0)
	if err != nil {
		s.misread(w, "CONNECT", r.RequestURI, err)
		return
	}
	server, err := s.dial(r.Context(), "CONNECT", t)
	if err != nil {
		fail(w, err)
		return
	}
	defer server.Close()
	client, buf, err := http.NewResponseController(w).Hijack()
	if err != nil {
		fail(w, err)
		return
	}
	defer client.Close()
	if !s.adopt(client) {
		return
	}
	defer s.release(client)
	client.SetDeadline(time.Time{})
	if _, err := io.WriteString(client, established); err != nil {
		return
	}
	join(server, client, buf.Reader)
}

// join copies between server and client; early is the client's side with what
// the browser sent before it was answered. The server's side keeps the time: a
// client that does not read is given up when that side has been idle.
func join(server *conn, client net.Conn, early io.Reader) {
	var wg sync.WaitGroup
	wg.Go(func() { pass(server, early, server, client) })
	wg.Go(func() { pass(&patient{client, server.idle}, server, server, client) })
	wg.Wait()
}

// pass copies one direction. A clean end is passed on; anything else ends both.
func pass(dst io.Writer, src io.Reader, server *conn, client net.Conn) {
	_, err := io.Copy(dst, src)
	if err == nil {
		if h, ok := dst.(interface{ CloseWrite() error }); ok {
			err = h.CloseWrite()
		}
	}
	if err != nil {
		server.Close()
		client.Close()
	}
}

// patient bounds each write to the browser.
type patient struct {
	net.Conn
	idle time.Duration
}

func (p *patient) Write(b []byte) (int, error) {
	p.Conn.SetWriteDeadline(time.Now().Add(p.idle))
	return p.Conn.Write(b)
}

// CloseWrite passes the end of one direction on.
func (p *patient) CloseWrite() error { return closeWrite(p.Conn) }

// adopt takes a hijacked connection into the session's care, which the server
// no longer closes; false means too late.
func (s *Session) adopt(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.tubes[c] = struct{}{}
	return true
}

func (s *Session) release(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tubes, c)
}
