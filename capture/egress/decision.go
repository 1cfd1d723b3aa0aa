package egress

import (
	"fmt"
	"net/netip"
	"slices"
	"time"
)

// Verdict is what became of one connection that was asked for.
type Verdict string

// The verdicts.
const (
	Pending Verdict = "pending" // being resolved or dialled
	Dialled Verdict = "dialled" // permitted and connected
	Refused Verdict = "refused" // forbidden by the policy or by a bound
	Failed  Verdict = "failed"  // permitted, but no connection came about
)

// Decision is one connection that a page asked for. Plain http requests that
// share a connection share its Decision. It holds no path, query or credential.
type Decision struct {
	At      time.Time      `json:"at"`
	Method  string         `json:"method"` // "CONNECT", or "http" for requests in absolute form
	Host    string         `json:"host"`   // canonical; as asked, shortened, if there is no canonical form
	Port    uint16         `json:"port"`   // 0 if there was none that could be read
	Addrs   []netip.Addr   `json:"addrs,omitempty"`
	Chosen  netip.AddrPort `json:"chosen,omitzero"` // zero unless Dialled, and where the upstream resolved
	Via     string         `json:"via,omitempty"`   // the upstream proxy, without credentials
	Verdict Verdict        `json:"verdict"`
	Kind    string         `json:"kind,omitempty"`   // see ErrorOf; a Dialled connection has one if it was cut or failed later
	Reason  string         `json:"reason,omitempty"` // one clause for people
	Up      int64          `json:"up"`               // bytes to the server
	Down    int64          `json:"down"`             // bytes from the server
}

// Err returns nil if the connection was made and ended by itself, else an error
// that wraps the sentinel error of package capture for Kind.
func (d Decision) Err() error {
	if d.Kind == "" {
		return nil
	}
	return fmt.Errorf("connect to %s: %w", target{host: d.Host, port: d.Port}, &decided{d.Reason, ErrorOf(d.Kind)})
}

// decided carries a reason that already begins with its sentinel's words.
type decided struct {
	reason string
	kind   error
}

func (e *decided) Error() string { return e.reason }
func (e *decided) Unwrap() error { return e.kind }

// clone makes d independent of the log.
func (d Decision) clone() Decision {
	d.Addrs = slices.Clone(d.Addrs)
	return d
}
