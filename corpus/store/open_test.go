package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

func asJSON(t *testing.T, r *verify.Result) string {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// execute runs statements on a database of any kind.
func execute(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

// corpusWith makes a corpus with one claim and then does something to it.
func corpusWith(t *testing.T, path, statements string) {
	t.Helper()
	s := opened(t, path)
	if err := s.Record(t.Context(), storetest.Result(1)); err != nil {
		t.Fatal(err)
	}
	execute(t, path, statements)
}

func TestOpenNamesWhatItCannotUseAndLeavesItAsItWas(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		want error
	}{
		"a directory": {func(t *testing.T, path string) { _ = os.Mkdir(path, 0o755) }, store.ErrNotFile},
		"a device":    {func(t *testing.T, path string) { _ = os.Symlink(os.DevNull, path) }, store.ErrNotFile},
		"a byte":      {func(t *testing.T, path string) { write(t, path, []byte("x")) }, store.ErrNotDatabase},
		"511 bytes":   {func(t *testing.T, path string) { write(t, path, make([]byte, 511)) }, store.ErrNotDatabase},
		"512 zeros":   {func(t *testing.T, path string) { write(t, path, make([]byte, 512)) }, store.ErrNotDatabase},
		"a text":      {func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("claims\n"), 3000)) }, store.ErrNotDatabase},
		"a database of another program": {func(t *testing.T, path string) {
			execute(t, path, "CREATE TABLE claims (id); INSERT INTO claims VALUES (1)")
		}, store.ErrForeign},
		"an empty database marked by another program": {func(t *testing.T, path string) {
			execute(t, path, "PRAGMA application_id = 7")
		}, store.ErrForeign},
		"a newer schema": {func(t *testing.T, path string) {
			corpusWith(t, path, "INSERT INTO migrations VALUES (9999, 'later')")
		}, store.ErrNewer},
		"a corpus without its tables": {func(t *testing.T, path string) {
			corpusWith(t, path, "DROP TABLE migrations")
		}, store.ErrDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "file")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			s, err := store.Open(t.Context(), path)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("open: %v; want %v", err, c.want)
			}
			if s != nil {
				t.Error("and yet there is a store")
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file is not what it was")
			}
		})
	}
}

func TestOpenNamesAMissingDirectoryAndMakesNone(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "missing")
	if _, err := store.Open(t.Context(), filepath.Join(dir, "file")); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), dir) {
		t.Errorf("open: %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the directory was made")
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	if _, err := store.Open(t.Context(), filepath.Join(file, "below")); err == nil {
		t.Error("a corpus was made below a file")
	}
}

func TestAnEmptyFileBecomesACorpus(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, nil)
	if err := opened(t, path).Record(t.Context(), storetest.Result(1)); err != nil {
		t.Error(err)
	}
}

// TestAReadOnlyFileIsNamed makes the file immutable, because the tests may run
// as a user whom no mode bits stop.
func TestAReadOnlyFileIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	corpusWith(t, path, "")
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
		f.Close()
		if out, err := exec.Command("chattr", "+i", path).CombinedOutput(); err != nil {
			t.Skipf("skipped: nothing makes a file read-only for this user here: %v %s", err, out)
		}
		t.Cleanup(func() { _ = exec.Command("chattr", "-i", path).Run() })
	}
	if _, err := store.Open(t.Context(), path); !errors.Is(err, store.ErrReadOnly) || !strings.Contains(err.Error(), path) {
		t.Errorf("open: %v", err)
	}
}

func TestALockedFileIsNamedAfterTheWaitAndFreeAfterwards(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	holder := opened(t, path)
	other, err := store.OpenWaiting(t.Context(), path, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := holder.DB().Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.OpenWaiting(t.Context(), path, 20*time.Millisecond); !errors.Is(err, store.ErrLocked) {
		t.Errorf("open: %v", err)
	}
	if err := other.Record(t.Context(), storetest.Result(1)); !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), path) {
		t.Errorf("record: %v", err)
	}
	if _, err := other.Find(t.Context(), "", storetest.Imprint(1)); err != nil {
		t.Errorf("readers wait for a writer that has not begun to commit: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := other.Record(t.Context(), storetest.Result(1)); err != nil {
		t.Errorf("record after the lock: %v", err)
	}
}

// TestWhoWaitsForTheFileHearsThatTheWorkWasEnded would run into the test's own
// time limit if it did not.
func TestWhoWaitsForTheFileHearsThatTheWorkWasEnded(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	holder := opened(t, path)
	other, err := store.OpenWaiting(t.Context(), path, 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := holder.DB().Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := other.Record(ctx, storetest.Result(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("record: %v", err)
	}
	if _, err := store.OpenWaiting(ctx, path, 24*time.Hour); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("open: %v", err)
	}
}

func TestADamagedFileIsNamed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(60) {
		if err := s.Record(t.Context(), storetest.Result(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for i := 3 * page; i < len(data); i++ { // the schema and the migrations stay readable
		data[i] = 0xa5
	}
	write(t, path, data)
	_, err = tryAll(t.Context(), path)
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged file: %v", err)
	}
}

// tryAll opens and searches.
func tryAll(ctx context.Context, path string) ([]verify.Precedent, error) {
	s, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return s.Find(ctx, storetest.Result(1).Claim.SHA256, storetest.Imprint(1))
}
