package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// Pacer is an archive.Pacer kept in a corpus: all processes that share the corpus
// together keep to one pace, and to what an archive asked of any of them. A turn is
// reserved by one UPDATE, by the database's own clock where it has one.
type Pacer struct {
	store *store.Store
	rates archive.Rates
	made  sync.Map // rows that are there
}

var _ archive.Pacer = (*Pacer)(nil)

// NewPacer makes a Pacer. All that share a corpus should be given the same rates.
func NewPacer(s *store.Store, r archive.Rates) *Pacer { return &Pacer{store: s, rates: r} }

// Wait implements archive.Pacer.
func (p *Pacer) Wait(ctx context.Context, host string, s archive.Service, patience time.Duration) (time.Duration, error) {
	began := time.Now()
	for {
		left := max(0, patience-time.Since(began))
		wait, err := p.reserve(ctx, host, s, left)
		switch {
		case err != nil:
			return time.Since(began), fmt.Errorf("keep the pace of %s: %w", host, err)
		case wait > left:
			return time.Since(began), &archive.NotYet{For: wait, Why: "its next turn is in"}
		case wait <= 0:
			return time.Since(began), nil
		}
		if err := sleep(ctx, wait); err != nil {
			return time.Since(began), err
		}
		// What another worker was told meanwhile holds here as well.
		if held, err := p.held(ctx, host, s); err != nil || held <= 0 {
			return time.Since(began), err
		}
	}
}

// Hold implements archive.Pacer.
func (p *Pacer) Hold(ctx context.Context, host string, d time.Duration) error {
	for _, s := range []archive.Service{archive.Lists, archive.Records} {
		if err := p.row(ctx, host, s); err != nil {
			return err
		}
	}
	now, most := p.dialect()
	return p.store.Do(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE queue_paces SET held = %s(held, %s + %d) WHERE host = $1",
			most, now, d.Microseconds()), host)
		return err
	})
}

// dialect is the time in microseconds, and the function for the greatest of several.
func (p *Pacer) dialect() (now, most string) {
	if p.store.Dialect() == store.PostgreSQL {
		return "(extract(epoch from statement_timestamp()) * 1000000)::bigint", "greatest"
	}
	return fmt.Sprint(time.Now().UnixMicro()), "max"
}

// reserve takes the next turn and returns in how long it comes. One that comes later
// than patience is not taken.
//
// The column turn is when what was granted would be used up at an even pace (the
// "theoretical arrival time" of the generic cell rate algorithm, ITU-T I.371); a burst
// may run ahead of it.
func (p *Pacer) reserve(ctx context.Context, host string, s archive.Service, patience time.Duration) (wait time.Duration, err error) {
	perMinute, burst, limited := p.rates.Of(host, s)
	if !limited {
		return p.held(ctx, host, s)
	}
	if err := p.row(ctx, host, s); err != nil {
		return 0, err
	}
	step := int64(float64(time.Minute.Microseconds()) / perMinute)
	ahead := step * int64(burst-1)
	now, most := p.dialect()
	ready := fmt.Sprintf("%s(%s, held, turn - %d)", most, now, ahead)
	taken := fmt.Sprintf("%s(%s, held, turn - %d)", most, now, ahead+step) // what ready was before
	var micros int64
	err = p.store.Do(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, fmt.Sprintf(`UPDATE queue_paces SET turn = %s(turn, %s) + %d
			WHERE host = $1 AND service = $2 AND %s - %s <= %d RETURNING %s - %s`,
			most, ready, step, ready, now, patience.Microseconds(), taken, now), host, string(s)).Scan(&micros)
		if errors.Is(err, sql.ErrNoRows) {
			err = tx.QueryRowContext(ctx, fmt.Sprintf("SELECT %s - %s FROM queue_paces WHERE host = $1 AND service = $2",
				ready, now), host, string(s)).Scan(&micros)
		}
		return err
	})
	return time.Duration(micros) * time.Microsecond, err
}

// held is for how long everything to host is held back.
func (p *Pacer) held(ctx context.Context, host string, s archive.Service) (time.Duration, error) {
	now, _ := p.dialect()
	var micros int64
	err := p.store.Do(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, fmt.Sprintf("SELECT coalesce(max(held), 0) - %s FROM queue_paces WHERE host = $1 AND service = $2",
			now), host, string(s)).Scan(&micros)
	})
	return time.Duration(max(micros, 0)) * time.Microsecond, err
}

// row makes the row of a host's service, once.
func (p *Pacer) row(ctx context.Context, host string, s archive.Service) error {
	if _, there := p.made.Load(host + " " + string(s)); there {
		return nil
	}
	err := p.store.Do(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO queue_paces (host, service, turn, held) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING",
			host, string(s))
		return err
	})
	if err == nil {
		p.made.Store(host+" "+string(s), true)
	}
	return err
}
