package bench

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// Keep returns what is kept in dir/kind under the parts of the key, or makes it and
// keeps it, unless making failed. A file that cannot be read is made again.
func Keep[T any](dir, kind string, key []any, make func() (T, error)) (T, error) {
	sum := sha256.Sum256(fmt.Append(nil, key...))
	name := filepath.Join(dir, kind, hex.EncodeToString(sum[:16]))
	var v T
	if data, err := os.ReadFile(name); err == nil {
		if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&v); err == nil {
			return v, nil
		}
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(v); err != nil {
		return v, fmt.Errorf("keep %s: %w", kind, err)
	}
	return v, Write(name, b.Bytes())
}

// Write writes a file and the folders above it. It appears whole or not at all.
func Write(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return renameio.WriteFile(name, data, 0o644, renameio.WithTempDir(filepath.Dir(name)))
}
