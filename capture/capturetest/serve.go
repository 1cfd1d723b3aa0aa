package capturetest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// server is an http.Server with an owner that waits for it to end.
type server struct {
	http *http.Server
	addr *net.TCPAddr
	done chan error
}

// listen serves h at addr; "" is a free port of 127.0.0.1.
func listen(addr string, h http.Handler, cert *tls.Certificate) (*server, error) {
	if addr == "" {
		addr = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	tcp, ok := ln.Addr().(*net.TCPAddr)
	if !ok || !tcp.IP.IsLoopback() {
		return nil, errors.Join(fmt.Errorf("listen on %s: not a loopback address", addr), ln.Close())
	}
	s := &server{addr: tcp, done: make(chan error, 1), http: &http.Server{
		Handler: h, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}}
	if cert != nil {
		s.http.TLSConfig = &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12}
		go func() { s.done <- s.http.ServeTLS(ln, "", "") }()
		return s, nil
	}
	go func() { s.done <- s.http.Serve(ln) }()
	return s, nil
}

// Close ends the server and everything it is serving.
func (s *server) Close() error {
	err := s.http.Close()
	if e := <-s.done; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	s.done <- http.ErrServerClosed // so that Close can be called again
	return err
}

// pause waits for d or for the request to be given up.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
