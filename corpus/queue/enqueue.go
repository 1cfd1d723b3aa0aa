package queue

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"

	"github.com/riverqueue/river"
)

// task is the job of judging one claim. What version of the verdict is wanted is in
// the name of River's queue.
type task struct {
	Claim string `json:"claim"`
}

// Kind implements river.JobArgs.
func (task) Kind() string { return "judge" }

const (
	// batch is how many jobs are made in one transaction.
	batch = 500
	// unlimited is River's bound of attempts, which are counted here and not there.
	unlimited = 10_000
)

// Enqueue makes jobs for the claims that are pending and have none, and returns how many
// it made. A claim has one job, however often and by however many it is asked for.
func (q *Queue) Enqueue(ctx context.Context) (int, error) {
	pending, err := q.pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("queue claims: %w", err)
	}
	client, err := river.NewClient(q.driver, &river.Config{Logger: q.opts.Logger})
	if err != nil {
		return 0, fmt.Errorf("queue claims: %w", err)
	}
	made := 0
	for len(pending) > 0 {
		some := pending[:min(len(pending), batch)]
		pending = pending[len(some):]
		n := 0
		err := q.store.Do(ctx, func(tx *sql.Tx) (err error) {
			n, err = q.enqueue(ctx, client, tx, some)
			return err
		})
		if err != nil {
			return made, fmt.Errorf("queue claims: %w", err)
		}
		made += n
	}
	return made, nil
}

// toJudge is a claim that has no job yet, and its address.
type toJudge struct{ claim, address string }

// pending lists the claims first: a corpus in a file has one connection. Those about one
// page follow each other, so that what a worker saw of it serves all of them while it is
// kept, and the page is asked for in one go.
func (q *Queue) pending(ctx context.Context) (all []toJudge, err error) {
	for id, err := range q.store.Pending(ctx, q.version.Program, q.version.ModelDigest) {
		if err != nil {
			return nil, err
		}
		all = append(all, toJudge{claim: id})
	}
	err = q.store.Do(ctx, func(tx *sql.Tx) error {
		for i := range all {
			var address []byte
			if err := tx.QueryRowContext(ctx, "SELECT url FROM claims WHERE id = $1", all[i].claim).Scan(&address); err != nil {
				return err
			}
			all[i].address = string(address)
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b toJudge) int { return cmp.Compare(a.address, b.address) })
	return all, err
}

func (q *Queue) enqueue(ctx context.Context, client *river.Client[*sql.Tx], tx *sql.Tx, claims []toJudge) (int, error) {
	var jobs []river.InsertManyParams
	for _, c := range claims {
		r, err := tx.ExecContext(ctx, `INSERT INTO queue_tasks (claim, program, model_digest, host, worker, failures, deaths, reason)
			VALUES ($1, $2, $3, $4, '', 0, 0, $5) ON CONFLICT DO NOTHING`,
			c.claim, q.version.Program, q.version.ModelDigest, hostOf(c.address), []byte{})
		if err != nil {
			return 0, err
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			continue // it has a job
		}
		jobs = append(jobs, river.InsertManyParams{Args: task{c.claim},
			InsertOpts: &river.InsertOpts{Queue: q.version.river(), MaxAttempts: unlimited}})
	}
	if len(jobs) == 0 {
		return 0, nil
	}
	return client.InsertManyFastTx(ctx, tx, jobs)
}

// hostOf is the host of a web address, with its port; empty where there is none.
func hostOf(address string) []byte {
	u, err := url.Parse(address)
	if err != nil {
		return []byte{}
	}
	return []byte(u.Host)
}
