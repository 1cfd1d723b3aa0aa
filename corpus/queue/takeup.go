package queue

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
)

// watch remembers when workers were last heard of, by this process's own clock.
type watch map[string]heard

type heard struct {
	beat int64
	at   time.Time
}

// silent notes a beat and says whether it has been the same for too long.
func (w watch) silent(id string, beat int64, now time.Time) bool {
	last, known := w[id]
	if !known || last.beat != beat {
		w[id] = heard{beat, now}
		return false
	}
	return now.Sub(last.at) > Silence
}

// register makes this worker known, before it takes any job.
func (q *Queue) register(ctx context.Context) error {
	p := thisProcess()
	return q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO queue_workers (id, machine, process, beat) VALUES ($1, $2, $3, 0)
			ON CONFLICT DO NOTHING`, q.id, p.machine, p.name)
		return err
	})
}

// beat says that this worker is alive. The error wraps errOvertaken when others
// have given it up.
func (q *Queue) beat(ctx context.Context) error {
	return q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return affected(tx.ExecContext(ctx, "UPDATE queue_workers SET beat = beat + 1 WHERE id = $1", q.id))
	})
}

// takeUp frees what workers that are gone were at, and returns how many jobs that
// were.
func (q *Queue) takeUp(ctx context.Context, w watch) (freed int, err error) {
	err = q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		gone, err := q.gone(ctx, tx, w)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := q.forget(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := q.countDeaths(ctx, tx); err != nil {
			return err
		}
		freed, err = q.freeJobs(ctx, tx)
		return err
	})
	return freed, err
}

// gone lists the workers that are no more.
func (q *Queue) gone(ctx context.Context, tx *sql.Tx, w watch) (ids []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, machine, process, beat FROM queue_workers WHERE id <> $1", q.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var p process
		var beat int64
		if err := rows.Scan(&id, &p.machine, &p.name, &beat); err != nil {
			return nil, err
		}
		if p.gone() || w.silent(id, beat, time.Now()) {
			ids = append(ids, id)
		}
	}
	return ids, rows.Err()
}

// forget takes a worker off the list, and out of the lead that it may have among
// River's clients: it would be waited for.
func (q *Queue) forget(ctx context.Context, tx *sql.Tx, id string) error {
	for _, sql := range []string{"DELETE FROM queue_workers WHERE id = $1", "DELETE FROM river_leader WHERE leader_id = $1"} {
		if _, err := tx.ExecContext(ctx, sql, id); err != nil {
			return err
		}
	}
	return nil
}

// countDeaths puts the end of their workers down to the claims that were in flight,
// and sets those aside for which it was one too many.
func (q *Queue) countDeaths(ctx context.Context, tx *sql.Tx) error {
	const orphans = "program = $1 AND model_digest = $2 AND worker <> '' AND worker NOT IN (SELECT id FROM queue_workers)"
	version := []any{q.version.Program, q.version.ModelDigest}
	last, err := column(ctx, tx, "SELECT claim FROM queue_tasks WHERE "+orphans+" AND deaths + 1 >= $3 ORDER BY claim",
		append(version, q.opts.Deaths)...)
	if err != nil {
		return err
	}
	reason := fmt.Sprintf("the program ended %d times while it was judged, the last time while it was judged alone", q.opts.Deaths)
	for _, claim := range last {
		if err := q.store.SetAsideTx(ctx, tx, claim, corpus.Setback{
			At: time.Now().UTC(), Program: q.version.Program, Tries: q.opts.Deaths, Reason: reason}); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM queue_tasks WHERE claim = $3 AND program = $1 AND model_digest = $2",
			append(version, claim)...); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE queue_tasks SET worker = '', deaths = deaths + 1, reason = $3 WHERE "+orphans,
		append(version, []byte("the program ended while it was judged"))...)
	return err
}

// freeJobs makes the jobs of workers that are not on the list available. Those of
// claims that were in flight go to the end of the line.
func (q *Queue) freeJobs(ctx context.Context, tx *sql.Tx) (int, error) {
	lastBy, claim, now := "json_extract(attempted_by, '$[#-1]')", "json_extract(args, '$.claim')", "datetime('now', 'subsec')"
	if q.postgres() {
		lastBy, claim, now = "attempted_by[array_upper(attempted_by, 1)]", "args->>'claim'", "now()"
	}
	r, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'available',
		attempt = CASE WHEN attempt > 0 THEN attempt - 1 ELSE 0 END,
		scheduled_at = CASE WHEN `+claim+` IN (SELECT claim FROM queue_tasks WHERE deaths > 0) THEN `+now+` ELSE scheduled_at END
		WHERE state = 'running' AND queue = $1 AND `+lastBy+` NOT IN (SELECT id FROM queue_workers)`, q.version.river())
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}

// leave hands back all that this worker still has and takes it off the list.
func (q *Queue) leave(ctx context.Context) error {
	return q.persist(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE queue_tasks SET worker = '' WHERE worker = $1", q.id); err != nil {
			return err
		}
		if err := q.forget(ctx, tx, q.id); err != nil {
			return err
		}
		_, err := q.freeJobs(ctx, tx)
		return err
	})
}

// column reads one.
func column(ctx context.Context, tx *sql.Tx, query string, args ...any) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
