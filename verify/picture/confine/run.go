package confine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// Run starts a child, gives it input, and returns what the job wrote. Errors
// wrap ErrTimedOut, ErrMemory, ErrCrashed, ErrOutput or ErrNotServed, are a
// *JobError, or are the context's. The child and whatever it started are gone
// when Run returns.
func Run(ctx context.Context, job string, input []byte, limits Limits) ([]byte, error) {
	if isOrder(os.Args) {
		// A child that was not served runs the whole program again; without
		// this it would start children of its own without end.
		return nil, fmt.Errorf("run %s: %w", job, ErrNotServed)
	}
	l := limits.withDefaults()
	clock, stop := context.WithTimeoutCause(ctx, l.Wall, ErrTimedOut)
	defer stop()
	// The kernel kills the child when the *thread* that started it ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()

	out := &capped{max: l.Output + int64(len(magic))}
	out.buf.Grow(int(min(l.Expect, l.Output, maxExpect)) + len(magic) + bytes.MinRead)
	errs := &capped{max: maxStderr, quiet: true}
	cmd := command(clock, order{
		job: job, memory: l.Memory + int64(len(input)), cpu: seconds(l.CPU),
		input: int64(len(input)), parent: os.Getpid(),
	})
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), out, errs
	err := cmd.Run()
	if fail := outcome(clock, cmd, err, out, errs, l); fail != nil {
		return nil, fmt.Errorf("run %s: %w", job, fail)
	}
	return out.buf.Bytes()[len(magic):], nil
}

// maxExpect keeps a mistaken expectation from costing the parent its memory.
const maxExpect = 512 << 20

// maxStderr is enough for the first lines of a crash of the Go runtime.
const maxStderr = 8 << 10

// reapDelay is how long a killed child's pipes may stay open.
const reapDelay = 2 * time.Second

func command(ctx context.Context, o order) *exec.Cmd {
	cmd := exec.CommandContext(ctx, self(), o.args()...)
	// One thread of Go code is enough and keeps the address space small.
	cmd.Env = []string{"GOMAXPROCS=1", "GOTRACEBACK=none"}
	cmd.Dir = "/"
	cmd.WaitDelay = reapDelay
	separate(cmd)
	return cmd
}

// outcome names what became of the child; nil when its output can be used.
func outcome(ctx context.Context, cmd *exec.Cmd, err error, out, errs *capped, l Limits) error {
	if cut := cutShort(ctx, cmd, err, out); cut != nil {
		return cut
	}
	switch {
	case cmd.ProcessState.ExitCode() == failed:
		return jobError(errs.buf.Bytes())
	case err != nil:
		return crash(cmd.ProcessState, errs.buf.String(), l)
	case !bytes.HasPrefix(out.buf.Bytes(), []byte(magic)):
		return ErrNotServed
	}
	return nil
}

// cutShort names what kept a child from ending by itself; nil when it did.
func cutShort(ctx context.Context, cmd *exec.Cmd, err error, out *capped) error {
	switch {
	case out.over:
		return ErrOutput
	case ctx.Err() != nil && err != nil:
		return context.Cause(ctx)
	case cmd.ProcessState == nil:
		return fmt.Errorf("%w: it could not be started: %w", ErrCrashed, err)
	}
	return nil
}

func jobError(stderr []byte) error {
	var je JobError
	line, _, _ := bytes.Cut(stderr, []byte("\n"))
	if err := json.Unmarshal(line, &je); err != nil {
		return fmt.Errorf("%w: it gave no reason", ErrCrashed)
	}
	if je.Kind == kindNotServed {
		return ErrNotServed
	}
	je.Kind, je.Message = plain(clip(je.Kind)), plain(clip(je.Message))
	return &je
}

func crash(state *os.ProcessState, stderr string, l Limits) error {
	used := state.UserTime() + state.SystemTime()
	switch {
	case strings.Contains(stderr, "out of memory"), strings.Contains(stderr, "cannot allocate memory"),
		strings.Contains(stderr, "address space"): // the last under the race detector
		return ErrMemory
	case state.ExitCode() == -1 && used >= l.CPU/2:
		// The kernel's limit counts ticks and its account exact time; on a busy
		// machine the two differ widely.
		return fmt.Errorf("%w after %s of processor time", ErrTimedOut, used.Round(time.Second))
	}
	first, _, _ := strings.Cut(stderr, "\n")
	return fmt.Errorf("%w: %s: %s", ErrCrashed, state, plain(clip(first)))
}

// plain makes text from a child fit for one line of a log.
func plain(s string) string {
	q := strconv.QuoteToGraphic(strings.ToValidUTF8(s, "?"))
	return strings.ReplaceAll(q[1:len(q)-1], `\"`, `"`)
}

var errOver = errors.New("limit reached")

// capped collects at most max bytes. Past them it is over: it then fails, or
// when quiet drops the rest.
type capped struct {
	buf   bytes.Buffer
	max   int64
	over  bool
	quiet bool
}

func (c *capped) Write(p []byte) (int, error) {
	room := c.max - int64(c.buf.Len())
	if int64(len(p)) <= room {
		return c.buf.Write(p)
	}
	c.buf.Write(p[:max(room, 0)])
	if c.quiet {
		return len(p), nil
	}
	c.over = true
	return 0, errOver
}
