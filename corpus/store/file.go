package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
)

// File returns the bytes of the picture of that SHA-256 as they were given. The
// error is ErrUnknown where they are not there, and ErrDamaged where they are not
// what they were.
func (s *Store) File(ctx context.Context, sum string) ([]byte, error) {
	var data []byte
	err := s.patiently(ctx, func() error {
		return s.db.QueryRowContext(ctx, "SELECT data FROM files WHERE sha256 = $1", sum).Scan(&data)
	})
	switch got := sha256.Sum256(data); {
	case errors.Is(err, sql.ErrNoRows):
		err = ErrUnknown
	case err == nil && hex.EncodeToString(got[:]) != sum:
		err = fmt.Errorf("%w; a picture alone is mended by importing it again", ErrDamaged)
	}
	if err != nil {
		return nil, fmt.Errorf("read picture %.12q of corpus %s: %w", sum, s.name, err)
	}
	return data, nil
}

// KeepTx keeps the bytes of a picture that the corpus knows, as a part of a
// transaction. The error is ErrUnknown where it knows no such picture.
func (s *Store) KeepTx(ctx context.Context, tx *sql.Tx, data []byte) error {
	raw := sha256.Sum256(data)
	sum := hex.EncodeToString(raw[:])
	var one int
	err := tx.QueryRowContext(ctx, "SELECT 1 FROM pictures WHERE sha256 = $1", sum).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrUnknown
	}
	if err == nil {
		_, err = insertFile(ctx, tx, sum, data)
	}
	if err != nil {
		return fmt.Errorf("keep picture %.12s: %w", sum, err)
	}
	return nil
}

// insertFile keeps a picture's bytes. What is there under its name and is not that any more
// is replaced: whoever has the picture still can mend the corpus. It returns 1 if it wrote.
func insertFile(ctx context.Context, tx *sql.Tx, sum string, data []byte) (int, error) {
	if data == nil {
		return 0, nil
	}
	return change(ctx, tx, "INSERT INTO files (sha256, data) VALUES ($1, $2) ON CONFLICT (sha256) DO UPDATE SET data = excluded.data WHERE files.data <> excluded.data", sum, data)
}
