package archive_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest"
)

// pywbVersion is the release that the conformance test was written against.
const pywbVersion = "2.10.0"

// pywbTools gives the folder of pywb's programs. They are installed from the
// Python package index into the user's cache once. The test is for machines
// where that is wanted: DEFACECHECK_CONFORMANCE=1.
func pywbTools(t *testing.T) string {
	t.Helper()
	if os.Getenv("DEFACECHECK_CONFORMANCE") != "1" {
		t.Skip("skipped: set DEFACECHECK_CONFORMANCE=1 to install pywb and test against it")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("skipped: no cache folder: %v", err)
	}
	venv := filepath.Join(cache, "defacecheck", "pywb-"+pywbVersion)
	bin := filepath.Join(venv, "bin")
	if _, err := os.Stat(filepath.Join(bin, "wayback")); err == nil {
		return bin
	}
	for _, args := range [][]string{{"python3", "-m", "venv", venv}, {filepath.Join(bin, "pip"), "install", "--quiet", "pywb==" + pywbVersion}} {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("skipped: pywb cannot be installed: %v: %.300s", err, out)
		}
	}
	return bin
}

// pywbOf runs a pywb server with one collection that holds a WARC file and
// gives the collection's base URL.
func pywbOf(t *testing.T, warc []byte) string {
	t.Helper()
	bin := pywbTools(t)
	dir := t.TempDir()
	file := writeFile(t, dir, "page.warc.gz", warc)
	for _, args := range [][]string{{"init", "col"}, {"add", "col", file}} {
		cmd := exec.CommandContext(t.Context(), filepath.Join(bin, "wb-manager"), args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("wb-manager %v: %v: %s", args, err, out)
		}
	}
	port := freePort(t)
	cmd := exec.Command(filepath.Join(bin, "wayback"), "-b", "127.0.0.1", "-p", port)
	var log bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &log, &log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait() // it was killed: its error says so
		if t.Failed() {
			t.Logf("pywb: %s", log.String())
		}
	})
	base := "http://127.0.0.1:" + port
	waitFor(t, base)
	return base + "/col"
}

func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	return fmt.Sprint(ln.Addr().(*net.TCPAddr).Port)
}

func waitFor(t *testing.T, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if resp, err := client.Do(req); err == nil {
			_ = resp.Body.Close()
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("pywb does not answer at %s", url)
}

// TestPywbReplaysWhatIsWrittenHere has a real web archive server index and
// replay the WARC file, and reads it back through both clients.
func TestPywbReplaysWhatIsWrittenHere(t *testing.T) {
	// pywb takes two orders of a query for one address.
	records := slices.DeleteFunc(capturetest.Fixture(), func(r capture.Record) bool { return strings.HasSuffix(r.URL, "b=2&a=1") })
	base := pywbOf(t, warcOf(t, append(capturetest.Captures(records), seenElsewhere())))
	t.Run("through CDX and raw replay", func(t *testing.T) {
		capturetest.TestSource(t, open(t, "wayback+"+base, quick()), records)
	})
	t.Run("through TimeMap and TimeGate", func(t *testing.T) {
		capturetest.TestSource(t, open(t, "memento+"+base, quick()), records)
	})
	t.Run("a browser's page", func(t *testing.T) { checkSeen(t, open(t, "wayback+"+base, quick())) })
}

// seenElsewhere is the capture of seen under another host, so that it does not
// add to the captures of the fixture.
func seenElsewhere() *capture.Capture {
	page := seen()
	for i := range page.Requests {
		page.Requests[i].URL = strings.Replace(page.Requests[i].URL, "town.test", "seen.test", 1)
	}
	page.Requests[0].Header["location"] = page.Requests[1].URL
	return page
}

func checkSeen(t *testing.T, a archive.Archive) {
	page := seenElsewhere()
	for url, want := range map[string]string{"https://seen.test/": "<h1>Town</h1>", "https://seen.test/a.png?x=%20y": "\x89PNG"} {
		rec, err := a.Fetch(t.Context(), url, page.SeenAt)
		if err != nil || string(rec.Body) != want || rec.Status != 200 {
			t.Errorf("%s: %+v, %v", url, rec, err)
		}
	}
}
