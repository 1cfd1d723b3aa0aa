package browser

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
)

// firstID keeps our command numbers apart from those of chromedp's browser
// session, which count from one on the same pipe. Chrome takes 31 bits.
const firstID = 1 << 30

// mux sits between chromedp's pipe and chromedp's browser. Messages of the
// sessions that captures opened go to those sessions; everything else goes on
// to chromedp. Chromedp's own tabs are not used because they follow the whole
// DOM of the page, keep what a page says in queues without a limit, and cannot
// speak to the frames and workers that live in processes of their own.
type mux struct {
	chromedp.Transport
	next atomic.Int64

	mu       sync.Mutex
	sessions map[target.SessionID]*session
	gone     bool
}

func newMux(t chromedp.Transport) *mux {
	m := &mux{Transport: t, sessions: make(map[target.SessionID]*session)}
	m.next.Store(firstID)
	return m
}

// Read returns the next message that belongs to no session of ours.
func (m *mux) Read(ctx context.Context, msg *cdproto.Message) error {
	for {
		*msg = cdproto.Message{}
		if err := m.Transport.Read(ctx, msg); err != nil {
			var syntax *jsonv2.SyntacticError
			if errors.As(err, &syntax) {
				return fmt.Errorf("read the browser's answer: %w", err)
			}
			m.hangUp()
			return err
		}
		if msg.SessionID == "" {
			m.watch(msg)
			return nil
		}
		if s := m.find(msg.SessionID); s != nil {
			s.deliver(*msg)
		}
	}
}

// watch ends the sessions that the browser says are over.
func (m *mux) watch(msg *cdproto.Message) {
	if msg.Method != "Target.detachedFromTarget" {
		return
	}
	var ev target.EventDetachedFromTarget
	if jsonv2.Unmarshal(msg.Params, &ev) == nil {
		m.detach(ev.SessionID)
	}
}

func (m *mux) find(id target.SessionID) *session {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sessions[id]
}

// adopt makes a session for id whose events go to sink. It must be called
// from sink or before the browser can send anything for id, so that no event
// is lost.
func (m *mux) adopt(id target.SessionID, sink func(*session, cdproto.Message)) *session {
	s := &session{mux: m, id: id, sink: sink, over: make(chan struct{}),
		waiting: make(map[int64]chan cdproto.Message)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone {
		s.end(capture.ErrBrowserGone)
		return s
	}
	m.sessions[id] = s
	return s
}

// detach ends the session id, because its target is gone.
func (m *mux) detach(id target.SessionID) {
	m.mu.Lock()
	s := m.sessions[id]
	delete(m.sessions, id)
	m.mu.Unlock()
	if s != nil {
		s.end(errDetached)
	}
}

// hangUp ends every session: the browser is gone.
func (m *mux) hangUp() {
	m.mu.Lock()
	all := m.sessions
	m.sessions, m.gone = nil, true
	m.mu.Unlock()
	for _, s := range all {
		s.end(capture.ErrBrowserGone)
	}
}

// shutdown asks the browser to close itself; the answer is its exit.
func (m *mux) shutdown() error {
	return m.Write(context.Background(), &cdproto.Message{ID: m.next.Add(1), Method: "Browser.close"})
}
