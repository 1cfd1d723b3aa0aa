package main

import "github.com/defacecheck/defacecheck/capture/realdata"

// schemaFile is the published JSON Schema of verdicts, from the root of the
// repository.
const schemaFile = "verify/report/verdict.schema.json"

// repositoryRoot is the directory of go.mod.
func repositoryRoot() string {
	dir, err := realdata.Repository()
	if err != nil {
		panic(err)
	}
	return dir
}
