package verify

import (
	"slices"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// Jobs are what judging hands to child processes. Every program and every test
// that judges, or reads strangers' pictures, serves them with confine.Serve before
// it does anything else.
func Jobs() []confine.Job { return slices.Concat(picture.Jobs(), metadata.Jobs()) }
