package main

import (
	"bufio"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// slowRun is the program on its way to capture a page that never answers.
type slowRun struct {
	cmd    *exec.Cmd
	site   *capturetest.Site
	stderr *bufio.Reader
	dir    string // where the capture would be kept
}

// startSlowRun starts the program as a process of its own.
func startSlowRun(t *testing.T) slowRun {
	t.Helper()
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "slow.test",
		Pages: map[string]capturetest.Page{"/": {Delay: time.Hour}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	r := slowRun{site: site, dir: t.TempDir()}
	r.cmd = process(t, "capture", site.URL("/"), "--resolve", site.Resolve(), "--out", filepath.Join(r.dir, "kept"))
	stderr, err := r.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r.stderr = bufio.NewReader(stderr)
	return r
}
