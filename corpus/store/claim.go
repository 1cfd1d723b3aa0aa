package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// checkDigest refuses what is no SHA-256 in lower-case hexadecimal.
func checkDigest(sum string) error {
	raw, err := hex.DecodeString(sum)
	if err != nil || len(raw) != sha256.Size || hex.EncodeToString(raw) != sum {
		return fmt.Errorf("%w: SHA-256 %q", ErrIncomplete, sum)
	}
	return nil
}

// change runs a statement and says how many rows it made or changed.
func change(ctx context.Context, tx *sql.Tx, statement string, args ...any) (int, error) {
	done, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

func insertPicture(ctx context.Context, tx *sql.Tx, p corpus.Picture) (int, error) {
	h := p.Print
	return change(ctx, tx, `INSERT INTO pictures (sha256, bytes, format, width, height,
		average, difference, perception, wide_0, wide_1, wide_2, wide_3, information, informative)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		p.SHA256, p.Bytes, p.Format, p.Width, p.Height,
		int64(h.Average), int64(h.Difference), int64(h.Perception),
		int64(h.Difference256[0]), int64(h.Difference256[1]), int64(h.Difference256[2]), int64(h.Difference256[3]),
		h.Information, h.Informative)
}

// claimID is the id of a claim about the picture of that SHA-256.
func claimID(picture string, c verify.Claim) string {
	return corpus.ID(picture, c.URL, c.ClaimedAt, c.PostedAt)
}

// insertClaim adds the claim where it is not there yet. Of one that is there it
// fills in what nobody had said.
func insertClaim(ctx context.Context, tx *sql.Tx, picture string, c verify.Claim) (int, error) {
	id, claimed, posted := claimID(picture, c), span(c.ClaimedAt), span(c.PostedAt)
	n, err := change(ctx, tx, `INSERT INTO claims (id, picture, name, url,
		claimed_from, claimed_to, posted_from, posted_to, seen, notifier, words)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
		id, picture, []byte(c.Name), []byte(c.URL), claimed[0], claimed[1], posted[0], posted[1],
		corpus.Stamp(c.ReadAt), []byte(c.Notifier), []byte(c.Words))
	if err != nil || n > 0 {
		return n, err
	}
	if c.Notifier != "" {
		_, err = tx.ExecContext(ctx, "UPDATE claims SET notifier = $1 WHERE id = $2 AND length(notifier) = 0", []byte(c.Notifier), id)
	}
	if err == nil && c.Words != "" {
		_, err = tx.ExecContext(ctx, "UPDATE claims SET words = $1 WHERE id = $2 AND length(words) = 0", []byte(c.Words), id)
	}
	return 0, err
}
