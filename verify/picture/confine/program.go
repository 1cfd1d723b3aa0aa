package confine

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"runtime"
)

// Program is another program that is run on hostile input.
type Program struct {
	Path string   // absolute
	Args []string // without the program's own name
	Env  []string // the whole environment; nil is an empty one
}

// Execute runs p on input and returns what it wrote to its standard output. The
// limits are set before the program starts; Limits.Memory is all the address
// space that it may have. Like a child of Run it writes no files, is nobody when
// started by root, and is gone with all it started when Execute returns. Errors
// wrap ErrTimedOut, ErrCrashed or ErrOutput, or are the context's; that it ran
// out of memory is seldom told apart from a crash.
func (p Program) Execute(ctx context.Context, input []byte, limits Limits) ([]byte, error) {
	l := limits.withDefaults()
	clock, stop := context.WithTimeoutCause(ctx, l.Wall, ErrTimedOut)
	defer stop()
	runtime.LockOSThread() // see Run
	defer runtime.UnlockOSThread()

	out, errs := &capped{max: l.Output}, &capped{max: maxStderr, quiet: true}
	cmd := p.command(clock, l)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), out, errs
	err := cmd.Run()
	if fail := ended(clock, cmd, err, out, errs, l); fail != nil {
		return nil, fmt.Errorf("run %s: %w", p.Path, fail)
	}
	return out.buf.Bytes(), nil
}

func (p Program) command(ctx context.Context, l Limits) *exec.Cmd {
	path, args := p.limited(l)
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env, cmd.Dir, cmd.WaitDelay = append([]string{}, p.Env...), "/", reapDelay
	separate(cmd)
	disown(cmd)
	return cmd
}

// ended names what became of the program; nil when its output can be used.
func ended(ctx context.Context, cmd *exec.Cmd, err error, out, errs *capped, l Limits) error {
	if cut := cutShort(ctx, cmd, err, out); cut != nil {
		return cut
	}
	switch {
	case err != nil && !cmd.ProcessState.Success():
		return crash(cmd.ProcessState, errs.buf.String(), l)
	case err != nil:
		return fmt.Errorf("%w: %w", ErrCrashed, err)
	}
	return nil
}
