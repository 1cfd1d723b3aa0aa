package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/defacecheck/defacecheck/"

// imports maps each package of the project, by its path below the module, to
// what it imports itself, tests left out.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = repositoryRoot()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string][]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all[strings.TrimPrefix(p.ImportPath, module)] = p.Imports
	}
	return all
}

// room is the outermost directory of a package, and place where it stands in
// the one direction that imports run: cmd, corpus, verify, capture.
func room(pkg string) string { r, _, _ := strings.Cut(pkg, "/"); return r }

func place(pkg string) int {
	return slices.Index([]string{"capture", "verify", "corpus", "cmd"}, room(pkg))
}

func TestImportsRunFromCmdToCorpusToVerifyToCapture(t *testing.T) {
	t.Parallel()
	all := imports(t)
	for _, needed := range []string{"cmd/defacecheck", "corpus/synth", "verify", "capture"} {
		if _, ok := all[needed]; !ok {
			t.Errorf("package %s is not there: this test looks at the wrong tree", needed)
		}
	}
	for pkg, imported := range all {
		if place(pkg) < 0 {
			t.Errorf("package %s stands in no known room", pkg)
		}
		for _, path := range imported {
			other, ours := strings.CutPrefix(path, module)
			if ours && place(other) > place(pkg) {
				t.Errorf("%s imports %s: imports run cmd -> corpus -> verify -> capture", pkg, other)
			}
			if ours && room(other) == "cmd" {
				t.Errorf("%s imports the command line", pkg)
			}
		}
	}
}

// connecting are the packages that open connections or start programs that do.
func connecting() []string {
	return []string{"net", "net/http", "net/rpc", "net/smtp", "net/http/httputil", "crypto/tls",
		module + "capture/egress", module + "capture/browser", module + "capture/archive",
		module + "capture/witness", module + "capture/capturetest"}
}

func TestJudgingOpensNoConnection(t *testing.T) {
	t.Parallel()
	for pkg, imported := range imports(t) {
		if room(pkg) != "verify" {
			continue
		}
		for _, path := range imported {
			if slices.Contains(connecting(), path) || strings.Contains(path, "chromedp") {
				t.Errorf("%s imports %s: judging is handed captures and opens no connection", pkg, path)
			}
		}
	}
}

// part is the first element below verify/: align for verify/align/internal/x.
func part(pkg string) string {
	p, _, _ := strings.Cut(strings.TrimPrefix(pkg, "verify/"), "/")
	return p
}

func TestPartsOfVerifyKnowPictureAndNothingOfEachOther(t *testing.T) {
	t.Parallel()
	for pkg, imported := range imports(t) {
		if !strings.HasPrefix(pkg, "verify/") {
			continue
		}
		for _, path := range imported {
			other, ours := strings.CutPrefix(path, module)
			if !ours || room(other) != "verify" || part(other) == part(pkg) || part(other) == "picture" {
				continue
			}
			// report shows what verify says; it alone knows its parent.
			if other == "verify" && part(pkg) == "report" {
				continue
			}
			t.Errorf("%s imports %s: the parts of verify know picture and nothing of each other", pkg, other)
		}
	}
}

func TestWhatVocabularyNeedsIsLight(t *testing.T) {
	t.Parallel()
	all := imports(t)
	for _, path := range all["capture"] {
		if strings.HasPrefix(path, module) {
			t.Errorf("capture imports %s: the words for seeing a page know none of the ways to see it", path)
		}
	}
}
