package store_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// TestADiskThatFillsUpIsNamedAndKeepsNothingHalf has a disk of one megabyte.
func TestADiskThatFillsUpIsNamedAndKeepsNothingHalf(t *testing.T) {
	t.Parallel()
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("skipped: no small disk can be made here: %v %s", err, out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", disk).Run() })
	path := filepath.Join(disk, "corpus")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	for ; err == nil && pairs < 1000; pairs++ {
		a, b := storetest.Item(uint64(2*pairs)), storetest.Item(uint64(2*pairs+1))
		b.Posting.Text = strings.Repeat("words ", 4000)
		_, err = s.Add(t.Context(), a, b)
	}
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("add: %v", err)
	}
	pairs--
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	again, err := store.OpenExisting(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	want := store.Holdings{Pictures: 2 * pairs, Files: 2 * pairs, Claims: 2 * pairs, Postings: 2 * pairs}
	if h, err := again.Holdings(t.Context()); err != nil || h != want || pairs == 0 {
		t.Errorf("holds %+v, %v; want %+v", h, err, want)
	}
}

func TestAFileThatWasTakenAwayIsNamedAndNotWrittenIntoTheVoid(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "corpus")
	s := opened(t, path)
	if err := s.Record(t.Context(), storetest.Result(1)); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	if err := s.Record(t.Context(), storetest.Result(2)); !errors.Is(err, store.ErrGone) || !strings.Contains(err.Error(), path) {
		t.Errorf("record: %v", err)
	}
	if h, err := opened(t, path+".moved").Holdings(t.Context()); err != nil || h.Claims != 1 {
		t.Errorf("holds %+v, %v", h, err)
	}
}

func TestOpenExistingMakesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "missing"), filepath.Join(dir, "no", "directory"), filepath.Join(dir, "empty")} {
		if filepath.Base(path) == "empty" {
			write(t, path, nil)
		}
		if s, err := store.OpenExisting(t.Context(), path); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), path) || s != nil {
			t.Errorf("open: %v", err)
		}
		if info, err := os.Stat(path); err == nil && info.Size() > 0 {
			t.Errorf("%s was made or written", path)
		}
	}
	corpusWith(t, filepath.Join(dir, "corpus"), "")
	s, err := store.OpenExisting(t.Context(), filepath.Join(dir, "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
