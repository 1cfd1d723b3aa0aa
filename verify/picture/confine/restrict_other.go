//go:build !linux

package confine

import (
	"os"
	"os/exec"
)

func self() string {
	name, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return name
}

// separate has nothing portable to do: cancelling kills the child itself.
func separate(*exec.Cmd) {}

// restrict can set no limits here; the parent's clock and caps remain.
func restrict(order) error { return nil }

// disown has nothing portable to do.
func disown(*exec.Cmd) {}

// limited can set no limits here; the parent's clock and caps remain.
func (p Program) limited(Limits) (string, []string) { return p.Path, p.Args }
