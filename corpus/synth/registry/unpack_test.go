package registry

import (
	"archive/tar"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// packed makes a tar file of entries; a body that begins with -> is a link.
func packed(t *testing.T, entries ...[2]string) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e[0], Mode: 0o755, Typeflag: tar.TypeReg, Size: int64(len(e[1]))}
		if to, is := strings.CutPrefix(e[1], "->"); is {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, to, 0
		}
		if to, is := strings.CutPrefix(e[1], "=>"); is {
			h.Typeflag, h.Linkname, h.Size = tar.TypeLink, to, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := w.Write([]byte(e[1])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b
}

// inside lists the files below dir with their content; a link is an error.
func inside(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			t.Errorf("%s is no file", name)
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFilesAreUnpackedAndLinksBecomeCopies(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tarfile := packed(t, [2]string{"./usr/doc/a.html", "page"}, [2]string{"usr/doc/near.html", "->a.html"},
		[2]string{"usr/far.html", "->/usr/doc/a.html"}, [2]string{"usr/again.html", "->far.html"}, [2]string{"usr/hard.html", "=>usr/doc/a.html"},
		[2]string{"usr/host", "->/etc/hostname"}, [2]string{"usr/up", "->../../../etc/hostname"}, [2]string{"usr/round", "->round"}, [2]string{"usr/folder", "->doc"})
	if err := unpack(tarfile, dir, Limits{}); err != nil {
		t.Fatal(err)
	}
	got := inside(t, dir)
	for _, name := range []string{"usr/doc/a.html", "usr/doc/near.html", "usr/far.html", "usr/again.html", "usr/hard.html"} {
		if got[name] != "page" {
			t.Errorf("%s is %q", name, got[name])
		}
	}
	if len(got) != 5 {
		t.Errorf("the files are %v", got)
	}
}

func TestANameThatLeadsOutIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../out", "a/../../out", "/etc/out", "..", `a\..\..\out`} {
		dir := filepath.Join(t.TempDir(), "in")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		err := unpack(packed(t, [2]string{name, "x"}), dir, Limits{})
		if !errors.Is(err, ErrLeadsOut) || !strings.Contains(err.Error(), "out") && name != ".." {
			t.Errorf("%s: error %v", name, err)
		}
		if got := inside(t, filepath.Dir(dir)); len(got) != 0 {
			t.Errorf("%s: wrote %v", name, got)
		}
	}
}

func TestNothingIsWrittenThroughALink(t *testing.T) {
	t.Parallel()
	dir, other := t.TempDir(), t.TempDir()
	err := unpack(packed(t, [2]string{"in", "->" + other}, [2]string{"in/file", "x"}, [2]string{"f", "->" + other + "/g"}, [2]string{"f", "y"}), dir, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := inside(t, other); len(got) != 0 {
		t.Errorf("wrote %v outside", got)
	}
	if got := inside(t, dir); got["in/file"] != "x" || got["f"] != "y" {
		t.Errorf("unpacked %v", got)
	}
}

func TestMoreThanTheLimitsIsRefused(t *testing.T) {
	t.Parallel()
	two := [][2]string{{"a", "12345"}, {"b", "67890"}}
	if err := unpack(packed(t, two...), t.TempDir(), Limits{Bytes: 9}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	if err := unpack(packed(t, two...), t.TempDir(), Limits{Files: 1}); !errors.Is(err, ErrTooMany) {
		t.Errorf("error %v", err)
	}
	if err := unpack(packed(t, [2]string{"a", "12345"}, [2]string{"b", "->a"}), t.TempDir(), Limits{Bytes: 9}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("copies of a link: error %v", err)
	}
	if err := unpack(packed(t, two...), t.TempDir(), Limits{Bytes: 10, Files: 2}); err != nil {
		t.Error(err)
	}
}

func TestACutFileIsAnError(t *testing.T) {
	t.Parallel()
	whole := packed(t, [2]string{"a", strings.Repeat("x", 2000)}).Bytes()
	if err := unpack(bytes.NewReader(whole[:1000]), t.TempDir(), Limits{}); err == nil {
		t.Error("it was unpacked")
	}
}

func FuzzUnpackStaysInside(f *testing.F) {
	f.Add([]byte("a/../../b"), []byte("../../c"), []byte("x"))
	f.Add([]byte("/etc/b"), []byte("/etc/c"), []byte("->/"))
	f.Fuzz(func(t *testing.T, one, two, to []byte) {
		up := t.TempDir()
		dir := filepath.Join(up, "in")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		_ = w.WriteHeader(&tar.Header{Name: string(two), Linkname: string(to), Typeflag: tar.TypeSymlink})
		if w.WriteHeader(&tar.Header{Name: string(one), Typeflag: tar.TypeReg, Size: 1}) == nil {
			_, _ = w.Write([]byte("x"))
		}
		_ = w.Close()
		_ = unpack(&b, dir, Limits{})
		left, err := os.ReadDir(up)
		if err != nil || len(left) != 1 {
			t.Fatalf("%v beside the folder: %v", left, err)
		}
		inside(t, dir)
	})
}
