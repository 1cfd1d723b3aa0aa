package browser

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(helperEnv); dir != "" {
		fmt.Fprintln(os.Stderr, helper(dir))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}
