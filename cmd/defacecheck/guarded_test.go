package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/capturetest/proctree"
)

// deadly is an archive that holds nothing. Whoever asks it for a page of one host is killed
// while it waits for the answer, as a claim may have it that takes more memory than there is.
type deadly struct {
	host  string
	asker atomic.Int64 // the process whose child asks; 0 while it is not known
	kills atomic.Int64
}

func (d *deadly) serve(t *testing.T) (archive string) {
	t.Helper()
	w, err := capturetest.NewWayback(nil, capturetest.WaybackQuirks{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.RawQuery, d.host) {
			w.ServeHTTP(rw, r)
			return
		}
		if guardian := int(d.asker.Load()); guardian > 1 {
			if all := proctree.Below(guardian); len(all) > 0 && syscall.Kill(all[0], syscall.SIGKILL) == nil {
				d.kills.Add(1)
			}
		}
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return "wayback+" + s.URL
}

// An analyst starts a batch in the evening and looks at it in the morning.
func TestABatchGoesOnAfterAClaimThatKillsTheProgram(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "corpus")
	for _, host := range []string{"a", "poison", "b", "c"} {
		collectOne(t, file, "http://"+host+".test/")
	}
	d := &deadly{host: "poison"}
	args := []string{"batch", "--corpus", file, "--no-live", "--no-reading", "--cache", "", "--archive", d.serve(t)}
	var said bytes.Buffer
	cmd := started(t, &said, args...)
	d.asker.Store(int64(cmd.Process.Pid))
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 0 || d.kills.Load() != 3 ||
		strings.Count(said.String(), `ended with "signal: killed" and is started again`) != 3 ||
		!strings.HasSuffix(said.String(), "3 claims judged: 3 page not seen, 1 set aside\n\"defacecheck batch status\" tells why 1 claim was set aside\n") {
		t.Errorf("exit code %d, killed %d times; said %s", code, d.kills.Load(), said.String())
	}
	if code, out, _ := defacecheck(t, "batch", "status", "--corpus", file); code != 0 ||
		!strings.Contains(out, "hxxp://poison[.]test/ after 3 tries: the program ended 3 times while it was judged") {
		t.Errorf("exit code %d, state %s", code, out)
	}
}

// What was set aside is taken up once, and not at every start anew.
func TestABatchThatTakesUpClaimsAgainEndsAllTheSame(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "corpus")
	for _, host := range []string{"poison-1", "poison-2"} {
		collectOne(t, file, "http://"+host+".test/")
	}
	d := &deadly{host: "poison"}
	var said bytes.Buffer
	cmd := started(t, &said, "batch", "--again", "--corpus", file, "--no-live", "--no-reading", "--jobs", "1", "--cache", "", "--archive", d.serve(t))
	d.asker.Store(int64(cmd.Process.Pid))
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 0 || d.kills.Load() != 6 || !strings.Contains(said.String(), "2 set aside") {
		t.Errorf("exit code %d, killed %d times; said %s", code, d.kills.Load(), said.String())
	}
}

func TestAWorkerAndWhatItStartedEndWithItsGuardian(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "corpus")
	collectOne(t, file, "http://a.test/")
	var said bytes.Buffer
	cmd := started(t, &said, "worker", "--corpus", file, "--no-live", "--no-reading", "--archive", noArchive(t, t.TempDir()))
	var below []int
	for end := time.Now().Add(time.Minute); len(below) == 0 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		below = proctree.Below(cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // also for the last that holds what it writes to
	for end := time.Now().Add(time.Minute); len(below) > 0; time.Sleep(10 * time.Millisecond) {
		if syscall.Kill(below[0], 0) != nil {
			below = below[1:]
		} else if time.Now().After(end) {
			t.Fatalf("process %d lives", below[0])
		}
	}
}
