package metadata_test

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, append(metadata.Jobs(), picture.Jobs()...)...); ours {
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}

// sharedRoot is the folder of real data beside the repository; the test skips
// where there is none.
func sharedRoot(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	root := filepath.Join(dir, "..", "shared", "data")
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: ../shared/data is not there")
	}
	return root
}

// sharedFiles are the regular files below a folder of the real data.
func sharedFiles(t testing.TB, under string) []string {
	t.Helper()
	var files []string
	filepath.WalkDir(filepath.Join(sharedRoot(t), under), func(p string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			files = append(files, p)
		}
		return nil
	})
	return files
}
