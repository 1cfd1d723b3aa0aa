package exchange_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/exchange"
)

// The releases that the test of reviews was written against.
const (
	schemaDTSVersion  = "2.1.0" // schema.org's vocabulary as types
	typescriptVersion = "5.9.3"
)

// TestReviewsHaveTheTypesOfSchemaOrg has a compiler hold reviews against schema.org's
// vocabulary: names of types and properties, and what may stand there.
func TestReviewsHaveTheTypesOfSchemaOrg(t *testing.T) {
	compiler := func(dir string) string { return filepath.Join(dir, "node_modules", "typescript", "bin", "tsc") }
	dir := installed(t, "schema-dts-"+schemaDTSVersion, func(dir string) bool {
		return exec.CommandContext(t.Context(), "node", compiler(dir), "--version").Run() == nil
	}, func(dir string) [][]string {
		return [][]string{{"npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", dir,
			"schema-dts@" + schemaDTSVersion, "typescript@" + typescriptVersion}}
	})
	sources := map[string]string{}
	put := func(name, form string, data []byte) {
		sources[name] = fmt.Sprintf("import type { %s, WithContext } from \"schema-dts\";\nexport const review: WithContext<%s> = %s;\n", form, form, data)
	}
	whole := map[string][]byte{} // one of each form that has all that is broken below
	for kind, r := range kinds(t) {
		for form, write := range map[string]func(*corpus.Record, exchange.Options) ([]byte, error){"ClaimReview": exchange.ClaimReview, "MediaReview": exchange.MediaReview} {
			data, err := write(r, exchange.Options{Publisher: "P", PublisherURL: "https://p.example/", ReviewURL: "https://p.example/1"})
			if err == nil { // reviews that would say nothing are refused
				if kind == "supported" {
					whole[form] = data
				}
				put(strings.ReplaceAll(kind, " ", "_")+"_"+form, form, data)
			}
		}
	}
	broken := []struct{ form, old, wrong string }{
		{"ClaimReview", `"claimReviewed"`, `"reviewedClaim"`}, {"ClaimReview", `"alternateName"`, `"otherName"`}, {"ClaimReview", `"@type": "Claim"`, `"@type": "Assertion"`},
		{"MediaReview", `"mediaItemAppearance"`, `"appearance"`}, {"MediaReview", `"unitCode"`, `"unitName"`},
	}
	for n, c := range broken {
		put(fmt.Sprintf("broken_%d", n), c.form, bytes.Replace(whole[c.form], []byte(c.old), []byte(c.wrong), 1))
	}
	refused := compiled(t, dir, compiler(dir), sources)
	for name, errors := range refused {
		if !strings.HasPrefix(name, "broken_") {
			t.Errorf("%s: %s", name, errors)
		}
	}
	for n, c := range broken {
		if refused[fmt.Sprintf("broken_%d", n)] == "" {
			t.Errorf("%s in place of %s is taken", c.wrong, c.old)
		}
	}
	t.Logf("%d reviews, %d broken ones", len(sources)-len(broken), len(broken))
}

// compiled gives what the compiler says against each source. They lie below dir meanwhile,
// where the vocabulary is found.
func compiled(t *testing.T, dir, compiler string, sources map[string]string) map[string]string {
	t.Helper()
	work, err := os.MkdirTemp(dir, "reviews")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(work)
	args := []string{compiler, "--noEmit", "--strict", "--pretty", "false", "--module", "preserve", "--moduleResolution", "bundler"}
	for name, source := range sources {
		args = append(args, name+".ts")
		if err := os.WriteFile(filepath.Join(work, name+".ts"), []byte(source), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Dir = work
	out, err := cmd.CombinedOutput()
	said := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if name, what, found := strings.Cut(line, ".ts("); found {
			said[name] += what
		}
	}
	if err != nil && len(said) == 0 {
		t.Fatalf("%v: %s", err, out)
	}
	return said
}
