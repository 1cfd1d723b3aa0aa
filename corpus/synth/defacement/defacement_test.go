package defacement

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPagesOfAVariantAreTheSameAndOfOthersNot(t *testing.T) {
	seen := map[string]string{}
	for _, f := range Own() {
		for draw := range uint64(3) {
			a, err := Variant{f, draw}.Page()
			b, err2 := Variant{f, draw}.Page()
			if err != nil || err2 != nil || !bytes.Equal(a, b) {
				t.Fatalf("%s: %v, %v", f.Name, err, err2)
			}
			if bytes.ContainsAny(a, "{") && strings.Contains(string(a), "{who}") {
				t.Errorf("%s leaves a place open", f.Name)
			}
			if other, twice := seen[string(a)]; twice {
				t.Errorf("%s and %s have the same page", f.Name, other)
			}
			seen[string(a)] = f.Name
		}
	}
}

func TestABlockStandsBeforeTheFirstParagraphAndTheTitleSaysSo(t *testing.T) {
	v := Variant{Own()[0], 4}
	got := string(v.Into([]byte("<title>Old</title><body><h1>A</h1><p>A paragraph with some thirty letters and more.</p>")))
	if !strings.Contains(got, "<title>"+v.Title()+"</title>") || !strings.Contains(got, "<h1>A</h1>"+v.Block()+"<p>") {
		t.Errorf("page %s", got)
	}
}

func TestAFolderGivesFamiliesWithoutScripts(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "one", "html")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{"index.html": `<script>alert(1)</script><img src="a.png" onerror="alert(2)"><b>owned</b>`, "a.png": "x"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Folder(dir)
	if err != nil || len(all) != 1 || all[0].Name != "dir-one" {
		t.Fatalf("families %v, %v", all, err)
	}
	v := Variant{Family: all[0]}
	doc, err := v.Page()
	files, err2 := v.Files()
	if err != nil || err2 != nil || bytes.Contains(doc, []byte("alert")) || !bytes.Contains(doc, []byte("<b>owned</b>")) || string(files["a.png"]) != "x" {
		t.Errorf("page %q, files %v, %v, %v", doc, files, err, err2)
	}
	if _, err := Folder(t.TempDir()); err == nil {
		t.Error("an empty folder gave families")
	}
}
