package browser

import (
	"context"
	"fmt"
	"net/url"
	"strconv"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// road is the way out that one capture has: a session of the egress gateway,
// open for live pages and sealed for archived ones.
type road struct {
	session *egress.Session
	addr    string
}

// openRoad opens the way out for a request.
func openRoad(ctx context.Context, g *egress.Gateway, live bool) (road, error) {
	open := g.OpenSealed
	if live {
		open = func() (*egress.Session, error) { return g.Open(ctx) }
	}
	s, err := open()
	if err != nil {
		return road{}, err
	}
	return road{session: s, addr: s.Addr()}, nil
}

func (r road) close() { r.session.Close() }

// remote returns the address that the host of rawURL was dialled at, or "".
func (r road) remote(rawURL string) string {
	host, port, err := endpoint(rawURL)
	if err != nil {
		return ""
	}
	if at, ok := r.session.Remote(host, port); ok {
		return at.String()
	}
	return ""
}

// failure returns why the gateway could not reach the host of rawURL, or nil.
func (r road) failure(rawURL string) error {
	host, port, err := endpoint(rawURL)
	if err != nil {
		return nil
	}
	return r.session.Failure(host, port)
}

// endpoint returns the host and port that a web address stands for.
func endpoint(rawURL string) (string, uint16, error) {
	u, err := url.Parse(rawURL)
	if err != nil || u.Hostname() == "" {
		return "", 0, fmt.Errorf("read address %.200q: %w", rawURL, capture.ErrBadURL)
	}
	switch {
	case u.Port() != "":
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		if err != nil {
			return "", 0, fmt.Errorf("read port of %.200q: %w", rawURL, capture.ErrBadURL)
		}
		return u.Hostname(), uint16(port), nil
	case u.Scheme == "https":
		return u.Hostname(), 443, nil
	case u.Scheme == "http":
		return u.Hostname(), 80, nil
	}
	return "", 0, fmt.Errorf("read address %.200q: %w", rawURL, capture.ErrBadURL)
}
