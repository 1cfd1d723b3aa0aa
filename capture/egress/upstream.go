package egress

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"

	"golang.org/x/net/proxy"

	"github.com/defacecheck/defacecheck/capture"
)

// maxUpstreamHead bounds an http upstream's answer to CONNECT, in bytes; real
// ones are a few hundred.
const maxUpstreamHead = 64 << 10

// newDialer checks u. Errors wrap capture.ErrBadURL and hide the password.
func newDialer(u *url.URL) (dialer, error) {
	if u == nil {
		return dialer{}, nil
	}
	bad := func(why string) (dialer, error) {
		return dialer{}, fmt.Errorf("read upstream proxy %s://%s: %s: %w", u.Scheme, u.Host, why, capture.ErrBadURL)
	}
	if u.Hostname() == "" || u.Port() == "" {
		return bad("host and port are needed")
	}
	if _, err := parsePort(u.Port()); err != nil {
		return bad("the port is not a number from 1 to 65535")
	}
	if (u.Path != "" && u.Path != "/") || u.RawQuery != "" || u.Fragment != "" {
		return bad("only host and port may be given")
	}
	switch u.Scheme {
	case "socks5", "socks5h":
		greet, err := socksGreeting(u)
		return dialer{upstream: u, greet: greet}, err
	case "http":
		return dialer{upstream: u, greet: connectGreeting(u.User)}, nil
	}
	return bad("the scheme must be socks5, socks5h or http")
}

// socksGreeting speaks SOCKS5 (RFC 1928, RFC 1929). A literal address goes as
// an address, a name as a name.
func socksGreeting(u *url.URL) (greeting, error) {
	var auth *proxy.Auth
	if u.User != nil {
		pass, _ := u.User.Password()
		auth = &proxy.Auth{User: u.User.Username(), Password: pass}
	}
	d, err := proxy.SOCKS5("tcp", u.Host, auth, nil)
	if err != nil {
		return nil, fmt.Errorf("set up SOCKS5: %w", err)
	}
	over, ok := d.(interface {
		DialWithConn(context.Context, net.Conn, string, string) (net.Addr, error)
	})
	if !ok {
		return nil, errors.New("set up SOCKS5: the library cannot use a given connection")
	}
	return func(ctx context.Context, c net.Conn, address string) (net.Conn, error) {
		_, err := over.DialWithConn(ctx, c, "tcp", address)
		return c, err
	}, nil
}

// connectGreeting speaks HTTP CONNECT (RFC 9110 section 9.3.6).
func connectGreeting(user *url.Userinfo) greeting {
	return func(_ context.Context, c net.Conn, address string) (net.Conn, error) {
		req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
		req.Header.Set("User-Agent", "")
		if user != nil {
			pass, _ := user.Password()
			req.Header.Set("Proxy-Authorization", basic(user.Username(), pass))
		}
		if err := req.Write(c); err != nil {
			return nil, err
		}
		head := &io.LimitedReader{R: c, N: maxUpstreamHead}
		r := bufio.NewReader(head)
		resp, err := http.ReadResponse(r, req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode/100 != 2 {
			return nil, fmt.Errorf("it answered %d", resp.StatusCode)
		}
		early, _ := r.Peek(r.Buffered())
		return &earlyConn{Conn: c, early: early}, nil
	}
}

// basic is the value of a Basic authorisation header (RFC 7617).
func basic(user, pass string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+pass))
}

// earlyConn first gives what arrived together with the upstream's answer.
type earlyConn struct {
	net.Conn
	early []byte
}

func (c *earlyConn) Read(p []byte) (int, error) {
	if len(c.early) == 0 {
		return c.Conn.Read(p)
	}
	n := copy(p, c.early)
	c.early = c.early[n:]
	return n, nil
}

// CloseWrite passes the end of one direction on.
func (c *earlyConn) CloseWrite() error { return closeWrite(c.Conn) }

// closeWrite ends the sending direction of c, or all of c where there is no
// such thing.
func closeWrite(c net.Conn) error {
	if h, ok := c.(interface{ CloseWrite() error }); ok {
		return h.CloseWrite()
	}
	return c.Close()
}
