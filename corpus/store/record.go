package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/defacecheck/defacecheck/verify"
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
		err = s.insert(ctx, e)
	}
	if err != nil {
		return fmt.Errorf("record in corpus %s: %w", s.path, named(ctx, err))
	}
	return nil
}

// entry is a result as it is stored.
type entry struct {
	facts  verify.ClaimFacts
	made   verify.Versions
	hashes [7]int64 // average, difference, perception, and four words of difference 256
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

// hashes reads the hexadecimal hashes into words, bit by bit.
func hashes(h verify.HashValues) (words [7]int64, err error) {
	const digits = 16 // of a word
	text := h.Average + h.Difference + h.Perception + h.Difference256
	if len(h.Average) != digits || len(h.Difference) != digits || len(h.Perception) != digits || len(text) != len(words)*digits {
		return words, fmt.Errorf("%w: hashes of another length", ErrIncomplete)
	}
	for i := range words {
		word, err := strconv.ParseUint(text[i*digits:(i+1)*digits], 16, 64)
		if err != nil {
			return words, fmt.Errorf("%w: hash: %w", ErrIncomplete, err)
		}
		words[i] = int64(word)
	}
	return words, nil
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
		h[0], h[1], h[2], h[3], h[4], h[5], h[6], f.Hashes.Information, f.Hashes.Informative)
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
