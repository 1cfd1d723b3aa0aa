// Package storetest is the suite that every database of claims passes. It
// needs nothing but the database: results are made up, and no picture is read.
package storetest

import (
	"context"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// Corpus is what a database of claims can do.
type Corpus interface {
	verify.Precedents
	Record(ctx context.Context, r *verify.Result) error
	Holdings(ctx context.Context) (store.Holdings, error)
	Close() error
}

// Fresh makes an empty database and returns what opens a further handle on it.
// Handles are closed by the suite.
type Fresh func(t *testing.T) (open func() (Corpus, error))

// Run runs the suite.
func Run(t *testing.T, fresh Fresh) {
	for name, test := range map[string]func(*testing.T, func() (Corpus, error)){
		"an empty corpus finds nothing":                         empty,
		"a claim comes back as it was recorded":                 comesBack,
		"recompressed copies are found to the last bit":         copies,
		"the most alike come first":                             order,
		"pictures without information match only as files":      uninformative,
		"a search misses nothing that a full comparison finds":  recall,
		"the same claim is one claim and gains verdicts":        sameClaim,
		"another address or time is another claim":              otherClaims,
		"strings of strangers come back unharmed":               hostile,
		"an incomplete result is refused and leaves nothing":    incomplete,
		"an ended context ends the work and leaves nothing":     ended,
		"what one handle recorded the others find":              handles,
		"two handles recording at once lose and double nothing": together,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, fresh(t))
		})
	}
}

func handle(t *testing.T, open func() (Corpus, error)) Corpus {
	t.Helper()
	c, err := open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func record(t *testing.T, c Corpus, all ...*verify.Result) {
	t.Helper()
	for _, r := range all {
		if err := c.Record(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
}

func holds(t *testing.T, c Corpus, want store.Holdings) {
	t.Helper()
	if got, err := c.Holdings(t.Context()); err != nil || got != want {
		t.Errorf("holds %+v, %v; want %+v", got, err, want)
	}
}
