package main

import (
	"bytes"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
)

// Two workers, as two machines would have them, judge what a batch queued on a server.
func TestWorkersJudgeWhatABatchQueuedOnAServer(t *testing.T) {
	t.Parallel()
	address, dir := pgtest.Start(t).Database(t), t.TempDir()
	for _, host := range []string{"a", "b", "c", "d", "e", "f"} {
		collectOne(t, address, "http://"+host+".test/")
	}
	if code, _, said := defacecheck(t, "batch", "--corpus", address, "--jobs", "0"); code != 0 || !strings.Contains(said, "6 claims waiting for workers") {
		t.Fatalf("exit code %d: %s", code, said)
	}
	var workers [2]*exec.Cmd
	var said [2]bytes.Buffer
	for i := range workers {
		workers[i] = started(t, &said[i], "worker", "--corpus", address, "--jobs", "1", "--no-live", "--no-reading", "--archive", noArchive(t, dir))
	}
	state := ""
	for end := time.Now().Add(2 * time.Minute); !strings.Contains(state, "6 claims judged: 6 page not seen") && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		_, state, _ = defacecheck(t, "batch", "status", "--corpus", address)
	}
	for i, w := range workers {
		if err := w.Process.Signal(syscall.SIGINT); err != nil {
			t.Error(err)
		}
		_ = w.Wait()
		if code := w.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(said[i].String(), "6 claims judged: 6 page not seen") {
			t.Errorf("a worker ended with %d: %s", code, said[i].String())
		}
	}
	if n := strings.Count(said[0].String()+said[1].String(), " page not seen\n") - 2; n != 6 {
		t.Errorf("the workers told of %d verdicts of 6:\n%s%s", n, said[0].String(), said[1].String())
	}
}
