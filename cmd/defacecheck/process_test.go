package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"testing"
)

// process is the program as a process of its own, not yet begun: TestMain tells by the
// name that the test binary is called by.
func process(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = append([]string{"defacecheck"}, args...)
	return cmd
}

// started is a process that runs, with what it says.
func started(t *testing.T, said *bytes.Buffer, args ...string) *exec.Cmd {
	t.Helper()
	cmd := process(t, args...)
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// defacecheck runs the program as a process to its end.
func defacecheck(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := process(t, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}
