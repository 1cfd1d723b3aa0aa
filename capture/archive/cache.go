package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/renameio/v2"
)

const (
	// listLife is how long a list of captures is believed: new captures turn
	// up, and somebody who checks a fresh claim may look again the same day.
	listLife = time.Hour
	// recordLife is how long a record is believed. Its bytes do not change, but
	// a capture nearer to the time asked can turn up.
	recordLife = 30 * 24 * time.Hour
	// negativeLife is how long "none" and "excluded" are believed.
	negativeLife = 10 * time.Minute
)

// answer is an HTTP answer of an archive.
type answer struct {
	URL    string      `json:"url"`
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Got    time.Time   `json:"got"`
	Until  time.Time   `json:"until"`  // believed until then
	Size   int64       `json:"size"`   // of the body, in bytes
	SHA256 string      `json:"sha256"` // of the body
	body   []byte
}

func (a *answer) isMemento() bool { return a.Header.Get("Memento-Datetime") != "" }

// cache keeps answers in files named after what was asked. A file is one line
// of JSON and the body. Files appear whole or not at all; one that is damaged,
// too large or too old counts as absent.
type cache struct {
	dir   string // "" keeps nothing
	limit int64  // bytes of one body
	now   func() time.Time
}

func (c *cache) path(key string) string {
	sum := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(sum[:])
	return filepath.Join(c.dir, name[:2], name)
}

// maxCacheHead bounds the first line of a cache file.
const maxCacheHead = 1 << 20

func (c *cache) get(key string) *answer {
	if c.dir == "" {
		return nil
	}
	path := c.path(key)
	if info, err := os.Stat(path); err != nil || info.Size() > c.limit+maxCacheHead {
		return nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	head, body, ok := bytes.Cut(raw, []byte("\n"))
	a := &answer{body: body}
	if !ok || json.Unmarshal(head, a) != nil || a.Size != int64(len(body)) || a.SHA256 != sha256Hex(body) {
		return nil
	}
	if now := c.now(); now.Before(a.Got) || !now.Before(a.Until) {
		return nil
	}
	return a
}

func (c *cache) put(key string, a *answer, life time.Duration) error {
	if c.dir == "" || life <= 0 {
		return nil
	}
	a.Got = c.now().UTC()
	a.Until = a.Got.Add(life)
	a.Size, a.SHA256 = int64(len(a.body)), sha256Hex(a.body)
	head, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	path := c.path(key)
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = renameio.WriteFile(path, slices.Concat(head, []byte("\n"), a.body), 0o600, renameio.WithTempDir(filepath.Dir(path)))
	}
	if err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	return nil
}

func sha256Hex(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
