package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// A browser that dies once is started again; what dies twice under one page is
// told.
func TestABrowserThatIsKilledTwiceIsAFailureWithAName(t *testing.T) {
	t.Parallel()
	r := startSlowRun(t)
	waitForVisit(t, r.site, 1)
	killed := killBrowsers(r.cmd.Process.Pid)
	visits := len(r.site.Requests())
	waitForVisit(t, r.site, visits+1)
	killed += killBrowsers(r.cmd.Process.Pid)
	said, _ := io.ReadAll(r.stderr)
	_ = r.cmd.Wait()
	if code := r.cmd.ProcessState.ExitCode(); killed == 0 || code != exitFailure || !strings.Contains(string(said), "browser is gone") {
		t.Errorf("killed %d processes; exit code %d, want %d; said %q", killed, code, exitFailure, said)
	}
	if left, err := os.ReadDir(r.dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// killBrowsers kills the Chrome processes among the descendants of pid.
func killBrowsers(pid int) (killed int) {
	for _, child := range descendants(pid) {
		exe, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", child))
		if err == nil && strings.Contains(exe, "chrom") && syscall.Kill(child, syscall.SIGKILL) == nil {
			killed++
		}
	}
	return killed
}

// descendants lists the processes below pid, nearest first.
func descendants(pid int) []int {
	children := map[int][]int{}
	dirs, _ := filepath.Glob("/proc/[0-9]*")
	for _, d := range dirs {
		data, err := os.ReadFile(filepath.Join(d, "stat"))
		if err != nil {
			continue
		}
		// The name stands in brackets and may hold anything; behind it come
		// the state and the parent.
		if f := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:])); len(f) > 1 {
			child, _ := strconv.Atoi(filepath.Base(d))
			parent, _ := strconv.Atoi(f[1])
			children[parent] = append(children[parent], child)
		}
	}
	var all []int
	for todo := []int{pid}; len(todo) > 0; todo = todo[1:] {
		all = append(all, children[todo[0]]...)
		todo = append(todo, children[todo[0]]...)
	}
	return all
}

func TestABrowserWithoutItsSandboxIsAFailureWithAdvice(t *testing.T) {
	t.Parallel()
	// What Chrome does where it cannot have a sandbox: it says so and leaves.
	dir, err := os.MkdirTemp("", "defacecheck-test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	fake := filepath.Join(dir, "chromium")
	script := "#!/bin/sh\nif [ \"$1\" = --version ]; then echo Chromium 156.0.0.0; exit; fi\n" +
		"echo '[1:1:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox!' >&2\nexit 1\n"
	// Readable by all: the browser runs as another user when this one is root.
	if err := os.WriteFile(fake, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := defacecheck(t, "capture", "http://www.example.test/", "--browser", fake, "--out", filepath.Join(dir, "kept"))
	if code != exitFailure || stdout != "" || !strings.Contains(stderr, "sandbox does not start") || !strings.Contains(stderr, "--no-sandbox") {
		t.Errorf("capture: exit code %d, %q, %q", code, stdout, stderr)
	}
	code, stdout, _ = defacecheck(t, "doctor", "--browser", fake)
	if code != exitFailure || !strings.Contains(stdout, "FAIL  sandbox") || !strings.Contains(stdout, "user namespaces") {
		t.Errorf("doctor: exit code %d, %q", code, stdout)
	}
}
