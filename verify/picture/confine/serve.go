package confine

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
)

// Serve does the child's side. When args are those of a child it limits the
// process, reads the input, runs the job, and returns the exit code and true;
// the caller then exits. For any other args it returns false and has done
// nothing. It never returns to a program that goes on: the limits stay.
func Serve(args []string, in io.Reader, out, errs io.Writer, jobs ...Job) (code int, ours bool) {
	if !isOrder(args) {
		return 0, false
	}
	if err := serve(args, in, out, jobs); err != nil {
		report(errs, err)
		return failed, true
	}
	return 0, true
}

func serve(args []string, in io.Reader, out io.Writer, jobs []Job) error {
	o, err := parseOrder(args)
	if err != nil {
		return err
	}
	job, ok := find(jobs, o.job)
	if !ok {
		return &JobError{Kind: kindNotServed, Message: "no job of that name"}
	}
	if err := restrict(o); err != nil {
		return fmt.Errorf("limit child process: %w", err)
	}
	// The collector works harder near the limit, so that garbage alone does
	// not end the job.
	debug.SetMemoryLimit(o.memory / 10 * 9)
	input := make([]byte, o.input)
	if _, err := io.ReadFull(in, input); err != nil {
		return fmt.Errorf("read input of child process: %w", err)
	}
	w := bufio.NewWriterSize(out, 64<<10)
	if _, err := w.WriteString(magic); err != nil {
		return err
	}
	if err := job.Run(input, w); err != nil {
		return err
	}
	return w.Flush()
}

const kindNotServed = "not-served"

func find(jobs []Job, name string) (Job, bool) {
	for _, j := range jobs {
		if j.Name == name {
			return j, true
		}
	}
	return Job{}, false
}

// report writes err for the parent. What cannot be written is lost, and the
// parent then sees only the exit code.
func report(w io.Writer, err error) {
	je := &JobError{}
	if !errors.As(err, &je) {
		je = &JobError{Message: err.Error()}
	}
	_ = json.NewEncoder(w).Encode(JobError{Kind: clip(je.Kind), Message: clip(je.Message)})
}

// maxMessage bounds what a hostile file can put into a log line.
const maxMessage = 500

func clip(s string) string {
	if len(s) > maxMessage {
		return s[:maxMessage]
	}
	return s
}
