package registry

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// client puts a program called name before all others that answers every request with
// the file that it is given.
func client(t *testing.T, name, file string) {
	t.Helper()
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\necho \"$@\" >>%s/calls\ncp %s .\n", dir, file)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// npmPackage makes a package file as npm has them, and tells its digest.
func npmPackage(t *testing.T, entries ...[2]string) (file, digest string) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(packed(t, entries...).Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "site-1.0.0.tgz")
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(b.Bytes())
	return file, "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
}

func TestAPackageIsFetchedOnce(t *testing.T) {
	file, digest := npmPackage(t, [2]string{"package/index.html", "page"})
	client(t, "npm", file)
	c, p := Cache{Dir: t.TempDir()}, Package{"npm", "@maker/site@1.0.0", digest}
	dir, err := c.Fetch(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got := inside(t, dir); got["package/index.html"] != "page" || len(got) != 1 {
		t.Errorf("fetched %v", got)
	}
	t.Setenv("PATH", "")
	if again, err := c.Fetch(context.Background(), p); err != nil || again != dir {
		t.Errorf("the second time: %s, %v", again, err)
	}
}

func TestAnotherFileThanTheListNamesIsRefused(t *testing.T) {
	file, digest := npmPackage(t, [2]string{"package/index.html", "page"})
	other, _ := npmPackage(t, [2]string{"package/index.html", "other"})
	client(t, "npm", other)
	c := Cache{Dir: t.TempDir()}
	_, err := c.Fetch(context.Background(), Package{"npm", "site@1.0.0", digest})
	if !errors.Is(err, ErrDigest) || !strings.Contains(err.Error(), "site@1.0.0") {
		t.Errorf("error %v", err)
	}
	if left := inside(t, c.Dir); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if err := check(file, hex.EncodeToString(sum[:])); err != nil {
		t.Errorf("its SHA-256: %v", err)
	}
}

func TestAMissingClientIsNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for kind, name := range map[string]string{"npm": "npm", "deb": "apt-get"} {
		_, err := Cache{Dir: t.TempDir()}.Fetch(context.Background(), Package{kind, "a@1", ""})
		if !errors.Is(err, ErrNoClient) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v", kind, err)
		}
	}
	if _, err := (Cache{Dir: t.TempDir()}).Fetch(context.Background(), Package{"rpm", "a@1", ""}); !errors.Is(err, ErrKind) {
		t.Errorf("error %v", err)
	}
}

func TestAHostilePackageLeavesNothing(t *testing.T) {
	file, digest := npmPackage(t, [2]string{"package/a", "x"}, [2]string{"package/../../b", "y"})
	client(t, "npm", file)
	c := Cache{Dir: filepath.Join(t.TempDir(), "cache")}
	if _, err := c.Fetch(context.Background(), Package{"npm", "bad@1.0.0", digest}); !errors.Is(err, ErrLeadsOut) {
		t.Errorf("error %v", err)
	}
	if left := inside(t, filepath.Dir(c.Dir)); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// debPackage has dpkg-deb make a Debian package of one page and links.
func debPackage(t *testing.T) (file, digest string) {
	t.Helper()
	for _, c := range []string{"dpkg-deb", "apt-get"} {
		if _, err := exec.LookPath(c); err != nil {
			t.Skipf("%s is not here: Debian packages are not tried", c)
		}
	}
	dir := t.TempDir()
	doc := filepath.Join(dir, "in", "usr", "share", "doc", "site-doc")
	for name, body := range map[string]string{filepath.Join(doc, "index.html"): "page",
		filepath.Join(dir, "in", "DEBIAN", "control"): "Package: site-doc\nVersion: 1.0\nArchitecture: all\nMaintainer: none <none@site.example>\nDescription: none\n"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"start.html": "index.html", "out.js": "/usr/share/javascript/x.js"} {
		if err := os.Symlink(to, filepath.Join(doc, name)); err != nil {
			t.Fatal(err)
		}
	}
	file = filepath.Join(dir, "site-doc_1.0_all.deb")
	if out, err := exec.Command("dpkg-deb", "--root-owner-group", "-b", filepath.Join(dir, "in"), file).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return file, hex.EncodeToString(sum[:])
}

func TestADebianPackageIsUnpackedWithoutTheLinksThatLeadOut(t *testing.T) {
	file, digest := debPackage(t)
	client(t, "apt-get", file)
	dir, err := Cache{Dir: t.TempDir()}.Fetch(context.Background(), Package{"deb", "site-doc=1:1.0", digest})
	if err != nil {
		t.Fatal(err)
	}
	got := inside(t, filepath.Join(dir, "usr/share/doc/site-doc"))
	if len(got) != 2 || got["index.html"] != "page" || got["start.html"] != "page" {
		t.Errorf("fetched %v", got)
	}
	if _, err := (Cache{Dir: t.TempDir(), Limits: Limits{Files: 3}}).Fetch(context.Background(), Package{"deb", "site-doc=1:1.0", digest}); !errors.Is(err, ErrTooMany) {
		t.Errorf("error %v", err)
	}
}
