package synth

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// made is the set that the tests of this package share: making it is the
// expensive part.
var made struct {
	once sync.Once
	set  *Set
	err  error
	dir  string
}

// shared is the studio that the tests of this package take pictures in.
var shared struct {
	once   sync.Once
	studio *studio
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if s := shared.studio; s != nil {
		s.camera.Close()
		s.server.close()
	}
	if made.dir != "" {
		_ = os.RemoveAll(made.dir)
	}
	if code == 0 {
		if err := goleak.Find(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

func townSet(t *testing.T) *Set {
	t.Helper()
	needBrowser(t)
	made.once.Do(func() {
		if made.dir, made.err = os.MkdirTemp("", "defacecheck-town-"); made.err == nil {
			made.set, made.err = Town(context.Background(), Options{Dir: made.dir})
		}
	})
	if made.err != nil {
		t.Fatal(made.err)
	}
	return made.set
}

func needBrowser(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("needs Chrome and half a minute")
	}
	if _, err := browser.Find(); err != nil {
		t.Skipf("no browser: %v", err)
	}
}

func claimOf(t *testing.T, s *Set, name string) Claim {
	t.Helper()
	for _, c := range s.Claims {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("the set has no claim %s", name)
	return Claim{}
}
