package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

const (
	// poll is how often River looks for jobs, which have no other way to be told of.
	poll = 200 * time.Millisecond
	// cooldown is the least time between two looks.
	cooldown = 20 * time.Millisecond
	// pulse is how often a worker says that it is alive, and looks for others that
	// are not.
	pulse = 3 * time.Second
	// hard is how long claims that are interrupted may take to be handed back: those that do
	// not stop are left to themselves before (overdue).
	hard = 2500 * time.Millisecond
	// parting is how long handing back what is left, and going off the list, may take.
	parting = 1500 * time.Millisecond
)

// Run judges until ctx ends or, with untilDone, until no claim of the version waits
// here or at any other worker. What is in flight when ctx ends is finished within
// Options.Grace or handed back. The error is ctx's cause when that ended the run, an
// *Unable, ErrAway, or another of the database's.
func (q *Queue) Run(ctx context.Context, untilDone bool) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("judge claims: %w", err)
		}
	}()
	if err := q.register(ctx); err != nil {
		return err
	}
	seen := watch{}
	if _, err := q.takeUp(ctx, seen); err != nil {
		return errors.Join(err, q.leave(context.WithoutCancel(ctx)))
	}
	run, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	halt, interrupt := context.WithCancel(context.WithoutCancel(ctx))
	defer interrupt()
	w := &worker{q: q, stop: stop, halt: halt}
	client, err := q.client(w)
	if err == nil {
		err = client.Start(context.WithoutCancel(ctx))
	}
	if err != nil {
		return errors.Join(err, q.leave(context.WithoutCancel(ctx)))
	}
	if err = q.attend(run, seen, untilDone); run.Err() != nil {
		err = context.Cause(run)
	}
	q.wind(client, interrupt)
	if errors.Is(err, ErrAway) {
		return err // there is nobody to hand anything back to
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer cancel()
	return errors.Join(err, q.leave(last))
}

func (q *Queue) client(w *worker) (*river.Client[*sql.Tx], error) {
	workers := river.NewWorkers()
	if err := river.AddWorkerSafely(workers, w); err != nil {
		return nil, err
	}
	return river.NewClient(q.driver, &river.Config{
		ID: q.id, Logger: q.opts.Logger, Workers: workers, PollOnly: true,
		Queues:            map[string]river.QueueConfig{q.version.river(): {MaxWorkers: q.opts.Jobs}},
		FetchPollInterval: poll, FetchCooldown: cooldown,
		// Time-outs, failures and lost jobs are this package's to see to.
		JobTimeout: -1, RescueStuckJobsAfter: 10 * 365 * 24 * time.Hour, MaxAttempts: unlimited,
		CompletedJobRetentionPeriod: time.Hour,
	})
}

// attend keeps the worker on the list, frees what others left, and sees when all is
// done.
func (q *Queue) attend(ctx context.Context, seen watch, untilDone bool) error {
	look, beat := time.NewTicker(poll), time.NewTicker(pulse)
	defer look.Stop()
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
			if err := q.beat(ctx); err != nil {
				return overtaken(err)
			}
			if _, err := q.takeUp(ctx, seen); err != nil {
				return err
			}
		case <-look.C:
			if !untilDone {
				continue
			}
			if done, err := q.done(ctx); err != nil || done {
				return err
			}
		}
	}
}

func overtaken(err error) error {
	if errors.Is(err, errOvertaken) {
		return fmt.Errorf("other workers took this one for dead after %s without a sign of it; run it again: %w", Silence, err)
	}
	return err
}

// done says whether every claim has ended.
func (q *Queue) done(ctx context.Context) (done bool, err error) {
	err = q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM queue_tasks WHERE program = $1 AND model_digest = $2)",
			q.version.Program, q.version.ModelDigest).Scan(&done)
	})
	return done, err
}

// wind lets what is in flight land, and interrupts what does not.
func (q *Queue) wind(client *river.Client[*sql.Tx], interrupt func()) {
	soft, cancel := context.WithTimeout(context.Background(), q.opts.Grace)
	defer cancel()
	if client.Stop(soft) == nil {
		return
	}
	interrupt()
	rest, cancel := context.WithTimeout(context.Background(), hard)
	defer cancel()
	if err := client.StopAndCancel(rest); err != nil {
		q.opts.Logger.Warn("a claim in flight did not end", "error", err)
	}
}
