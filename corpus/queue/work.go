package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// worker judges the claims that River gives it.
type worker struct {
	river.WorkerDefaults[task]
	q    *Queue
	stop func(error)     // ends the run
	halt context.Context // ends when claims in flight are to be interrupted
}

// errStopped is the cause when a claim is interrupted because the run is to end.
var errStopped = errors.New("the run was stopped")

// errLate is the cause when a claim took too long.
var errLate = errors.New("it took longer than it may")

// Work implements river.Worker.
func (w *worker) Work(ctx context.Context, job *river.Job[task]) error {
	err := w.try(ctx, &flight{q: w.q, job: job})
	var snooze *river.JobSnoozeError
	if err == nil || errors.As(err, &snooze) {
		return err
	}
	// The corpus or this machine fails, and no claim can help it. What River is told
	// may be lost with the corpus; the job is found and freed by the next worker then.
	if w.halt.Err() == nil {
		w.stop(err)
	}
	return river.JobSnooze(0)
}

// try judges the claim and returns what River is to be told, or an error that ends the
// run.
func (w *worker) try(ctx context.Context, f *flight) error {
	known, err := f.look(ctx)
	if err != nil || !known { // it ended elsewhere, and only River has not heard of it
		return err
	}
	defer w.q.alone.take(f.deaths > 0)()
	if w.halt.Err() != nil {
		return river.JobSnooze(0)
	}
	if err := f.begin(ctx); err != nil {
		return err
	}
	result, err := w.judge(ctx, f)
	return f.end(ctx, result, err)
}

// overdue is how long a judge that was told to stop may take to do so. Then it is left
// to itself.
const overdue = 1500 * time.Millisecond

// judge gives the claim to the Judge and makes errors of its panics and of its silence.
func (w *worker) judge(ctx context.Context, f *flight) (*verify.Result, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, w.q.opts.Timeout, errLate)
	defer cancel()
	ctx, interrupt := context.WithCancel(ctx)
	defer interrupt()
	defer context.AfterFunc(w.halt, interrupt)()
	type answer struct {
		result *verify.Result
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		r, err := w.guarded(ctx, f)
		answers <- answer{r, err}
	}()
	select {
	case a := <-answers:
		return a.result, w.explained(ctx, a.err)
	case <-ctx.Done():
	}
	select {
	case a := <-answers:
		return a.result, w.explained(ctx, a.err)
	case <-time.After(overdue):
		return nil, w.explained(ctx, fmt.Errorf("it does not stop: %w", ctx.Err()))
	}
}

// guarded turns a panic into an error.
func (w *worker) guarded(ctx context.Context, f *flight) (r *verify.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			w.q.opts.Logger.Error("judging panicked", "claim", f.job.Args.Claim, "panic", p, "stack", string(debug.Stack()))
			r, err = nil, fmt.Errorf("the program panicked: %v", p)
		}
	}()
	claim, err := w.q.record(ctx, f.job.Args.Claim)
	if err != nil {
		return nil, err
	}
	return w.q.opts.Judge(ctx, claim)
}

// explained puts the cause of a context's end in place of its bare words.
func (w *worker) explained(ctx context.Context, err error) error {
	switch cause := context.Cause(ctx); {
	case err == nil, errors.Is(err, capture.ErrRateLimited):
		return err
	case w.halt.Err() != nil: // whoever else ended ctx too
		return fmt.Errorf("%w: %w", errStopped, err)
	case cause != nil:
		return fmt.Errorf("%w: %w", cause, err)
	}
	return err
}
