package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// childEnv makes the test binary a program that records until it is killed.
const childEnv = "DEFACECHECK_STORE_TEST_CORPUS"

// others is the first number of pictures that no verdict is about.
const others = 1 << 40

// recordForEver goes on where the corpus ends and says each number when its
// claim is recorded, and a pair of postings added.
func recordForEver(path string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	h, err := s.Holdings(ctx)
	for n := uint64(h.Verdicts); err == nil; n++ {
		if _, err = s.Add(ctx, storetest.Item(others+2*n), storetest.Item(others+2*n+1)); err == nil {
			err = s.Record(ctx, storetest.Result(n))
		}
		if err == nil {
			fmt.Println(n)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestAKilledProgramLosesNothingThatWasRecorded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "corpus")
	for _, after := range []int{1, 7, 2, 13, 4, 9} {
		said := killAfter(t, path, after)
		checkWhole(t, path, said)
	}
}

// killAfter runs the recorder, kills it at whatever it does once it has said
// that many numbers, and returns the last one.
func killAfter(t *testing.T, path string, lines int) (last int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := bufio.NewScanner(out)
	said := 0
	for ; read.Scan(); said++ {
		if _, err := fmt.Sscan(read.Text(), &last); err != nil {
			t.Fatal(err)
		}
		if said+1 == lines {
			time.Sleep(time.Duration(lines) * 300 * time.Microsecond) // not always at the same step
			_ = cmd.Process.Kill()
		}
	}
	_ = cmd.Wait() // killed: an error by design
	if said < lines {
		t.Fatalf("the recorder said %d numbers of %d", said, lines)
	}
	return last
}

func checkWhole(t *testing.T, path string, last int) {
	t.Helper()
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var sound string
	if err := s.DB().QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity: %s, %v", sound, err)
	}
	for n := range uint64(last + 1) {
		found, err := s.Find(t.Context(), storetest.Result(n).Claim.SHA256, storetest.Imprint(n))
		if err != nil || len(found) != 1 {
			t.Errorf("claim %d of %d: found %d, %v", n, last, len(found), err)
		}
	}
	h, err := s.Holdings(t.Context())
	if err != nil || h.Verdicts < last+1 || h.Verdicts > last+2 || h.Postings != h.Files || h.Postings%2 != 0 ||
		h.Claims != h.Verdicts+h.Postings || h.Pictures != h.Claims || h.Postings/2 < h.Verdicts || h.Postings/2 > h.Verdicts+1 {
		t.Errorf("holds %+v, %v; %d were told, and at most one more was under way", h, err, last+1)
	}
}
