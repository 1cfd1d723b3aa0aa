package report

import _ "embed"

//go:generate go test -run TestThePublishedSchemaIsTheOneOfTheTypes -update .

//go:embed verdict.schema.json
var schema []byte

// Schema returns the JSON Schema (2020-12) of what JSON writes. It is
// generated from the types and their comments and published as
// verdict.schema.json beside this file.
func Schema() []byte { return append([]byte(nil), schema...) }
