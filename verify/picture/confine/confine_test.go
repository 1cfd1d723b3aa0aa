package confine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// The jobs misbehave in the ways that a parser can.
var jobs = []confine.Job{
	{Name: "echo", Run: func(in []byte, out io.Writer) error {
		_, err := out.Write(bytes.ToUpper(in))
		return err
	}},
	{Name: "refuse", Run: func([]byte, io.Writer) error {
		return fmt.Errorf("wrapped: %w", &confine.JobError{Kind: "odd", Message: "bell\a and \x1b[31mred"})
	}},
	{Name: "panic", Run: func([]byte, io.Writer) error { panic("boom") }},
	{Name: "greedy", Run: func([]byte, io.Writer) error {
		var hold [][]byte
		for range 400 {
			b := make([]byte, 16<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			hold = append(hold, b)
		}
		return fmt.Errorf("held %d", len(hold))
	}},
	{Name: "busy", Run: func([]byte, io.Writer) error {
		for n := 0; ; n++ {
			if n < 0 {
				return nil
			}
		}
	}},
	{Name: "asleep", Run: func([]byte, io.Writer) error { time.Sleep(time.Hour); return nil }},
	{Name: "loud", Run: func(_ []byte, out io.Writer) error {
		for {
			if _, err := out.Write(make([]byte, 1<<16)); err != nil {
				return err
			}
		}
	}},
	{Name: "look", Run: look},
}

// look says what the child may do.
func look(_ []byte, out io.Writer) error {
	wrote := os.WriteFile("/dev/shm/confine-test", []byte("x"), 0o600) == nil
	os.Remove("/dev/shm/confine-test")
	fmt.Fprintf(out, "uid=%d pid=%d pgid=%d wrote=%t env=%s", os.Getuid(), os.Getpid(), syscall.Getpgrp(),
		wrote, strings.Join(os.Environ(), ","))
	return nil
}

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, jobs...); ours {
		os.Exit(code)
	}
	if len(os.Args) == 3 && os.Args[1] == "be-a-parent" {
		beParent(os.Args[2])
		return
	}
	goleak.VerifyTestMain(m)
}

func TestTheJobsOutputComesBack(t *testing.T) {
	t.Parallel()
	in := bytes.Repeat([]byte("ab"), 2<<20)
	got, err := confine.Run(t.Context(), "echo", in, confine.Limits{})
	if err != nil || !bytes.Equal(got, bytes.ToUpper(in)) {
		t.Fatalf("got %d bytes, %v", len(got), err)
	}
}

func TestEveryFailureHasAName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		job    string
		limits confine.Limits
		want   error
	}{
		{"panic", confine.Limits{}, confine.ErrCrashed},
		{"greedy", confine.Limits{}, confine.ErrMemory},
		{"busy", confine.Limits{CPU: time.Second}, confine.ErrTimedOut},
		{"busy", confine.Limits{Wall: 300 * time.Millisecond}, confine.ErrTimedOut},
		{"asleep", confine.Limits{Wall: 300 * time.Millisecond}, confine.ErrTimedOut},
		{"loud", confine.Limits{Output: 1 << 20}, confine.ErrOutput},
		{"no such job", confine.Limits{}, confine.ErrNotServed},
	} {
		_, err := confine.Run(t.Context(), c.job, []byte("in"), c.limits)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.job, err, c.want)
		}
	}
}

func TestAJobsOwnErrorKeepsItsKindAndLosesItsControlCharacters(t *testing.T) {
	t.Parallel()
	_, err := confine.Run(t.Context(), "refuse", nil, confine.Limits{})
	var je *confine.JobError
	if !errors.As(err, &je) || je.Kind != "odd" {
		t.Fatalf("got %v", err)
	}
	if strings.ContainsAny(je.Message, "\a\x1b") {
		t.Errorf("control characters in %q", je.Message)
	}
}

func TestCancellingEndsTheChildAndSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := confine.Run(ctx, "asleep", nil, confine.Limits{})
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, confine.ErrTimedOut) {
		t.Fatalf("got %v", err)
	}
}

func TestTheChildOwnsNothing(t *testing.T) {
	t.Parallel()
	out, err := confine.Run(t.Context(), "look", nil, confine.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var uid, pid, pgid int
	var wrote bool
	var env string
	if _, err := fmt.Sscanf(string(out), "uid=%d pid=%d pgid=%d wrote=%t env=%s", &uid, &pid, &pgid, &wrote, &env); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	if os.Getuid() == 0 && uid == 0 {
		t.Error("the child of root is root")
	}
	if pid != pgid {
		t.Error("the child shares its parent's process group")
	}
	if wrote {
		t.Error("the child could write a file")
	}
	for _, kv := range strings.Split(env, ",") {
		if !strings.HasPrefix(kv, "GOMAXPROCS=") && !strings.HasPrefix(kv, "GOTRACEBACK=") && !strings.HasPrefix(kv, "PWD=") {
			t.Errorf("the child inherited %s", kv)
		}
	}
}

// beParent starts a child that never ends, tells that it did, and waits to be
// killed.
func beParent(job string) {
	go func() {
		_, err := confine.Run(context.Background(), job, nil, confine.Limits{})
		fmt.Println("ended:", err)
	}()
	time.Sleep(time.Hour)
}

func TestTheChildDiesWithItsParent(t *testing.T) {
	t.Parallel()
	parent := exec.Command("/proc/self/exe", "be-a-parent", "asleep")
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	child := waitForChild(t, parent.Process.Pid)
	parent.Process.Kill()
	parent.Wait()
	for range 200 {
		if errors.Is(syscall.Kill(child, 0), syscall.ESRCH) || isZombie(child) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("child %d outlives its parent", child)
	syscall.Kill(child, syscall.SIGKILL)
}

// waitForChild returns the process id of the settled child of a process.
func waitForChild(t *testing.T, parent int) int {
	t.Helper()
	for range 500 {
		lists, _ := os.ReadDir(fmt.Sprintf("/proc/%d/task", parent))
		for _, task := range lists {
			b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/children", parent, task.Name()))
			if pid, err := strconv.Atoi(strings.TrimSpace(string(b))); err == nil && settled(pid) {
				return pid
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Skip("the system does not list the children of a process")
	return 0
}

// settled says whether the child has limited itself: no core file is the sign.
func settled(pid int) bool {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	for _, line := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(line, "Max file size") {
			return strings.Fields(line)[3] == "0"
		}
	}
	return false
}

func isZombie(pid int) bool {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return strings.Contains(string(b), ") Z ")
}
