package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

const (
	// leastRefresh is how often the state of the queue is asked for, which other workers
	// change too.
	leastRefresh = 3 * time.Second
	// refreshShare bounds what asking costs: a tenth of the time.
	refreshShare = 10
)

// batchProgress shows on stderr how claims come out: a bar with the time left and counts on
// a terminal, a line a claim elsewhere. What it counts is what became of all claims of the
// queue since this run began, at whichever worker.
type batchProgress struct {
	say  func(format string, args ...any)
	line *statusLine // nil where there is no terminal
	stop func()      // ends following the queue; nil before

	mu    sync.Mutex
	start *queue.Status // when this run, or the work that it waited for, began; nil before
	state *queue.Status // as it was last
	asked tallied       // what ended here between the last question and the one that is asked now
	own   tallied       // what ended here since: the answer may have it, or not
	pace  pace
}

// tallied are claims that ended, by how they came out.
type tallied map[outcome.Kind]int

func (t tallied) all() (n int) {
	for _, k := range t {
		n += k
	}
	return n
}

func (p *program) batchProgress() *batchProgress {
	b := &batchProgress{say: p.say, asked: tallied{}, own: tallied{}}
	if _, ok := terminal(p.stderr); ok {
		b.line = &statusLine{out: p.stderr, width: func() int { width, _ := terminal(p.stderr); return width }}
	}
	return b
}

// follow shows the state of the queue and asks for it again until end is called or ctx ends.
func (b *batchProgress) follow(ctx context.Context, state *queue.Status, ask func(context.Context) (*queue.Status, error)) {
	b.update(state, time.Now())
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	b.stop = func() { cancel(); <-done }
	go func() {
		defer close(done)
		for wait := leastRefresh; ; {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			began := time.Now()
			b.ask()
			if s, err := ask(ctx); err == nil { // else the run itself will meet the failure
				b.update(s, time.Now())
			}
			wait = max(leastRefresh, refreshShare*time.Since(began))
		}
	}()
}

// ask is called before the state of the queue is asked for: the answer has what ended before.
func (b *batchProgress) ask() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k, n := range b.own {
		b.asked[k] += n
	}
	clear(b.own)
}

// update is told the state of the queue.
func (b *batchProgress) update(s *queue.Status, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.start == nil || b.state.Queued() == 0 && s.Queued() > 0 { // work that was waited for
		b.start, b.pace = s, nil
		if b.state != nil {
			b.start = b.state
		}
	}
	b.state = s
	clear(b.asked)
	done, all := b.far()
	b.pace.note(now, done, all-done)
	b.draw()
}

// ended is told of every claim that ended or was put off.
func (b *batchProgress) ended(e queue.End) {
	b.mu.Lock()
	defer b.mu.Unlock()
	what := string(e.Kind)
	switch e.Kind {
	case queue.Judged:
		what = e.Outcome.Short()
		b.own[e.Outcome]++
	case queue.SetAside:
		b.own[outcome.SetAside]++
	}
	if b.line != nil {
		b.draw()
		return
	}
	line := fmt.Sprintf("%.12s %s", e.Claim, what)
	if e.For > 0 {
		line += fmt.Sprintf(" for %s", e.For)
	}
	if e.Reason != "" {
		line += ": " + plain.Text(e.Reason, maxStep)
	}
	if done, all := b.far(); all > 0 {
		line = fmt.Sprintf("%d/%d %s", done, all, line)
	}
	b.say("%s", line)
}

// far is how many of how many claims have ended since the start.
func (b *batchProgress) far() (done, all int) {
	if b.state == nil {
		return 0, 0
	}
	done = max(0, b.state.Ended()-b.start.Ended())
	all = done + b.state.Queued()
	return min(done+b.asked.all()+b.own.all(), all), all
}

// draw shows the bar, if there is one.
func (b *batchProgress) draw() {
	if b.line == nil || b.state == nil {
		return
	}
	done, all := b.far()
	if all == 0 {
		b.line.draw(0, "waiting for claims")
		return
	}
	text := fmt.Sprintf("%d/%d", done, all)
	if left, known := b.pace.left(all - done); known && done < all {
		text += ", " + shortly(left) + " left"
	}
	if c := b.counts(); c != "" {
		text += ": " + c
	}
	b.line.draw(float64(done)/float64(all), text)
}

// counts are how claims came out since the start, in few words.
func (b *batchProgress) counts() string {
	var parts []string
	for _, o := range outcome.Given() {
		if n := b.state.Verdicts[o] - b.start.Verdicts[o] + b.asked[o] + b.own[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o.Short()))
		}
	}
	if n := len(b.state.SetAside) - len(b.start.SetAside) + b.asked[outcome.SetAside] + b.own[outcome.SetAside]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d set aside", n))
	}
	return strings.Join(parts, ", ")
}

// end stops following the queue and takes the bar away.
func (b *batchProgress) end() {
	if b.stop != nil {
		b.stop()
	}
	if b.line != nil {
		b.line.clear()
	}
}
