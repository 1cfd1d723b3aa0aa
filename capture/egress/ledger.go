package egress

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// ledger is a session's log and its accounts. Safe for concurrent use.
type ledger struct {
	now      func() time.Time
	log      *slog.Logger
	via      string
	maxConns int
	maxBytes int64

	mu      sync.Mutex
	entries []*entry
	dropped int
	bytes   int64
}

// entry is one Decision in the making; its ledger's mutex guards it.
type entry struct {
	l *ledger
	d Decision
}

// open starts an entry. Beyond the bound the attempt is only counted, but for
// the first, which the log shows.
func (l *ledger) open(method string, t target) (*entry, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.entries) > l.maxConns {
		l.dropped++
		return nil, l.tooMany()
	}
	e := &entry{l: l, d: Decision{At: l.now().UTC(), Method: method, Host: t.host, Port: t.port, Via: l.via, Verdict: Pending}}
	l.entries = append(l.entries, e)
	switch {
	case len(l.entries) > l.maxConns:
		return e, l.tooMany()
	case l.bytes >= l.maxBytes:
		return e, l.tooMuch()
	}
	return e, nil
}

func (l *ledger) tooMany() error {
	return fmt.Errorf("%w: the page asked for more than %d connections", capture.ErrTooLarge, l.maxConns)
}

func (l *ledger) tooMuch() error {
	return fmt.Errorf("%w: the page moved %d bytes", capture.ErrTooLarge, l.maxBytes)
}

// considered notes the addresses that the decision is about.
func (e *entry) considered(addrs []netip.Addr) {
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	e.d.Addrs = slices.Clone(addrs)
}

// dialled closes the decision as connected.
func (e *entry) dialled(to netip.AddrPort) {
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	e.d.Verdict, e.d.Chosen = Dialled, to
	e.l.log.Debug("egress dialled", "host", e.d.Host, "port", e.d.Port, "addr", to, "via", e.d.Via)
}

// fail notes err, which is classified; the first failure of an entry stays. A
// nil entry is one that only was counted.
func (e *entry) fail(err error) {
	if e == nil {
		return
	}
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	if e.d.Kind != "" {
		return
	}
	k := kindOf(err)
	e.d.Kind, e.d.Reason = k.name, err.Error()
	if e.d.Verdict == Pending {
		e.d.Verdict = Failed
		if slices.Contains([]string{"refused", "bad-url", "too-large"}, k.name) {
			e.d.Verdict = Refused
		}
	}
	e.l.log.Info("egress "+string(e.d.Verdict), "host", e.d.Host, "port", e.d.Port, "kind", k.name, "reason", e.d.Reason)
}

// spend books n bytes and returns how many of them were within the bound.
func (e *entry) spend(n int, up bool) int {
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	n = int(min(int64(n), e.l.maxBytes-e.l.bytes))
	e.l.bytes += int64(n)
	if up {
		e.d.Up += int64(n)
	} else {
		e.d.Down += int64(n)
	}
	return n
}

// silent tells that nothing has come from the server yet.
func (e *entry) silent() bool {
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	return e.d.Down == 0
}

// snapshot returns the decisions, oldest first.
func (l *ledger) snapshot() []Decision {
	l.mu.Lock()
	defer l.mu.Unlock()
	ds := make([]Decision, len(l.entries))
	for i, e := range l.entries {
		ds[i] = e.d.clone()
	}
	slices.SortStableFunc(ds, func(a, b Decision) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return ds
}
