package main

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// TestEveryDemonstrationClaimGetsTheVerdictThatACarefulPersonWouldGive makes the
// claims with a real browser and judges each through the command line.
func TestEveryDemonstrationClaimGetsTheVerdictThatACarefulPersonWouldGive(t *testing.T) {
	t.Parallel()
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	if testing.Short() {
		t.Skip("makes nine claims, which takes minutes")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var out, messages bytes.Buffer
	code := run(t.Context(), []string{"defacecheck", "demo", "--out", dir}, nil, &out, &messages, os.Getenv, time.Now)
	if code != 0 {
		t.Errorf("exit code %d\n%s\n%s", code, out.String(), messages.String())
	}
}
