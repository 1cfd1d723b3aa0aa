package browser

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// Variant is a kind of Chrome.
type Variant string

// The variants.
const (
	Any   Variant = ""               // the shell if there is one, else Chrome
	Shell Variant = "headless-shell" // the embeddable headless build
	Full  Variant = "chrome"         // Chrome or Chromium with --headless
)

// Installation is a browser found on this machine.
type Installation struct {
	Path    string
	Version string // as --version prints it, without the product's name
	Variant Variant
}

// howToInstall is what a person can do about a missing browser.
const howToInstall = "install one, on Debian: apt-get install chromium-headless-shell (or chromium)"

var shellPaths = [...]string{
	"/usr/lib/chromium/chromium-headless-shell", "chromium-headless-shell",
	"headless-shell", "headless_shell", "chrome-headless-shell",
}

var fullPaths = [...]string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
}

// Find returns the first usable browser among paths or, without any, in the
// usual places, the headless shell first. The error wraps capture.ErrNoBrowser
// and says how to install one.
func Find(paths ...string) (Installation, error) { return find(Any, paths...) }

func find(v Variant, paths ...string) (Installation, error) {
	if len(paths) == 0 {
		if v != Full {
			paths = append(paths, shellPaths[:]...)
		}
		if v != Shell {
			paths = append(paths, fullPaths[:]...)
		}
	}
	var last error
	for _, p := range paths {
		inst, err := probe(p)
		if err == nil {
			return inst, nil
		}
		last = err
	}
	return Installation{}, fmt.Errorf("find browser in %s: %w: %v; %s",
		strings.Join(paths, ", "), capture.ErrNoBrowser, last, howToInstall)
}

// probeTimeout bounds --version, which a browser answers in 0.1 s.
const probeTimeout = 10 * time.Second

var versionPattern = regexp.MustCompile(`\d+(\.\d+){1,4}`)

// probe asks the program at path for its version. Only --version is run: it
// opens no profile, and so needs no unprivileged user.
func probe(path string) (Installation, error) {
	full, err := exec.LookPath(path)
	if err != nil {
		return Installation{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, full, "--version")
	cmd.WaitDelay = time.Second
	out, err := cmd.Output()
	if err != nil {
		return Installation{}, fmt.Errorf("ask %s for its version: %w", full, err)
	}
	version := versionPattern.FindString(string(out))
	if version == "" {
		return Installation{}, fmt.Errorf("ask %s for its version: it answered %.60q", full, out)
	}
	return Installation{Path: full, Version: version, Variant: variantOf(full)}, nil
}

func variantOf(path string) Variant {
	if strings.Contains(path, "headless-shell") || strings.Contains(path, "headless_shell") {
		return Shell
	}
	return Full
}

// major returns the first number of a version.
func major(version string) string {
	first, _, _ := strings.Cut(version, ".")
	return first
}
