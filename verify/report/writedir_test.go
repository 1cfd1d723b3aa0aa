package report

import (
	"bytes"
	"errors"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

func names(t *testing.T, dir string) []string {
	t.Helper()
	es, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range es {
		out = append(out, e.Name())
	}
	return out
}

func TestWriteDirLeavesBothFilesAndNothingElse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "out")
	for range 2 { // the second time over the first
		if err := WriteDir(dir, &verify.Judgement{Result: sampleResult()}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(names(t, dir), " "); got != "report.html verdict.json" {
			t.Fatalf("directory holds %s", got)
		}
	}
	doc, err := os.ReadFile(filepath.Join(dir, JSONName))
	if err != nil || !bytes.Equal(doc, encoded(t, sampleResult())) {
		t.Errorf("verdict.json is not the canonical document (%v)", err)
	}
	page, err := os.ReadFile(filepath.Join(dir, HTMLName))
	if err != nil || string(page) != html(t, &verify.Judgement{Result: sampleResult()}) {
		t.Errorf("report.html is not the page (%v)", err)
	}
}

func TestWriteDirKeepsTheFrameAndNoEarlierOne(t *testing.T) {
	t.Parallel()
	dir, j := t.TempDir(), sampleJudgement(t)
	if err := WriteDir(dir, j); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, verify.FramePicture))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := png.Decode(f)
	if err != nil || got.Bounds() != j.Picture.Bounds() {
		t.Fatalf("frame of %v: %v", got, err)
	}
	if _, _, _, a := got.At(20, 20).RGBA(); a == 0 {
		t.Error("the frame is not in its picture")
	}
	if _, _, _, a := got.At(20, 60).RGBA(); a != 0 {
		t.Error("the page is in the picture of its frame")
	}
	j.Frame = nil
	if err := WriteDir(dir, j); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(names(t, dir), " "); got != "report.html verdict.json" {
		t.Errorf("directory holds %s", got)
	}
}

func TestWriteDirReplacesALinkAndNotWhatItPointsAt(t *testing.T) {
	t.Parallel()
	dir, target := t.TempDir(), filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(target, []byte("keep"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(dir, JSONName)); err != nil {
		t.Fatal(err)
	}
	if err := WriteDir(dir, &verify.Judgement{Result: sampleResult()}); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(target); string(b) != "keep" {
		t.Errorf("the file behind the link now holds %.40q", b)
	}
}

func TestWriteDirSaysWhyItCannotWriteAndLeavesNothing(t *testing.T) {
	t.Parallel()
	good := &verify.Judgement{Result: sampleResult()}
	bad := &verify.Judgement{Result: sampleResult()}
	bad.Result.Verdict.Probability = math.Inf(1)
	for name, c := range map[string]struct {
		prepare func(dir string) (string, error)
		j       *verify.Judgement
		says    string
	}{
		"a file where the directory should be": {func(d string) (string, error) {
			p := filepath.Join(d, "file")
			return p, os.WriteFile(p, nil, 0o600)
		}, good, "make output directory"},
		"a directory in the place of a file": {func(d string) (string, error) {
			return d, os.Mkdir(filepath.Join(d, JSONName), 0o700)
		}, good, "in the way"},
		"a result that cannot be encoded": {func(d string) (string, error) { return d, nil }, bad, "unsupported value"},
		"no judgement":                    {func(d string) (string, error) { return d, nil }, nil, "no result"},
		"no result":                       {func(d string) (string, error) { return d, nil }, &verify.Judgement{}, "no result"},
	} {
		root := t.TempDir()
		dir, err := c.prepare(root)
		if err != nil {
			t.Fatal(err)
		}
		before := strings.Join(names(t, root), " ")
		err = WriteDir(dir, c.j)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error is %v", name, err)
		}
		if after := strings.Join(names(t, root), " "); after != before {
			t.Errorf("%s: directory held %q and now %q", name, before, after)
		}
	}
}

func TestWriteDirRefusesADirectoryWithoutPermission(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may write anywhere")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	err := WriteDir(dir, &verify.Judgement{Result: sampleResult()})
	if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), dir) {
		t.Errorf("error is %v", err)
	}
}

func TestPlaceTakesBackWhatItPlacedWhenOneFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	temp := filepath.Join(dir, "temp")
	if err := os.WriteFile(temp, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := place([]staged{{temp, filepath.Join(dir, "a")}, {filepath.Join(dir, "missing"), filepath.Join(dir, "b")}})
	if err == nil || len(names(t, dir)) != 0 {
		t.Errorf("error %v, directory holds %v", err, names(t, dir))
	}
}

func BenchmarkHTMLWithThreeExhibits(b *testing.B) {
	j := sampleJudgement(b)
	for b.Loop() {
		if err := HTML(io.Discard, j); err != nil {
			b.Fatal(err)
		}
	}
}
