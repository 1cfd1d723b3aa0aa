package queue

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
)

// Status is how far the judging of a version is.
type Status struct {
	Waiting   int                  `json:"waiting"`    // claims with a job that nobody works on now
	Running   int                  `json:"running"`    // being judged
	Unqueued  int                  `json:"unqueued"`   // pending without a job: a batch will make one
	Retried   int                  `json:"retried"`    // of those waiting and running: failed before
	PutOff    int                  `json:"put_off"`    // of those waiting: until an archive's limit permits
	Judged    int                  `json:"judged"`     //
	Verdicts  map[outcome.Kind]int `json:"verdicts"`   // how those judged came out, by their newest verdict
	Workers   int                  `json:"workers"`    // processes
	PerMinute float64              `json:"per_minute"` // claims judged, over the last RateSpan
	SetAside  []Aside              `json:"set_aside"`
}

// Aside is a claim that was given up.
type Aside struct {
	Claim  string    `json:"claim"`
	URL    string    `json:"url"`
	At     time.Time `json:"at"`
	Tries  int       `json:"tries"`
	Reason string    `json:"reason"`
}

// RateSpan is over which time the rate of judging is taken.
const RateSpan = 10 * time.Minute

// Left is how many claims have not ended.
func (s *Status) Left() int { return s.Queued() + s.Unqueued }

// Queued is how many claims have a job.
func (s *Status) Queued() int { return s.Waiting + s.Running }

// Ended is how many claims were judged or set aside.
func (s *Status) Ended() int { return s.Judged + len(s.SetAside) }

// Status reads how far the judging is. now is that of the verdicts.
func (q *Queue) Status(ctx context.Context, now time.Time) (*Status, error) {
	s := &Status{}
	pending, err := q.pending(ctx)
	if err == nil {
		err = q.store.Do(ctx, func(tx *sql.Tx) error { return q.status(ctx, tx, s, now) })
	}
	if err != nil {
		return nil, fmt.Errorf("read state of queue: %w", err)
	}
	s.Unqueued = max(0, len(pending)-s.Waiting-s.Running)
	return s, nil
}

func (q *Queue) status(ctx context.Context, tx *sql.Tx, s *Status, now time.Time) error {
	*s = Status{Verdicts: map[outcome.Kind]int{}, SetAside: []Aside{}} // it may be the second time
	version := []any{q.version.Program, q.version.ModelDigest}
	err := tx.QueryRowContext(ctx, `SELECT coalesce(sum(CASE WHEN worker = '' THEN 1 ELSE 0 END), 0),
		coalesce(sum(CASE WHEN worker = '' THEN 0 ELSE 1 END), 0),
		coalesce(sum(CASE WHEN failures + deaths > 0 THEN 1 ELSE 0 END), 0)
		FROM queue_tasks WHERE program = $1 AND model_digest = $2`, version...).Scan(&s.Waiting, &s.Running, &s.Retried)
	if err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM queue_workers").Scan(&s.Workers); err != nil {
		return err
	}
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM river_job WHERE queue = $1 AND state = 'scheduled'",
		q.version.river()).Scan(&s.PutOff); err != nil {
		return err
	}
	var recent int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM verdicts WHERE program = $1 AND model_digest = $2 AND read_at > $3",
		append(version, corpus.Stamp(now.Add(-RateSpan)))...).Scan(&recent); err != nil {
		return err
	}
	s.PerMinute = float64(recent) / RateSpan.Minutes()
	if err := s.readVerdicts(ctx, tx, version); err != nil {
		return err
	}
	return s.readAsides(ctx, tx, q.version.Program)
}

func (s *Status) readVerdicts(ctx context.Context, tx *sql.Tx, version []any) error {
	rows, err := tx.QueryContext(ctx, `SELECT word, answer, count(*) FROM verdicts v
		WHERE program = $1 AND model_digest = $2 AND NOT EXISTS (SELECT 1 FROM verdicts n
			WHERE n.claim = v.claim AND n.program = v.program AND n.model_digest = v.model_digest
			AND (n.read_at > v.read_at OR n.read_at = v.read_at AND n.sha256 > v.sha256))
		GROUP BY word, answer`, version...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var word, answer string
		var n int
		if err := rows.Scan(&word, &answer, &n); err != nil {
			return err
		}
		s.Verdicts[outcome.From(verify.Word(word), verify.Answer(answer))] += n
		s.Judged += n
	}
	return rows.Err()
}

func (s *Status) readAsides(ctx context.Context, tx *sql.Tx, program string) error {
	rows, err := tx.QueryContext(ctx, `SELECT s.claim, c.url, s.at, s.tries, s.reason FROM setbacks s
		JOIN claims c ON c.id = s.claim WHERE s.program = $1 AND s.taken_up = '' ORDER BY s.at, s.claim`, program)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a Aside
		var at string
		if err := rows.Scan(&a.Claim, &a.URL, &at, &a.Tries, &a.Reason); err != nil {
			return err
		}
		if a.At, err = time.Parse(corpus.TimeLayout, at); err != nil {
			return err
		}
		s.SetAside = append(s.SetAside, a)
	}
	return rows.Err()
}

// TakeUp makes the claims that were set aside pending again, and returns how many.
func (q *Queue) TakeUp(ctx context.Context, now time.Time) (n int, err error) {
	err = q.store.Do(ctx, func(tx *sql.Tx) (err error) {
		n, err = q.store.TakeUpTx(ctx, tx, now)
		return err
	})
	return n, err
}
