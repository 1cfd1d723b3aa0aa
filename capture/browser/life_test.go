package browser

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// helperEnv makes the test binary play a program that uses a browser and is
// killed.
const helperEnv = "BROWSER_TEST_HELPER_DIR"

// helper shows one page, so that renderers are there too, and waits.
func helper(dir string) error {
	b, err := Start(context.Background(), Config{TempDir: dir})
	if err != nil {
		return err
	}
	src := shelf{"http://town.example/": record("text/html", "<p>up")}
	if _, err := b.Capture(context.Background(), capture.Request{URL: "http://town.example/", Source: src, At: march}); err != nil {
		return err
	}
	fmt.Println("ready")
	select {}
}

func TestAKilledParentLeavesNoProcessAndNoProfile(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			dir := t.TempDir()
			if err := openTemp(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := Find(); err != nil {
				t.Skip(err)
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), helperEnv+"="+dir)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
			ready := false
			for !ready && lines.Scan() {
				ready = strings.Contains(lines.Text(), "ready")
			}
			if !ready || len(using(dir)) == 0 {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
				t.Fatalf("helper has no browser (ready %v)", ready)
			}
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait()
			wantNothing(t, dir)
		})
	}
}

// openTemp lets the unprivileged browser reach a directory of the test's.
func openTemp(dir string) error {
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o777); err != nil {
			return err
		}
	}
	return nil
}

// using returns the processes that name dir in their command line.
func using(dir string) []int {
	var out []int
	procs, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, path := range procs {
		line, _ := os.ReadFile(path)
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if pid != os.Getpid() && bytes.Contains(line, []byte(dir)) {
			out = append(out, pid)
		}
	}
	return out
}

func wantNothing(t *testing.T, dir string) {
	t.Helper()
	var pids []int
	var left []string
	for range 200 {
		pids = using(dir)
		left, _ = filepath.Glob(filepath.Join(dir, "*"))
		if len(pids) == 0 && len(left) == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("left behind: processes %v, files %v", pids, left)
}

func TestCloseLeavesNothingAndLaterCapturesSaySo(t *testing.T) {
	dir := t.TempDir()
	if err := openTemp(dir); err != nil {
		t.Fatal(err)
	}
	b := start(t, Config{TempDir: dir})
	if len(using(dir)) == 0 {
		t.Fatal("no browser runs")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	wantNothing(t, dir)
	_, err := b.Capture(context.Background(), capture.Request{URL: "http://town.example/", Source: shelf{}})
	if !errors.Is(err, capture.ErrBrowserGone) {
		t.Errorf("error %v, want %v", err, capture.ErrBrowserGone)
	}
}

func TestABrowserKilledUnderAPageIsStartedAgain(t *testing.T) {
	hold, reached := make(chan struct{}), make(chan struct{}, 1)
	srv := site(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		select {
		case reached <- struct{}{}: // the first visit waits here
			select {
			case <-hold:
			case <-r.Context().Done():
			}
		default:
		}
		html("<p>still here")(w, r)
	}})
	b := start(t, Config{Gateway: loopback(t)})
	old := b.eng
	go func() {
		for len(reached) == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		_ = syscall.Kill(-old.proc.cmd.Process.Pid, syscall.SIGKILL)
	}()
	c := see(t, b, capture.Request{URL: srv.URL + "/"})
	close(hold)
	if c.Validity != capture.OK || visible(c) != "still here" || b.Restarts() != 1 {
		t.Errorf("validity %q (%s), text %q, restarts %d", c.Validity, c.Reason, visible(c), b.Restarts())
	}
}

func TestAStaleProfileIsRemovedAndOneInUseIsNot(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, profilePrefix+"stale")
	if err := os.Mkdir(stale, 0o700); err != nil {
		t.Fatal(err)
	}
	used, lock, err := makeProfile(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	long := time.Now().Add(-time.Hour)
	for _, d := range []string{stale, used} {
		if err := os.Chtimes(d, long, long); err != nil {
			t.Fatal(err)
		}
	}
	clearStale(dir)
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("stale profile is still there: %v", err)
	}
	if _, err := os.Stat(used); err != nil {
		t.Errorf("profile in use was removed: %v", err)
	}
}

func TestAMissingBrowserSaysHowToInstallOne(t *testing.T) {
	_, err := Start(context.Background(), Config{Path: "/nowhere/chrome"})
	if !errors.Is(err, capture.ErrNoBrowser) || !strings.Contains(err.Error(), "apt-get install") {
		t.Errorf("error %v", err)
	}
	fake := filepath.Join(t.TempDir(), "chrome")
	if err := os.WriteFile(fake, []byte("#!/bin/sh\necho I am no browser\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(fake); !errors.Is(err, capture.ErrNoBrowser) {
		t.Errorf("error %v", err)
	}
}

func TestABrowserWithoutASandboxSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	if err := openTemp(dir); err != nil {
		t.Fatal(err)
	}
	fake := filepath.Join(dir, "chrome")
	script := "#!/bin/sh\n[ \"$1\" = --version ] && { echo Chromium 156.0.1.2; exit; }\n" +
		"echo '[FATAL:content/browser/zygote_host] No usable sandbox! If you are running on Ubuntu' >&2\nexit 1\n"
	if err := os.WriteFile(fake, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := Start(context.Background(), Config{Path: fake, TempDir: dir})
	if !errors.Is(err, capture.ErrSandbox) || !strings.Contains(err.Error(), "--no-sandbox") {
		t.Errorf("error %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, profilePrefix+"*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTheSandboxIsOnUnlessItIsSwitchedOff(t *testing.T) {
	inst := Installation{Version: "156.0.0.0"}
	if line := strings.Join(switches(Config{}, inst, "/p"), " "); strings.Contains(line, "sandbox") {
		t.Errorf("switches %s", line)
	}
	if line := strings.Join(switches(Config{NoSandbox: true}, inst, "/p"), " "); !strings.Contains(line, "--no-sandbox") {
		t.Errorf("switches %s", line)
	}
	b := start(t, Config{})
	for _, pid := range using(b.eng.proc.profile) {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			continue
		}
		if os.Geteuid() == 0 && strings.Contains(string(status), "\nUid:\t0\t") {
			t.Errorf("process %d of the browser runs as root", pid)
		}
	}
}

func TestAStartThatWasCalledOffIsNotBlamedOnTheSandbox(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b, err := Start(ctx, Config{})
	if err == nil {
		b.Close()
	}
	if !errors.Is(err, context.Canceled) || errors.Is(err, capture.ErrSandbox) {
		t.Errorf("got %v", err)
	}
}
