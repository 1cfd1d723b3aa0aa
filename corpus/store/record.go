package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// Record keeps the claim and its verdict. A claim that is there already (same
// picture, address and times) gains a verdict; the very same result is kept
// once. When it returns nil, the record is on the disk; otherwise nothing of it
// is.
func (s *Store) Record(ctx context.Context, r *verify.Result) error {
	err := s.do(ctx, func(tx *sql.Tx) error { return s.RecordTx(ctx, tx, r) })
	if err != nil {
		return fmt.Errorf("record in corpus %s: %w", s.name, err)
	}
	return nil
}

// RecordTx is Record as a part of a transaction.
func (s *Store) RecordTx(ctx context.Context, tx *sql.Tx, r *verify.Result) error {
	e, err := entryOf(r)
	if err != nil {
		return err
	}
	if _, err := insertPicture(ctx, tx, e.picture); err != nil {
		return err
	}
	if _, err := insertClaim(ctx, tx, e.picture.SHA256, e.claim); err != nil {
		return err
	}
	return e.insertVerdict(ctx, tx)
}

// entry is a result as it is stored.
type entry struct {
	picture corpus.Picture
	claim   verify.Claim // without the picture's bytes
	result  *verify.Result
	text    string // of the result
	digest  string // of text
}

func entryOf(r *verify.Result) (e entry, err error) {
	if r == nil {
		return e, fmt.Errorf("%w: no result", ErrIncomplete)
	}
	f := r.Claim
	if err := checkDigest(f.SHA256); err != nil {
		return e, err
	}
	print, err := hashes(f.Hashes)
	if err != nil {
		return e, err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return e, fmt.Errorf("write result as JSON: %w", err)
	}
	return entry{
		picture: corpus.Picture{SHA256: f.SHA256, Bytes: f.Bytes, Format: f.Format, Width: f.Width, Height: f.Height, Print: print},
		claim: verify.Claim{Name: f.Image, URL: f.URL, ClaimedAt: spanOf(f.ClaimedAt), PostedAt: spanOf(f.PostedAt),
			Notifier: f.Notifier, Words: f.Words, ReadAt: f.ReadAt},
		result: r, text: string(text), digest: corpus.Digest(string(text)),
	}, nil
}

func spanOf(s *verify.Span) verify.Span {
	if s == nil {
		return verify.Span{}
	}
	return *s
}

// hashes reads the hexadecimal hashes. That they are informative is taken from
// the result: it says what the judge took them for.
func hashes(h verify.HashValues) (imprint.Imprint, error) {
	i, err := imprint.Hex{Average: h.Average, Difference: h.Difference, Perception: h.Perception,
		Difference256: h.Difference256}.Parse(h.Information)
	if err != nil {
		return i, fmt.Errorf("%w: %w", ErrIncomplete, err)
	}
	i.Informative = h.Informative
	return i, nil
}

func (e entry) insertVerdict(ctx context.Context, tx *sql.Tx) error {
	id, made := claimID(e.picture.SHA256, e.claim), e.result.Versions
	n, err := change(ctx, tx, `INSERT INTO verdicts (claim, sha256, read_at, program, model, model_digest, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		id, e.digest, corpus.Stamp(e.claim.ReadAt), made.Program, made.Model, made.ModelDigest, e.text)
	if err != nil || n == 0 {
		return err
	}
	return unfold(ctx, tx, id, e.digest, e.result)
}
