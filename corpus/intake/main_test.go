package intake

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, picture.Jobs()...); ours {
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}
