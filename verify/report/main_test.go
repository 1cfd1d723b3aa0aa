package report

import (
	"flag"
	"testing"

	"go.uber.org/goleak"
)

var (
	update = flag.Bool("update", false, "rewrite golden files and the published schema")
	shots  = flag.String("shots", "", "directory for screenshots of the report")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
