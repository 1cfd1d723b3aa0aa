// Package realdata finds real files for tests: pictures, archives and pages of
// others that may not stand in the repository and lie beside it, in ../shared/data
// as seen from its root. Where they are absent, the tests that need them are
// skipped and say so.
//
// It reads nothing of the files, and nothing outside that folder.
package realdata

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Repository is the directory of go.mod above the working directory.
func Repository() (string, error) {
	began, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := began; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("find the repository: no go.mod above %s", began)
		}
	}
}

// Dir is a folder of the real data, by its path with slashes; "" is all of it. The
// test is skipped where it is absent.
func Dir(t testing.TB, under string) string {
	t.Helper()
	dir := filepath.Join(root(t), filepath.FromSlash(under))
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("skipped: ../shared/data/%s is not there", under)
	}
	return dir
}

// Files are the regular files in and below a folder of the real data, sorted. The
// test is skipped where the folder is absent.
func Files(t testing.TB, under string) []string {
	t.Helper()
	var all []string
	_ = filepath.WalkDir(Dir(t, under), func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all = append(all, name)
		}
		return nil
	})
	return all
}

// Glob are the files of the real data that fit one of the patterns, which have
// slashes, by the order of the patterns. The test is skipped where there are none.
func Glob(t testing.TB, patterns ...string) []string {
	t.Helper()
	var all []string
	for _, p := range patterns {
		names, err := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(p)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, names...)
	}
	if len(all) == 0 {
		t.Skipf("skipped: no %v in ../shared/data", patterns)
	}
	return all
}

func root(t testing.TB) string {
	t.Helper()
	dir, err := Repository()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(filepath.Dir(dir), "shared", "data")
}
