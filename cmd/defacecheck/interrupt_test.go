package main

import (
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/capturetest"
)

func TestCtrlCEndsTheRunWithoutLeavingAnythingBehind(t *testing.T) {
	t.Parallel()
	r := startSlowRun(t)
	if first, err := r.stderr.ReadString('\n'); err != nil || !strings.HasPrefix(first, "will contact: slow.test") {
		t.Errorf("first line %q, %v", first, err)
	}
	waitForVisit(t, r.site, 1)
	if err := r.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	rest, _ := io.ReadAll(r.stderr)
	_ = r.cmd.Wait()
	if code := r.cmd.ProcessState.ExitCode(); code != exitInterrupted || string(rest) != "defacecheck: interrupted\n" {
		t.Errorf("exit code %d, want %d; said %q", code, exitInterrupted, rest)
	}
	if left, err := os.ReadDir(r.dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// waitForVisit waits until the browser has asked the site n times.
func waitForVisit(t *testing.T, site *capturetest.Site, n int) {
	t.Helper()
	for range 600 {
		if len(site.Requests()) >= n {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the browser did not ask for the page")
}
