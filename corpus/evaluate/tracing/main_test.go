package tracing

import (
	"os"
	"slices"
	"testing"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	jobs := slices.Concat(picture.Jobs(), metadata.Jobs())
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, jobs...); ours {
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}
