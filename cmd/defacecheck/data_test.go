package main

import (
	"os"
	"path/filepath"
	"testing"
)

// schemaFile is the published JSON Schema of verdicts, from the root of the
// repository.
const schemaFile = "verify/report/verdict.schema.json"

// repositoryRoot is the directory of go.mod.
func repositoryRoot() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			panic("no go.mod above the test's directory")
		}
		dir = filepath.Dir(dir)
	}
}

// sharedData is the directory of real data that may lie beside the repository;
// the test is skipped where it is absent.
func sharedData(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(filepath.Dir(repositoryRoot()), "shared", "data")
	if _, err := os.Stat(filepath.Join(dir, "claims.csv")); err != nil {
		t.Skipf("real data is not here: %v", err)
	}
	return dir
}
