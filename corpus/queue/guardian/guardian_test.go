package guardian_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
)

// The test binary is the ward, and in one test the guardian in a process of its own.
func TestMain(m *testing.M) {
	args, w, err := guardian.Adopted(os.Args)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	case w != nil:
		serve(w, args)
	case len(args) > 1 && args[1] == "guardian":
		code, err := guardian.Run(context.Background(), guardian.Config{Args: args[1:], Stdout: os.Stdout, Stderr: os.Stderr})
		fmt.Fprintln(os.Stderr, code, err)
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}

// serve does what the arguments say, one word after the other.
func serve(w *guardian.Ward, args []string) {
	for _, word := range args[1:] {
		what, more, _ := strings.Cut(word, "=")
		switch what {
		case "begin":
			w.Begun()
		case "judge":
			w.Judged()
		case "die":
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		case "die-first": // at so many starts
			n, _ := strconv.Atoi(more)
			if starts(args[len(args)-1]) <= n {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
				select {}
			}
		case "panic":
			panic("ah")
		case "say":
			fmt.Printf("%s restarted=%v spent=%v\n", more, w.Restarted(), w.Spent() > 0)
		case "child": // holds what it inherits
			_ = exec.Command("/bin/sleep", "5").Start()
		case "wait":
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			fmt.Println("waiting", os.Getpid())
			<-ctx.Done()
			stop()
		case "leave":
			code, _ := strconv.Atoi(more)
			w.Left()
			os.Exit(code)
		}
	}
	os.Exit(0) // without having told that it leaves
}

// starts counts in a file how often it was asked.
func starts(file string) int {
	old, _ := os.ReadFile(file)
	_ = os.WriteFile(file, append(old, '.'), 0o600)
	return len(old) + 1
}

// guarded runs the words and returns what was said of them.
func guarded(ctx context.Context, t *testing.T, words ...string) (code int, err error, printed string, said []string) {
	t.Helper()
	out, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	code, err = guardian.Run(ctx, guardian.Config{Args: append([]string{"ward"}, words...), Stdout: out, Say: func(s string) { said = append(said, s) }})
	text, e := os.ReadFile(out.Name())
	if e != nil {
		t.Fatal(e)
	}
	return code, err, string(text), said
}

func TestTheExitCodeOfAProcessThatEndsByItselfIsPassedOn(t *testing.T) {
	t.Parallel()
	for code := range 6 {
		got, err, printed, said := guarded(t.Context(), t, "say=hello", "leave="+strconv.Itoa(code))
		if got != code || err != nil || printed != "hello restarted=false spent=true\n" || len(said) != 0 {
			t.Errorf("code %d: %d, %v, printed %q, said %q", code, got, err, printed, said)
		}
	}
}

func TestAProcessThatAClaimEndsIsStartedAgain(t *testing.T) {
	t.Parallel()
	count := filepath.Join(t.TempDir(), "count")
	code, err, printed, said := guarded(t.Context(), t, "begin", "say=begun", "child", "die-first=2", "judge", "leave=4", count)
	if code != 4 || err != nil || strings.Count(printed, "begun ") != 3 || strings.Count(printed, "restarted=true") != 2 {
		t.Errorf("code %d, %v, printed %q", code, err, printed)
	}
	if len(said) != 2 || !strings.Contains(said[0], `"signal: killed"`) {
		t.Errorf("said %q", said)
	}
}

func TestAProcessThatEndsBeforeItBeginsIsGivenUpSoon(t *testing.T) {
	t.Parallel()
	for word, why := range map[string]string{"die": "signal: killed", "panic": "exit status 2", "nothing": "exit status 0"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			_, err, _, said := guarded(t.Context(), t, word)
			if !errors.Is(err, guardian.ErrGivenUp) || !strings.Contains(err.Error(), "3 times before it began a claim") || !strings.Contains(err.Error(), why) || len(said) != 2 {
				t.Errorf("%v, said %q", err, said)
			}
		})
	}
}

func TestAnInterruptIsPassedOnAndNothingIsStartedAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		then []string
		code int
		left bool
	}{
		"it leaves":       {[]string{"leave=130"}, 130, true},
		"it is killed":    {[]string{"die"}, 0, false},
		"it stays longer": {[]string{"wait"}, 0, false}, // for Leave, and is killed
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			count := filepath.Join(t.TempDir(), "count")
			go func() {
				for starts := 0; starts == 0; time.Sleep(10 * time.Millisecond) {
					old, _ := os.ReadFile(count)
					starts = len(old)
				}
				time.Sleep(300 * time.Millisecond) // it waits then, or ends by the interrupt as well
				interrupt()
			}()
			began := time.Now()
			code, err, _, said := guarded(ctx, t, slices.Concat([]string{"begin", "die-first=0", "wait"}, tc.then, []string{count})...)
			if code != tc.code || (err == nil) != tc.left || err != nil && !errors.Is(err, context.Canceled) || len(said) != 0 {
				t.Errorf("code %d, %v, said %q", code, err, said)
			}
			if took := time.Since(began); took > guardian.Leave+20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestTheProcessDiesWithItsGuardian(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "/proc/self/exe")
	cmd.Args = []string{"test", "guardian", "wait"}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ward int
	if _, err := fmt.Fscanf(out, "waiting %d", &ward); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out) // ends with the last that holds it, which is the ward
	_ = cmd.Wait()
	for end := time.Now().Add(30 * time.Second); syscall.Kill(ward, 0) == nil; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the ward lives")
		}
	}
}

func TestOnlyAGuardianAdopts(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"defacecheck", "guarded-child"}, {"defacecheck", "guarded-child", "1", "0"},
		{"defacecheck", "guarded-child", strconv.Itoa(os.Getpid()), "0", "1s", "batch"}, // not of the parent
		{"defacecheck", "guarded-child", strconv.Itoa(os.Getppid()), "-1", "1s", "batch"},
		{"defacecheck", "guarded-child", strconv.Itoa(os.Getppid()), "0", "soon", "batch"},
	} {
		if _, w, err := guardian.Adopted(args); err == nil || w != nil {
			t.Errorf("%q was taken", args)
		}
	}
	args := []string{"defacecheck", "batch", "guarded-child"}
	rest, w, err := guardian.Adopted(args)
	if err != nil || w != nil || !slices.Equal(rest, args) {
		t.Errorf("%q, %v, %v", rest, w, err)
	}
	w.Begun() // of no ward, nothing is told to nobody
	if w.Restarted() || w.Spent() != 0 {
		t.Error("a process without a guardian was started again")
	}
}
