package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"testing"
)

// defacecheck runs the program as a process of its own: TestMain tells by the
// name that the test binary is called by.
func defacecheck(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"defacecheck"}, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}
