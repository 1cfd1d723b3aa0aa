package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
)

// End is what became of a try at a claim.
type End struct {
	Claim   string
	Kind    Kind
	Outcome outcome.Kind  // of a claim that was judged
	Reason  string        // else: why not
	For     time.Duration // of a claim that was put off: how long
}

// Kind is a way in which a try ends.
type Kind string

// The kinds.
const (
	Judged     Kind = "judged"
	Failed     Kind = "failed"      // and will be tried again
	SetAside   Kind = "set aside"   // and will not
	PutOff     Kind = "put off"     // because an archive's limit is reached
	HandedBack Kind = "handed back" // because the run is to end
)

// flight is one try at a claim by this worker.
type flight struct {
	q        *Queue
	job      *river.Job[task]
	failures int
	deaths   int
}

// errOvertaken says that the claim is another worker's by now, or has ended.
var errOvertaken = errors.New("another worker has the claim")

// look reads what happened to the claim so far; known is false when it has ended.
func (f *flight) look(ctx context.Context) (known bool, err error) {
	err = f.q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT failures, deaths FROM queue_tasks
			WHERE claim = $1 AND program = $2 AND model_digest = $3`, f.key()...).Scan(&f.failures, &f.deaths)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (f *flight) key() []any {
	return []any{f.job.Args.Claim, f.q.version.Program, f.q.version.ModelDigest}
}

// begin notes that the claim is judged here, so that an end of this process is
// put down to it.
func (f *flight) begin(ctx context.Context) error {
	return f.q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE queue_tasks SET worker = $4
			WHERE claim = $1 AND program = $2 AND model_digest = $3`, append(f.key(), f.q.id)...)
		return err
	})
}

// end keeps what came of the try, in one transaction with the end of the job where the
// claim has ended, and returns what River is to be told. Where the run is to end
// there is still time for it.
func (f *flight) end(ctx context.Context, r *verify.Result, failure error) error {
	ctx = context.WithoutCancel(ctx)
	var unable *Unable
	var late *archive.NotYet
	switch {
	case failure == nil:
		return f.record(ctx, r)
	case errors.Is(failure, ErrAway):
		return failure
	case errors.Is(failure, errStopped), errors.As(failure, &unable):
		if err := f.release(ctx, End{Kind: HandedBack, Reason: failure.Error()}); err != nil {
			return err
		}
		if unable != nil {
			return unable
		}
		return river.JobSnooze(0)
	case errors.Is(failure, capture.ErrRateLimited):
		wait := usualWait
		if errors.As(failure, &late) {
			wait = min(max(late.For, leastWait), mostWait)
		}
		if err := f.release(ctx, End{Kind: PutOff, Reason: failure.Error(), For: wait}); err != nil {
			return err
		}
		return river.JobSnooze(wait)
	}
	return f.fail(ctx, failure)
}

const (
	// usualWait puts off a claim when an archive does not say for how long.
	usualWait = time.Minute
	// leastWait lets other claims go first.
	leastWait = time.Second
	// mostWait looks again even when an archive asks for a day: somebody else's
	// requests may have been meant.
	mostWait = 15 * time.Minute
)

// record ends the claim with its verdict.
func (f *flight) record(ctx context.Context, r *verify.Result) error {
	if id := resultID(r); id != f.job.Args.Claim {
		return f.fail(ctx, fmt.Errorf("the verdict is of another claim (%.12s)", id))
	}
	err := f.q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := f.close(ctx, tx); err != nil {
			return err
		}
		return f.q.store.RecordTx(ctx, tx, r)
	})
	if errors.Is(err, errOvertaken) {
		return nil // its verdict is another's to give, or was given
	}
	switch {
	case errors.Is(err, ErrAway):
		return err
	case err != nil: // it may be this verdict that cannot be kept
		return f.fail(ctx, fmt.Errorf("keep the verdict: %w", err))
	}
	f.q.opts.Ended(End{Claim: f.job.Args.Claim, Kind: Judged, Outcome: outcome.From(r.Verdict.Word, r.Verdict.Answer)})
	return nil
}

func resultID(r *verify.Result) string {
	if r == nil {
		return ""
	}
	var claimed, posted verify.Span
	if r.Claim.ClaimedAt != nil {
		claimed = *r.Claim.ClaimedAt
	}
	if r.Claim.PostedAt != nil {
		posted = *r.Claim.PostedAt
	}
	return corpus.ID(r.Claim.SHA256, r.Claim.URL, claimed, posted)
}

// close takes the claim off the list, if it is still this worker's, and completes its job.
func (f *flight) close(ctx context.Context, tx *sql.Tx) error {
	r, err := tx.ExecContext(ctx, `DELETE FROM queue_tasks
		WHERE claim = $1 AND program = $2 AND model_digest = $3 AND worker = $4`, append(f.key(), f.q.id)...)
	if err := affected(r, err); err != nil {
		return err
	}
	_, err = river.JobCompleteTx[riverdriver.Driver[*sql.Tx]](ctx, tx, f.job)
	if errors.Is(err, river.ErrNotFound) {
		return errOvertaken
	}
	return err
}

func affected(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return errors.Join(errOvertaken, err)
	}
	return nil
}

// release gives the claim back without prejudice.
func (f *flight) release(ctx context.Context, e End) error {
	err := f.q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE queue_tasks SET worker = ''
			WHERE claim = $1 AND program = $2 AND model_digest = $3 AND worker = $4`, append(f.key(), f.q.id)...)
		return err
	})
	if err == nil {
		e.Claim = f.job.Args.Claim
		f.q.opts.Ended(e)
	}
	return err
}

// maxReason bounds what is kept of an error, in bytes: some sentences.
const maxReason = 1000

// fail counts the failure, and sets the claim aside when it was the last.
func (f *flight) fail(ctx context.Context, failure error) error {
	reason := failure.Error()
	reason = reason[:min(len(reason), maxReason)]
	last := f.failures+1 >= f.q.opts.Tries
	err := f.q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if last {
			if err := f.close(ctx, tx); err != nil {
				return err
			}
			return f.q.store.SetAsideTx(ctx, tx, f.job.Args.Claim, corpus.Setback{
				At: time.Now().UTC(), Program: f.q.version.Program, Tries: f.failures + 1, Reason: reason})
		}
		return affected(tx.ExecContext(ctx, `UPDATE queue_tasks SET worker = '', failures = failures + 1, reason = $5
			WHERE claim = $1 AND program = $2 AND model_digest = $3 AND worker = $4`, append(f.key(), f.q.id, []byte(reason))...))
	})
	switch {
	case errors.Is(err, errOvertaken):
		return nil
	case err != nil:
		return err
	case last:
		f.q.opts.Ended(End{Claim: f.job.Args.Claim, Kind: SetAside, Reason: reason})
		return nil
	}
	f.q.opts.Ended(End{Claim: f.job.Args.Claim, Kind: Failed, Reason: reason})
	// Without prejudice for River, which counts what is counted here.
	return river.JobSnooze(retryAfter)
}

// retryAfter is how long a claim that failed is left alone; with the time its job
// comes after all that wait.
const retryAfter = 2 * time.Second
