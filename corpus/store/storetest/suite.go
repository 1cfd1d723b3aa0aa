// Package storetest is the suite that every database of claims passes. It
// needs nothing but the database: results are made up, and no picture is read.
package storetest

import (
	"context"
	"database/sql"
	"iter"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// Corpus is what a database of claims can do.
type Corpus interface {
	verify.Precedents
	Besides(claim string) verify.Precedents
	Do(ctx context.Context, f func(*sql.Tx) error) error

	Add(ctx context.Context, items ...store.Item) (store.Added, error)
	Keep(ctx context.Context, r *corpus.Record) (store.Kept, error)
	Restore(ctx context.Context, all ...store.Kept) (store.Added, error)
	Record(ctx context.Context, r *verify.Result) error
	RecordTx(ctx context.Context, tx *sql.Tx, r *verify.Result) error
	KeepTx(ctx context.Context, tx *sql.Tx, file []byte) error
	Adjudicate(ctx context.Context, claim string, a corpus.Adjudication) error
	SetAsideTx(ctx context.Context, tx *sql.Tx, claim string, b corpus.Setback) error
	TakeUpTx(ctx context.Context, tx *sql.Tx, at time.Time, claims ...string) (int, error)

	Records(ctx context.Context, f store.Filter) iter.Seq2[*corpus.Record, error]
	Posted(ctx context.Context, f store.Filter) iter.Seq2[*corpus.Record, error]
	Summaries(ctx context.Context, f store.Filter) iter.Seq2[*store.Summary, error]
	Channels(ctx context.Context) ([]store.Channel, error)
	Claim(ctx context.Context, id string) (*corpus.Record, error)
	Resolve(ctx context.Context, prefix string) (string, error)
	Pending(ctx context.Context, program, modelDigest string) iter.Seq2[string, error]
	File(ctx context.Context, sum string) ([]byte, error)
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

		"a posting comes back as it was added":                 added,
		"a posting is taken in once":                           once,
		"what was missing of a posting is added":               completed,
		"a damaged picture is mended by adding it again":       mended,
		"a claim that was judged can be posted":                addedAndJudged,
		"a bad posting is named and none beside it is kept":    spoilt,
		"postings of strangers come back unharmed":             hostilePostings,
		"two handles adding at once lose and double nothing":   crowd,
		"a later version of a message is kept beside it":       edited,
		"channels are counted with what they posted":           channels,
		"what was posted comes without verdicts":               posted,
		"records come in one order and as they were asked for": filtered,
		"a summary tells the newest of everything":             summed,
		"a claim is no precedent of itself":                    notItself,
		"a corpus can be used while it is read":                meanwhile,
		"verdicts come back whole, oldest first":               verdicts,
		"what has a file and no verdict is pending":            toDo,
		"a claim is found by the beginning of its id":          prefixes,
		"judgements of people are kept, oldest first":          adjudicated,
		"an unfounded judgement is refused":                    unfounded,
		"what was set aside is not pending until taken up":     setAside,
		"a transaction is kept whole or not at all":            undone,
		"what was kept elsewhere is restored as it was":        restored,
		"what contradicts itself is not restored":              unrestored,
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
