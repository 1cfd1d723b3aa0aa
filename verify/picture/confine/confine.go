package confine

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// The ways in which a child fails. A job's own error is a *JobError.
var (
	// ErrTimedOut: the wall clock or the processor time ran out.
	ErrTimedOut = fmt.Errorf("child process %w", capture.ErrTimeout)
	// ErrMemory: the job asked for more memory than it was given.
	ErrMemory = fmt.Errorf("child process needed more memory than it may have: %w", capture.ErrTooLarge)
	// ErrCrashed: the child panicked, was killed by someone else, or broke off.
	ErrCrashed = errors.New("child process crashed")
	// ErrOutput: the child wrote more than the job can need.
	ErrOutput = fmt.Errorf("child process wrote too much: %w", capture.ErrTooLarge)
	// ErrNotServed: this program does not call Serve at its start, or does not
	// know the job. A mistake in the program, never in the input.
	ErrNotServed = errors.New("this program does not serve the child job")
)

// Job is a piece of work that a child can be asked for. Run reads all of input
// and writes its result to out; what it wrote counts only when it returns nil.
type Job struct {
	Name string
	Run  func(input []byte, out io.Writer) error
}

// JobError is a job's own refusal as it crossed from the child: Kind is a short
// word that the job chose for callers to branch on, "" when it chose none.
type JobError struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

func (e *JobError) Error() string { return e.Message }

// Limits bound one child. A zero field takes its default.
type Limits struct {
	Memory int64         // bytes of address space beyond what the program has at its start
	CPU    time.Duration // processor time, rounded up to whole seconds
	Wall   time.Duration // from start to end
	Output int64         // bytes that the parent reads
	Expect int64         // bytes of output to make room for at once; 0 when not known
}

const (
	// DefaultMemory is enough for parsers of metadata, which copy small parts
	// of a file that is at most 32 MiB.
	DefaultMemory = 256 << 20
	// DefaultCPU is far above the slowest honest file seen (2 s).
	DefaultCPU = 20 * time.Second
	// DefaultWall leaves room for a machine with more work than processors.
	DefaultWall = 60 * time.Second
	// DefaultOutput holds any list of facts; pixels need it set.
	DefaultOutput = 8 << 20
)

func (l Limits) withDefaults() Limits {
	if l.Memory <= 0 {
		l.Memory = DefaultMemory
	}
	if l.CPU <= 0 {
		l.CPU = DefaultCPU
	}
	if l.Wall <= 0 {
		l.Wall = DefaultWall
	}
	if l.Output <= 0 {
		l.Output = DefaultOutput
	}
	return l
}
