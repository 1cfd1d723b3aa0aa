package confine_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func shell(t *testing.T, script string) confine.Program {
	t.Helper()
	path, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell here")
	}
	return confine.Program{Path: path, Args: []string{"-c", script}, Env: []string{"PATH=/usr/bin:/bin"}}
}

func TestAProgramGetsItsInputAndNothingElse(t *testing.T) {
	t.Parallel()
	in := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	out, err := shell(t, "cat").Execute(t.Context(), in, confine.Limits{})
	if err != nil || !bytes.Equal(out, in) {
		t.Fatalf("%d bytes came back of %d: %v", len(out), len(in), err)
	}
	out, err = shell(t, "id -u; env").Execute(t.Context(), nil, confine.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	user, env, _ := strings.Cut(string(out), "\n")
	if strings.Contains(env, "HOME=") || strings.Contains(env, "GO") {
		t.Errorf("the program inherited an environment:\n%s", env)
	}
	if os.Getuid() == 0 && user == "0" {
		t.Error("the program of root is root")
	}
}

func TestAProgramIsLimited(t *testing.T) {
	t.Parallel()
	out, err := shell(t, "ulimit -v; ulimit -t; ulimit -f; ulimit -n").Execute(t.Context(), []byte("go\n"),
		confine.Limits{Memory: 64 << 20, CPU: 7 * time.Second})
	if err != nil || string(out) != "65536\n7\n0\n32\n" {
		t.Errorf("limits %q, %v", out, err)
	}
}

func TestEveryEndOfAProgramHasAName(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		want   error
	}{
		"it never ends":          {"sleep 100", confine.ErrTimedOut},
		"it computes for ever":   {"while :; do :; done", confine.ErrTimedOut},
		"it writes for ever":     {"while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", confine.ErrOutput},
		"it fails":               {"echo no >&2; exit 3", confine.ErrCrashed},
		"it writes a file":       {"echo x > /tmp/confined-program-wrote", confine.ErrCrashed},
		"it leaves a child":      {"sleep 100 & echo done; wait", confine.ErrTimedOut},
		"it does not take input": {"exit 4", confine.ErrCrashed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := shell(t, c.script).Execute(t.Context(), make([]byte, 1<<20),
				confine.Limits{Wall: 3 * time.Second, CPU: time.Second, Output: 1 << 16})
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestAProgramThatIsNotThereIsAnError(t *testing.T) {
	t.Parallel()
	_, err := confine.Program{Path: "/nonexistent/program"}.Execute(t.Context(), nil, confine.Limits{})
	if !errors.Is(err, confine.ErrCrashed) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := shell(t, "cat").Execute(ctx, nil, confine.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
