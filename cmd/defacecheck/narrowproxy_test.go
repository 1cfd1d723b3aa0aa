package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
)

// narrowProxy is a SOCKS5 proxy (RFC 1928) that leads every connection to
// 127.0.0.1 to one server and refuses all others, names included. Behind it,
// a page with parts on other hosts can be shown under its own host name and
// port without anything leaving this machine, not even a question to DNS.
type narrowProxy struct {
	listener net.Listener
	to       string
	mu       sync.Mutex
	open     map[net.Conn]bool
	wg       sync.WaitGroup
}

// newNarrowProxy returns the proxy's URL for --proxy.
func newNarrowProxy(t *testing.T, to string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &narrowProxy{listener: l, to: to, open: map[net.Conn]bool{}}
	p.wg.Go(p.accept)
	t.Cleanup(p.close)
	return "socks5h://" + l.Addr().String()
}

func (p *narrowProxy) accept() {
	for {
		c, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.wg.Go(func() {
			defer p.drop(c)
			if p.keep(c) {
				_ = p.serve(c)
			}
		})
	}
}

func (p *narrowProxy) keep(c net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		return false
	}
	p.open[c] = true
	return true
}

func (p *narrowProxy) drop(c net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, c)
	_ = c.Close()
}

func (p *narrowProxy) close() {
	_ = p.listener.Close()
	p.mu.Lock()
	for c := range p.open {
		_ = c.Close()
	}
	p.open = nil
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *narrowProxy) serve(c net.Conn) error {
	host, err := greet(c)
	if err != nil {
		return err
	}
	answer := []byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}
	if host != "127.0.0.1" {
		answer[1] = 2 // not allowed by the rules
		_, err := c.Write(answer)
		return err
	}
	server, err := net.Dial("tcp", p.to)
	if err != nil {
		return err
	}
	defer p.drop(server)
	if !p.keep(server) {
		return net.ErrClosed
	}
	if _, err := c.Write(answer); err != nil {
		return err
	}
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(server, c); _ = server.(*net.TCPConn).CloseWrite() })
	both.Go(func() { _, _ = io.Copy(c, server); _ = c.(*net.TCPConn).CloseWrite() })
	both.Wait()
	return nil
}

// greet reads the greeting and the request and returns the host asked for.
func greet(c net.Conn) (host string, err error) {
	b := make([]byte, 256)
	read := func(n int) []byte {
		if err == nil {
			_, err = io.ReadFull(c, b[:n])
		}
		return b[:n]
	}
	read(int(read(2)[1])) // methods
	if err == nil {
		_, err = c.Write([]byte{5, 0})
	}
	switch kind := read(4)[3]; {
	case err != nil:
	case kind == 1:
		host = net.IP(read(4)).String()
	case kind == 4:
		host = net.IP(read(16)).String()
	case kind == 3:
		host = string(read(int(read(1)[0])))
	default:
		err = errors.New("no such kind of address")
	}
	_ = binary.BigEndian.Uint16(read(2)) // port: the server has one only
	return host, err
}
