package casebook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/google/renameio/v2"
)

// run is what must be the same when a corpus is continued.
type run struct {
	Seed    uint64   `json:"seed"`
	Input   string   `json:"input"`
	Classes []string `json:"classes"`
	Browser string   `json:"browser"`
}

const (
	runName  = "run.json"
	lockName = "lock"
)

// lock keeps other runs out, and takes away what an ended one left half-made.
func (m *maker) lock() (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(m.work(), lockName), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: another run is making it", ErrAnother), f.Close())
	}
	for _, pattern := range []string{"claim-*", ".*"} {
		left, err := filepath.Glob(filepath.Join(m.work(), pattern))
		for _, name := range left {
			err = errors.Join(err, os.RemoveAll(name))
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f.Close, m.agrees()
}

// agrees refuses to continue a corpus that was begun with other settings.
func (m *maker) agrees() error {
	old, err := readJSON[run](filepath.Join(m.work(), runName))
	if errors.Is(err, fs.ErrNotExist) {
		if left := m.missing(); len(left) < m.o.Claims {
			return fmt.Errorf("%w: it has claims and no %s/%s", ErrAnother, workDir, runName)
		}
		return nil
	}
	if err != nil {
		return err
	}
	m.browser = old.Browser
	now := m.run()
	for _, c := range []struct {
		what string
		same bool
	}{{"seed", old.Seed == now.Seed}, {"sites or defacements", old.Input == now.Input}, {"classes", fmt.Sprint(old.Classes) == fmt.Sprint(now.Classes)}} {
		if !c.same {
			return fmt.Errorf("%w: its %s are others", ErrAnother, c.what)
		}
	}
	return nil
}

func (m *maker) run() run {
	r := run{Seed: m.o.Seed, Input: m.input, Browser: m.browser}
	for _, c := range m.classes {
		r.Classes = append(r.Classes, c.Name)
	}
	return r
}

// sameBrowser holds a browser against the one that made the claims so far.
func (m *maker) sameBrowser(version string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.browser == version {
		return nil
	}
	if m.browser != "" {
		return fmt.Errorf("%w: it was begun with %s, and this is %s", ErrAnother, m.browser, version)
	}
	m.browser = version
	data, err := json.Marshal(m.run())
	if err != nil {
		return err
	}
	return m.putInPlace(filepath.Join(m.work(), runName), append(data, '\n'))
}

// putInPlace writes a file of the corpus whole or not at all.
func (m *maker) putInPlace(name string, data []byte) error {
	return renameio.WriteFile(name, data, 0o644, renameio.WithTempDir(m.work()))
}

func readJSON[T any](name string) (v T, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("read %s: %w", name, err)
	}
	return v, nil
}
