package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// ErrIncomplete says that a result lacks what a claim is known by: it did not
// come from a judgement, or from one of another version.
var ErrIncomplete = errors.New("not a complete result")

// Record keeps the claim and its verdict. A claim that is there already (same
// picture, address and times) gains a verdict; the very same result is kept
// once. When it returns nil, the record is on the disk; otherwise nothing of it
// is.
func (s *Store) Record(ctx context.Context, r *verify.Result) error {
	e, err := entryOf(r)
	if err == nil {
		err = patiently(ctx, s.wait, func() error { return s.insert(ctx, e) })
	}
	if err != nil {
		return fmt.Errorf("record in corpus %s: %w", s.path, err)
	}
	return nil
}

// entry is a result as it is stored.
type entry struct {
	facts  verify.ClaimFacts
	made   verify.Versions
	hashes imprint.Imprint
	times  [4]string
	claim  string // id
	result string
	digest string // of result
}

func entryOf(r *verify.Result) (e entry, err error) {
	if r == nil {
		return e, ErrIncomplete
	}
	e.facts, e.made = r.Claim, r.Versions
	if raw, err := hex.DecodeString(r.Claim.SHA256); err != nil || len(raw) != sha256.Size || hex.EncodeToString(raw) != r.Claim.SHA256 {
		return e, fmt.Errorf("%w: SHA-256 %q", ErrIncomplete, r.Claim.SHA256)
	}
	if e.hashes, err = hashes(r.Claim.Hashes); err != nil {
		return e, err
	}
	text, err := json.Marshal(r)
	if err != nil {
		return e, fmt.Errorf("write result as JSON: %w", err)
	}
	e.result, e.digest = string(text), digest(string(text))
	copy(e.times[:2], span(r.Claim.ClaimedAt))
	copy(e.times[2:], span(r.Claim.PostedAt))
	e.claim = digest(r.Claim.SHA256, r.Claim.URL, e.times[0], e.times[1], e.times[2], e.times[3])
	return e, nil
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

// span is a stretch of time as two columns, empty where there is none.
func span(s *verify.Span) []string {
	if s == nil || s.IsZero() {
		return []string{"", ""}
	}
	return []string{stamp(s.From), stamp(s.To)}
}

func stamp(t time.Time) string { return t.UTC().Format(timeLayout) }

// digest is the SHA-256 of the parts, each with its length in front: no part
// can be mistaken for the end of another.
func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (s *Store) insert(ctx context.Context, e entry) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, into := range []func(context.Context, *sql.Tx, entry) error{insertPicture, insertClaim, insertVerdict} {
		if err := into(ctx, tx, e); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func insertPicture(ctx context.Context, tx *sql.Tx, e entry) error {
	f, h := e.facts, e.hashes
	_, err := tx.ExecContext(ctx, `INSERT INTO pictures (sha256, bytes, format, width, height,
		average, difference, perception, wide_0, wide_1, wide_2, wide_3, information, informative)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		f.SHA256, f.Bytes, f.Format, f.Width, f.Height,
		int64(h.Average), int64(h.Difference), int64(h.Perception),
		int64(h.Difference256[0]), int64(h.Difference256[1]), int64(h.Difference256[2]), int64(h.Difference256[3]),
		h.Information, h.Informative)
	return err
}

func insertClaim(ctx context.Context, tx *sql.Tx, e entry) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO claims (id, picture, name, url,
		claimed_from, claimed_to, posted_from, posted_to, seen)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
		e.claim, e.facts.SHA256, []byte(e.facts.Image), []byte(e.facts.URL),
		e.times[0], e.times[1], e.times[2], e.times[3], stamp(e.facts.ReadAt))
	return err
}

func insertVerdict(ctx context.Context, tx *sql.Tx, e entry) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO verdicts (claim, sha256, read_at, program, model, model_digest, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
		e.claim, e.digest, stamp(e.facts.ReadAt), e.made.Program, e.made.Model, e.made.ModelDigest, e.result)
	return err
}
