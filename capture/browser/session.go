package browser

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
)

// errDetached is what commands get when the page has closed itself.
var errDetached = errors.New("the tab closed itself")

// session speaks to one target: a tab, a frame or a worker. Its events are
// handed to sink in their order, on the goroutine that reads the pipe, so sink
// must not wait.
type session struct {
	mux  *mux
	id   target.SessionID
	sink func(*session, cdproto.Message)

	mu      sync.Mutex
	waiting map[int64]chan cdproto.Message
	why     error
	over    chan struct{} // closed when the target is gone
}

var _ cdp.Session = (*session)(nil)

// Call sends a command and decodes its answer into result.
func (s *session) Call(ctx context.Context, method string, params, result any) error {
	answer, err := s.send(ctx, method, params)
	if err != nil {
		return err
	}
	return answer(ctx, result)
}

// send writes a command and returns the function that waits for its answer,
// so that several commands can be on their way at once.
func (s *session) send(ctx context.Context, method string, params any) (func(context.Context, any) error, error) {
	var raw []byte
	if params != nil {
		var err error
		if raw, err = jsonv2.Marshal(params, chromedp.DefaultMarshalOptions); err != nil {
			return nil, fmt.Errorf("encode %s: %w", method, err)
		}
	}
	id := s.mux.next.Add(1)
	reply := make(chan cdproto.Message, 1)
	s.mu.Lock()
	if s.why != nil {
		defer s.mu.Unlock()
		return nil, fmt.Errorf("%s: %w", method, s.why)
	}
	s.waiting[id] = reply
	s.mu.Unlock()

	msg := cdproto.Message{ID: id, SessionID: s.id, Method: cdproto.MethodType(method), Params: raw}
	if err := s.mux.Write(ctx, &msg); err != nil {
		s.forget(id)
		return nil, fmt.Errorf("%s: %w: %w", method, capture.ErrBrowserGone, err)
	}
	return func(ctx context.Context, result any) error {
		defer s.forget(id)
		return s.await(ctx, method, reply, result)
	}, nil
}

func (s *session) await(ctx context.Context, method string, reply <-chan cdproto.Message, result any) error {
	select {
	case msg := <-reply:
		if msg.Error != nil {
			return fmt.Errorf("%s: %w", method, msg.Error)
		}
		if result == nil {
			return nil
		}
		if err := jsonv2.Unmarshal(msg.Result, result, chromedp.DefaultUnmarshalOptions); err != nil {
			return fmt.Errorf("decode answer to %s: %w", method, err)
		}
		return nil
	case <-s.over:
		return fmt.Errorf("%s: %w", method, s.reason())
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (s *session) forget(id int64) {
	s.mu.Lock()
	delete(s.waiting, id)
	s.mu.Unlock()
}

func (s *session) reason() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.why
}

// end makes every command, waiting and future, fail with why.
func (s *session) end(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.why == nil {
		s.why = why
		close(s.over)
	}
}

func (s *session) deliver(msg cdproto.Message) {
	if msg.ID == 0 {
		s.sink(s, msg)
		return
	}
	s.mu.Lock()
	reply := s.waiting[msg.ID]
	delete(s.waiting, msg.ID)
	s.mu.Unlock()
	if reply != nil {
		reply <- msg
	}
}

// Subscribe is part of cdp.Session. Captures read events through their sink
// only, whose queue has a limit, so a subscription here ends at once.
func (s *session) Subscribe(string) (<-chan jsonv2.Value, func()) {
	none := make(chan jsonv2.Value)
	close(none)
	return none, func() {}
}

// command is one command of a batch.
type command struct {
	method string
	params any
}

func do[P, R any](c cdp.Command[P, R], params P) command { return command{c.Method, params} }

// batch sends all commands before it waits for the first answer. The first
// error is returned when all have been answered.
func (s *session) batch(ctx context.Context, cmds ...command) error {
	var first error
	answers := make([]func(context.Context, any) error, 0, len(cmds))
	for _, c := range cmds {
		answer, err := s.send(ctx, c.method, c.params)
		if err != nil {
			first = err
			break
		}
		answers = append(answers, answer)
	}
	for _, answer := range answers {
		if err := answer(ctx, nil); err != nil && first == nil {
			first = err
		}
	}
	return first
}
