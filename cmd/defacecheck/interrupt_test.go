package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/capturetest"
)

func TestCtrlCEndsTheRunWithoutLeavingAnythingBehind(t *testing.T) {
	t.Parallel()
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "slow.test",
		Pages: map[string]capturetest.Page{"/": {Delay: time.Hour}}})
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Args = []string{"defacecheck", "capture", site.URL("/"), "--resolve", site.Resolve(), "--out", filepath.Join(dir, "kept")}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	if first, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(first, "will contact: slow.test") {
		t.Errorf("first line %q, %v", first, err)
	}
	waitForVisit(t, site, 1)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	rest, _ := io.ReadAll(lines)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || string(rest) != "defacecheck: interrupted\n" {
		t.Errorf("exit code %d, want %d; said %q", code, exitInterrupted, rest)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
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
