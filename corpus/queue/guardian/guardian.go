// Package guardian runs the program a second time, as a process that judges claims, and
// again where a claim ended that process: the queue finds such a claim out by the ends it was
// in flight at, and needs somebody to come back.
//
// What it guarantees:
//
//   - The ward (the process that judges) has the guardian's streams and directory, and its exit
//     code becomes the guardian's, whenever it ended by itself.
//   - It is started again only when it did not end by itself, and not for ever: not when it
//     ended MaxIdle times in a row before it began a claim, nor MaxBarren times before it
//     judged one. --timeout goes on from the first start.
//   - When ctx ends, the ward is told once, by SIGTERM, and has Leave to end; then it is killed.
//     Where the guardian is gone, however it ended, the kernel kills the ward.
//
// Its limits: what fails again and again for another reason than a claim (a machine without
// memory) is blamed on claims until MaxBarren is reached, at most a few of them. It is Linux's
// alone, like the limits of package confine.
package guardian

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

const (
	// MaxIdle is how often in a row a ward may end before it began a claim: it will not get
	// further the next time.
	MaxIdle = 3
	// MaxBarren is how often in a row it may end without having judged a claim. A claim that
	// ends it does so three times, the last two alone and after all others: so nine such claims
	// make eighteen ends in a row. More are the machine's doing.
	MaxBarren = 20
	// Leave is how long a ward may take to hand back what it is at. It needs less by itself.
	Leave = 10 * time.Second
	// rest is how long to wait before the next start, for what was short to come back.
	rest = time.Second
)

// ErrGivenUp says that starting the process again does not help.
var ErrGivenUp = errors.New("the process that judges ended again and again")

// Config says what is run. Files that are nil are not there for the ward.
type Config struct {
	Args                  []string // of the program, its name first
	Stdin, Stdout, Stderr *os.File
	Say                   func(string) // told why the ward is started again; nil is nobody
}

// Run runs the program with the arguments until it ends by itself, and returns its exit code. The
// error is ctx's cause where that ended it and it did not end by itself, wraps ErrGivenUp, or
// says that it cannot be started.
func Run(ctx context.Context, c Config) (code int, err error) {
	// The ward is killed when the thread that started it ends, which Go else may do at will.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began := time.Now()
	var t tally
	for start := 0; ; start++ {
		state, got, err := once(ctx, c, order{parent: os.Getpid(), start: start, spent: time.Since(began)})
		switch {
		case err != nil:
			return 0, fmt.Errorf("start the process that judges: %w", err)
		case got.left:
			return state.ExitCode(), nil
		case ctx.Err() != nil:
			return 0, fmt.Errorf("end the process that judges: %w", context.Cause(ctx))
		}
		if why := t.add(got); why != "" {
			return 0, fmt.Errorf("%w: %s, the last time with %q", ErrGivenUp, why, state)
		}
		if c.Say != nil {
			c.Say(fmt.Sprintf("the process that judges ended with %q and is started again", state))
		}
		select {
		case <-ctx.Done():
			return 0, context.Cause(ctx)
		case <-time.After(rest):
		}
	}
}

// tally counts the ends in a row that led nowhere.
type tally struct{ idle, barren int }

// add counts an end, and says why it was the last; "" where it was not.
func (t *tally) add(n news) string {
	t.idle, t.barren = t.idle+1, t.barren+1
	if n.begun {
		t.idle = 0
	}
	if n.judged {
		t.barren = 0
	}
	switch {
	case t.idle >= MaxIdle:
		return fmt.Sprintf("%d times before it began a claim", t.idle)
	case t.barren >= MaxBarren:
		return fmt.Sprintf("%d times without having judged one", t.barren)
	}
	return ""
}

// once runs the ward once.
func once(ctx context.Context, c Config, o order) (*os.ProcessState, news, error) {
	from, to, err := os.Pipe()
	if err != nil {
		return nil, news{}, err
	}
	defer from.Close()
	cmd := exec.CommandContext(ctx, "/proc/self/exe") // the very file that runs, also when it was replaced
	cmd.Args = o.before(c.Args)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stream(c.Stdin), stream(c.Stdout), stream(c.Stderr)
	cmd.ExtraFiles = []*os.File{to}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) } // SIGINT may be ignored in the background
	cmd.WaitDelay = Leave
	if err := errors.Join(cmd.Start(), to.Close()); err != nil {
		return nil, news{}, err
	}
	heard := make(chan news, 1)
	go func() { heard <- listen(from) }()
	_ = cmd.Wait() // what it tells stands in the state
	// All that was written is in the pipe. Should anybody else hold its other end, the wait for
	// more is short.
	_ = from.SetReadDeadline(time.Now().Add(time.Second))
	return cmd.ProcessState, <-heard, nil
}

// stream is a file, or nothing where there is none.
func stream(f *os.File) io.ReadWriter {
	if f == nil {
		return nil
	}
	return f
}
