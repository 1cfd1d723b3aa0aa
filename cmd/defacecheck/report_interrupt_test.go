package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

func TestCtrlCEndsAReportAndWhatWasComparedIsKept(t *testing.T) {
	t.Parallel()
	const pictures = 12
	dir := t.TempDir()
	file, out := filepath.Join(dir, "corpus"), filepath.Join(dir, "record")
	s, err := store.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	postCopies(t, s, pictures)
	var said bytes.Buffer
	cmd := started(t, &said, "corpus", "report", "--corpus", file, "--channel", "copies", "--out", out)
	for range 1200 {
		if searched(t, s) > 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.HasSuffix(said.String(), "defacecheck: interrupted\n") {
		t.Errorf("exit code %d, want %d; said %q", code, exitInterrupted, said.String())
	}
	if left, err := filepath.Glob(out + "*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	kept := searched(t, s)
	if kept == 0 || kept == pictures {
		t.Fatalf("of %d pictures %d were compared and kept; want some", pictures, kept)
	}
	code, _, told := defacecheck(t, "corpus", "report", "--corpus", file, "--channel", "copies", "--out", out)
	if want := fmt.Sprintf("%d/%[1]d pictures compared with those like them\n", pictures-kept); code != 0 || !strings.Contains(told, want) {
		t.Errorf("exit code %d, said %q; want it to say %q", code, told, want)
	}
}

// searched is how many pictures of a corpus were compared with those like them.
func searched(t *testing.T, s *store.Store) (n int) {
	t.Helper()
	if err := s.DB().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM relations WHERE one = other").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// postCopies puts copies of one picture into a corpus, each posted by itself.
func postCopies(t *testing.T, s *store.Store, n int) {
	t.Helper()
	img, r := image.NewRGBA(image.Rect(0, 0, 600, 400)), rand.New(rand.NewPCG(5, 6))
	for range 60 {
		at, c := image.Pt(r.IntN(560), r.IntN(380)), color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		draw.Draw(img, image.Rectangle{Min: at, Max: at.Add(image.Pt(40, 20))}, image.NewUniform(c), image.Point{}, draw.Src)
	}
	for k := range n {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 99 - k}); err != nil {
			t.Fatal(err)
		}
		sum, name := sha256.Sum256(b.Bytes()), fmt.Sprint(k)
		_, err := s.Add(context.Background(), store.Item{File: b.Bytes(), ReadAt: time.Now(),
			Picture: corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(b.Len()), Format: "jpeg", Width: 600, Height: 400, Print: imprint.Of(img)},
			Posting: corpus.Posting{URL: "http://a.test/" + name, Channel: "copies", Message: name}})
		if err != nil {
			t.Fatal(err)
		}
	}
}
