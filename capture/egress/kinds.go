package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/defacecheck/defacecheck/capture"
)

// Header is set on every answer that the proxy itself gives in place of a
// server's; its value is a kind that ErrorOf understands. Servers cannot forge
// it over plain http, where it is removed from their answers. An answer that
// came through a tunnel (https) is the server's alone: do not look there.
const Header = "Defacecheck-Egress"

// kind is the name of a sentinel error in logs and in the Header.
type kind struct {
	name   string
	err    error
	status int
}

// kinds is ordered: the first that an error wraps is its kind.
func kinds() []kind {
	return []kind{
		{"refused", capture.ErrRefused, http.StatusForbidden},
		{"bad-url", capture.ErrBadURL, http.StatusBadRequest},
		{"too-large", capture.ErrTooLarge, http.StatusInsufficientStorage},
		{"no-host", capture.ErrNoHost, http.StatusBadGateway},
		{"timeout", capture.ErrTimeout, http.StatusGatewayTimeout},
		{"malformed", capture.ErrMalformed, http.StatusBadGateway},
		{"connect", capture.ErrConnect, http.StatusBadGateway},
	}
}

func kindOf(err error) kind {
	for _, k := range kinds() {
		if errors.Is(err, k.err) {
			return k
		}
	}
	return kind{"closed", context.Canceled, http.StatusBadGateway}
}

// ErrorOf returns the sentinel error behind a value of Header or of
// Decision.Kind, or nil for a value that is neither.
func ErrorOf(name string) error {
	for _, k := range kinds() {
		if k.name == name {
			return k.err
		}
	}
	if name == "closed" {
		return context.Canceled
	}
	return nil
}

// classify wraps err with the sentinel it belongs to, unless it has one.
func classify(err error) error {
	if err == nil || kindOf(err).name != "closed" {
		return err
	}
	var timeout net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("%w: %w", capture.ErrTimeout, err)
	case errors.Is(err, context.Canceled):
		return err
	}
	return fmt.Errorf("%w: %w", capture.ErrConnect, err)
}
