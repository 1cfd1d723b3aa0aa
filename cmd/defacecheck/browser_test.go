package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture/capturetest/proctree"
)

// A browser that dies once is started again; what dies twice under one page is
// told.
func TestABrowserThatIsKilledTwiceIsAFailureWithAName(t *testing.T) {
	t.Parallel()
	r := startSlowRun(t)
	waitForVisit(t, r.site, 1)
	killed := proctree.KillBrowsers(r.cmd.Process.Pid)
	visits := len(r.site.Requests())
	waitForVisit(t, r.site, visits+1)
	killed += proctree.KillBrowsers(r.cmd.Process.Pid)
	said, _ := io.ReadAll(r.stderr)
	_ = r.cmd.Wait()
	if code := r.cmd.ProcessState.ExitCode(); killed == 0 || code != exitFailure || !strings.Contains(string(said), "browser is gone") {
		t.Errorf("killed %d processes; exit code %d, want %d; said %q", killed, code, exitFailure, said)
	}
	if left, err := os.ReadDir(r.dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
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
