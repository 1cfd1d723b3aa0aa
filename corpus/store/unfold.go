package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// unfold copies the parts of a result that can be asked for into their columns
// and tables.
func unfold(ctx context.Context, tx *sql.Tx, claim, verdict string, r *verify.Result) error {
	v := r.Verdict
	if _, err := tx.ExecContext(ctx, `UPDATE verdicts SET word = $1, answer = $2, leaning = $3, log10_lr = $4, probability = $5
		WHERE claim = $6 AND sha256 = $7`, v.Word, v.Answer, v.Leaning, v.Log10LR, v.Probability, claim, verdict); err != nil {
		return err
	}
	for i, c := range r.Captures {
		if _, err := tx.ExecContext(ctx, `INSERT INTO captures (claim, verdict, place, id, kind, source, url, final_url,
			seen_at, validity, status, title, state, ordinary, html_sha256, image_sha256)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
			claim, verdict, i, []byte(c.ID), c.Kind, []byte(c.Source), []byte(c.URL), []byte(c.FinalURL), corpus.Stamp(c.SeenAt),
			c.Validity, c.Status, []byte(c.Title), c.State, c.Ordinary, c.HTMLSHA256, c.Digest); err != nil {
			return fmt.Errorf("keep capture %d: %w", i, err)
		}
	}
	for i, e := range r.Evidence {
		if _, err := tx.ExecContext(ctx, `INSERT INTO evidence (claim, verdict, place, test, cause, method, version, ran,
			finding, log10_lr, counted, leaning) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			claim, verdict, i, e.ID, e.Group, e.Method, e.Version, e.Ran, e.Finding, e.Log10LR, e.Counted, e.Leaning); err != nil {
			return fmt.Errorf("keep evidence %d: %w", i, err)
		}
	}
	return nil
}

// unfoldAll unfolds the verdicts of a corpus that was made before that was done,
// one after the other, and fills in what only their results say of the claims.
func unfoldAll(ctx context.Context, tx *sql.Tx) error {
	var at [2]string
	for {
		var text string
		err := tx.QueryRowContext(ctx, `SELECT claim, sha256, result FROM verdicts
			WHERE (claim, sha256) > ($1, $2) ORDER BY claim, sha256 LIMIT 1`, at[0], at[1]).Scan(&at[0], &at[1], &text)
		if err == sql.ErrNoRows {
			return nil
		}
		if err != nil {
			return err
		}
		r, err := parseResult(at[1], text)
		if err != nil {
			return err
		}
		if err := unfold(ctx, tx, at[0], at[1], r); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE claims SET
			notifier = CASE WHEN length(notifier) = 0 THEN $1 ELSE notifier END,
			words = CASE WHEN length(words) = 0 THEN $2 ELSE words END WHERE id = $3`,
			[]byte(r.Claim.Notifier), []byte(r.Claim.Words), at[0]); err != nil {
			return err
		}
	}
}

// parseResult reads a result that is kept under its digest.
func parseResult(digest, text string) (*verify.Result, error) {
	if corpus.Digest(text) != digest {
		return nil, fmt.Errorf("%w: the verdict %.12s is not what was kept", ErrDamaged, digest)
	}
	r := new(verify.Result)
	if err := json.Unmarshal([]byte(text), r); err != nil {
		return nil, fmt.Errorf("%w: read verdict %.12s: %w", ErrDamaged, digest, err)
	}
	return r, nil
}
