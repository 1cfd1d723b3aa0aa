package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Schema names the shape of the manifest.
const Schema = "defacecheck/synth/1"

// manifestName and tableName are the set's index: whole as JSON, and the
// columns that a spreadsheet wants as CSV.
const (
	manifestName = "claims.json"
	tableName    = "claims.csv"
)

// Set is a directory of labelled claims.
type Set struct {
	Dir    string
	Now    time.Time // when the claims are to be judged
	Claims []Claim

	press *press
}

type manifest struct {
	Schema string    `json:"schema"`
	Now    time.Time `json:"now"`
	Claims []Claim   `json:"claims"`
}

// Open reads a set that Town made. It checks that every file is there and that
// every picture has the digest which the manifest names.
func Open(dir string) (*Set, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("open claim set: %w", err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("open claim set %s: %w", dir, err)
	}
	if m.Schema != Schema {
		return nil, fmt.Errorf("open claim set %s: its schema is %q, not %q", dir, m.Schema, Schema)
	}
	p, err := newPress()
	if err != nil {
		return nil, fmt.Errorf("open claim set %s: %w", dir, err)
	}
	s := &Set{Dir: dir, Now: m.Now, Claims: m.Claims, press: p}
	for _, c := range s.Claims {
		if err := s.check(c); err != nil {
			return nil, fmt.Errorf("open claim set %s: claim %s: %w", dir, c.Name, err)
		}
	}
	return s, nil
}

// Path is where a file that a claim names lies.
func (s *Set) Path(name string) string { return filepath.Join(s.Dir, filepath.FromSlash(name)) }

func (s *Set) check(c Claim) error {
	for _, name := range []string{c.Picture, c.Archive, c.Mask, c.LiveDir} {
		if name == "" {
			continue
		}
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("%q is not a path inside the set", name)
		}
		if _, err := os.Stat(s.Path(name)); err != nil {
			return err
		}
	}
	data, err := os.ReadFile(s.Path(c.Picture))
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != c.SHA256 {
		return fmt.Errorf("picture %s is not the one that the manifest names", c.Picture)
	}
	return nil
}

func (s *Set) write() error {
	data, err := json.MarshalIndent(manifest{Schema, s.Now, s.Claims}, "", "  ")
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, manifestName), append(data, '\n'), 0o644); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	table, err := s.table()
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, tableName), table, 0o644); err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return nil
}

// table is the manifest as CSV. Lists are joined by "|"; no cell begins with a
// character that a spreadsheet would take for a formula.
func (s *Set) table() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"name", "title", "picture", "url", "claimed_at", "posted_at", "archive", "live", "live_dir",
		"truth", "making", "words", "answers", "leanings", "mask", "sha256"})
	for _, c := range s.Claims {
		_ = w.Write([]string{c.Name, c.Title, c.Picture, c.URL, c.ClaimedAt, c.PostedAt, c.Archive, string(c.Live.Look), c.LiveDir,
			string(c.Truth), c.Making, joined(c.Expect.Words), joined(c.Expect.Answers), joined(c.Expect.Leanings), c.Mask, c.SHA256})
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func joined[T ~string](list []T) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
		if v == "" {
			words[i] = "none"
		}
	}
	return strings.Join(words, "|")
}
