package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// Adjudicate keeps what a person decided about a claim. Nothing that was decided
// before is changed; the very same judgement is kept once. The error is ErrUnknown
// where there is no such claim, and ErrUnfounded where a reason, a name, the time or
// a known truth is missing.
func (s *Store) Adjudicate(ctx context.Context, claim string, a corpus.Adjudication) error {
	err := checkAdjudication(a)
	if err == nil {
		err = s.do(ctx, func(tx *sql.Tx) error { return insertAdjudication(ctx, tx, claim, a) })
	}
	if err != nil {
		return fmt.Errorf("adjudicate claim %.12q of corpus %s: %w", claim, s.name, err)
	}
	return nil
}

func checkAdjudication(a corpus.Adjudication) error {
	switch {
	case strings.TrimSpace(a.By) == "":
		return fmt.Errorf("%w: it must say who decided", ErrUnfounded)
	case strings.TrimSpace(a.Reason) == "":
		return fmt.Errorf("%w: it must give a reason", ErrUnfounded)
	case a.At.IsZero() || !lasting(a.At):
		return fmt.Errorf("%w: it must say when it was decided", ErrUnfounded)
	case !isTruth(a.Truth):
		return fmt.Errorf("%w: %.40q is none of %q", ErrUnfounded, a.Truth, truths())
	}
	return nil
}

// truths are what a person can decide.
func truths() []rows.Truth {
	return []rows.Truth{rows.Genuine, rows.Edited, rows.Misattributed, rows.NotDefaced, corpus.Unclear}
}

func isTruth(t rows.Truth) bool { return slices.Contains(truths(), t) }

func insertAdjudication(ctx context.Context, tx *sql.Tx, claim string, a corpus.Adjudication) error {
	if err := exists(ctx, tx, claim); err != nil {
		return err
	}
	at := corpus.Stamp(a.At)
	_, err := tx.ExecContext(ctx, `INSERT INTO adjudications (id, claim, at, judge, truth, reason)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		corpus.Digest(claim, at, a.By, string(a.Truth), a.Reason), claim, at, []byte(a.By), string(a.Truth), []byte(a.Reason))
	return err
}

// exists refuses a claim that is not there.
func exists(ctx context.Context, tx *sql.Tx, claim string) error {
	var one int
	err := tx.QueryRowContext(ctx, "SELECT 1 FROM claims WHERE id = $1", claim).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrUnknown
	}
	return err
}

// SetAsideTx keeps, as a part of a transaction, why work on a claim was given up.
// The error is ErrUnknown where there is no such claim.
func (s *Store) SetAsideTx(ctx context.Context, tx *sql.Tx, claim string, b corpus.Setback) error {
	if !lasting(b.At) {
		return fmt.Errorf("set claim %.12q aside: a time beyond the year 9999", claim)
	}
	if err := exists(ctx, tx, claim); err != nil {
		return err
	}
	at := corpus.Stamp(b.At)
	_, err := tx.ExecContext(ctx, `INSERT INTO setbacks (id, claim, at, program, tries, reason, taken_up)
		VALUES ($1, $2, $3, $4, $5, $6, '') ON CONFLICT DO NOTHING`,
		corpus.Digest(claim, at, b.Program, fmt.Sprint(b.Tries), b.Reason), claim, at, b.Program, b.Tries, []byte(b.Reason))
	return err
}

// TakeUpTx says, as a part of a transaction, that claims that were set aside are
// worked on again from at on; without claims, all of them. It returns how many
// setbacks that ended; they are kept.
func (s *Store) TakeUpTx(ctx context.Context, tx *sql.Tx, at time.Time, claims ...string) (int, error) {
	if at.IsZero() || !lasting(at) {
		return 0, fmt.Errorf("take up claims: no time, or one beyond the year 9999")
	}
	end := condition{sql: "UPDATE setbacks SET taken_up = ? WHERE taken_up = ''", args: []any{corpus.Stamp(at)}}
	if len(claims) == 0 {
		text, args := statement(end)
		return change(ctx, tx, text, args...)
	}
	ended := 0
	for some := range slices.Chunk(claims, maxValues) {
		text, args := statement(end, condition{sql: " AND "}, in("claim", some))
		n, err := change(ctx, tx, text, args...)
		if err != nil {
			return 0, err
		}
		ended += n
	}
	return ended, nil
}
