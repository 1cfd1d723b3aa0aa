package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

const (
	// Tries is how often a claim is judged before it is set aside, and at how many
	// ends of the program it may have been in flight.
	Tries = 3
	// DefaultTimeout is how long judging one claim may take. A slow page with many
	// captures takes a few minutes.
	DefaultTimeout = 10 * time.Minute
	// DefaultPatience is how long the database may be away before a worker ends: a
	// server restarts in less.
	DefaultPatience = 2 * time.Minute
	// Silence is how long a process on another machine must have been silent to count
	// as gone. It beats far more often; a machine under load pauses for seconds.
	Silence = 30 * time.Second
	// BriefWait is how long a claim should wait for its turn at an archive before it is
	// put off and another is judged meanwhile.
	BriefWait = 20 * time.Second
	// DefaultGrace is how long claims in flight may take to be finished when a run is
	// to end. Then they are interrupted and handed back.
	DefaultGrace = 3 * time.Second
	// Ending is how long Run goes on at most after its context ended, with DefaultGrace.
	Ending = DefaultGrace + hard + parting
)

// Version is what verdicts are pending for.
type Version struct {
	Program     string // name and version
	ModelDigest string // of the score model
}

// Judge judges one claim of the corpus and returns the result to be recorded; what it
// writes elsewhere it must be able to write again. It is called from several
// goroutines, with a context that ends when time is up or the run is to end. Errors
// that wrap capture.ErrRateLimited put the claim off (by an archive.NotYet, as long as
// that says); an *Unable ends the run; others are failures of the claim.
type Judge func(ctx context.Context, claim *corpus.Record) (*verify.Result, error)

// Unable says that this machine can judge no claim at all: no fault of the claim's.
type Unable struct{ Err error }

func (e *Unable) Error() string { return e.Err.Error() }

// Unwrap gives what is missing.
func (e *Unable) Unwrap() error { return e.Err }

// ErrAway says that the database did not come back in time.
var ErrAway = errors.New("the corpus went away")

// Options configure a Queue. Judge is needed to work, and not to enqueue.
type Options struct {
	Judge    Judge
	Jobs     int           // claims judged side by side; 0 is 2
	Timeout  time.Duration // for one claim; 0 is DefaultTimeout
	Grace    time.Duration // 0 is DefaultGrace
	Tries    int           // 0 is Tries
	Deaths   int           // ends of the program with a claim in flight before it is set aside; 0 is Tries
	Patience time.Duration // 0 is DefaultPatience
	Logger   *slog.Logger  // nil discards
	Ended    func(End)     // told of every claim that ended or was put off here; nil is nobody. Called from several goroutines
}

func (o Options) withDefaults() Options {
	setDefault(&o.Jobs, 2)
	setDefault(&o.Timeout, DefaultTimeout)
	setDefault(&o.Grace, DefaultGrace)
	setDefault(&o.Tries, Tries)
	setDefault(&o.Deaths, Tries)
	setDefault(&o.Patience, DefaultPatience)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Ended == nil {
		o.Ended = func(End) {}
	}
	return o
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Queue is the queue of one corpus for one version.
type Queue struct {
	store   *store.Store
	db      *sql.DB
	version Version
	opts    Options
	driver  riverdriver.Driver[*sql.Tx]
	id      string // of this worker
	alone   flights
}

// Open prepares River's tables in the corpus. It starts nothing. The store stays the
// caller's to close.
func Open(ctx context.Context, s *store.Store, v Version, o Options) (*Queue, error) {
	q := &Queue{store: s, db: s.DB(), version: v, opts: o.withDefaults(), id: uuid.NewString()}
	q.driver = riversqlite.New(q.db)
	if q.postgres() {
		q.driver = riverdatabasesql.New(q.db)
	}
	if err := q.migrate(ctx); err != nil {
		return nil, fmt.Errorf("open queue: %w", err)
	}
	return q, nil
}

func (q *Queue) postgres() bool { return q.store.Dialect() == store.PostgreSQL }

// migrate brings River's tables up to date, under a lock, so that two processes that
// start together do not both make them. In a file that is one transaction. A server
// refuses some of River's steps in the transaction of others: there each has its own,
// and one that did not come about is made by whoever comes next.
func (q *Queue) migrate(ctx context.Context) error {
	m, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: q.opts.Logger})
	if err != nil {
		return err
	}
	return q.store.Do(ctx, func(tx *sql.Tx) error {
		if !q.postgres() {
			_, err := m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, nil)
			return err
		}
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(migrationLock)); err != nil {
			return err
		}
		_, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
}

// migrationLock is any number that nothing else in the database locks: "dfckqueu".
const migrationLock = 0x6466636b71756575

// river is the name of River's queue for the version: workers of one version are given
// the jobs of no other.
func (v Version) river() string { return "claims_" + corpus.Digest(v.Program, v.ModelDigest)[:16] }
