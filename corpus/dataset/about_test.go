package dataset_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/dataset"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
)

// TestCroissantHasWhatItsSpecificationAsksFor reads the metadata as JSON, without the
// types that wrote it. "make conformance" has mlcroissant read it.
func TestCroissantHasWhatItsSpecificationAsksFor(t *testing.T) {
	t.Parallel()
	s := filled(t)
	for _, f := range dataset.Formats() {
		dir, m := written(t, s, f, true)
		data, err := os.ReadFile(filepath.Join(dir, "croissant.json"))
		check(t, err)
		var doc struct {
			Context                                                 map[string]any `json:"@context"`
			Type                                                    string         `json:"@type"`
			ConformsTo                                              string         `json:"conformsTo"`
			Name, Description, License, URL, DatePublished, Version string
			Distribution                                            []map[string]any
			RecordSet                                               []struct {
				ID    string `json:"@id"`
				Field []struct {
					ID       string `json:"@id"`
					DataType string
					Source   map[string]any
				}
			}
		}
		check(t, json.Unmarshal(data, &doc))
		if doc.Type != "sc:Dataset" || doc.ConformsTo != "http://mlcommons.org/croissant/1.0" || doc.Context["cr"] != "http://mlcommons.org/croissant/" ||
			doc.Name == "" || doc.Description == "" || doc.License == "" || doc.URL == "" || doc.DatePublished != "2001-09-09" || doc.Version == "" {
			t.Errorf("%s: %+v", f, doc)
		}
		known := map[string]bool{}
		for _, d := range doc.Distribution {
			known[d["@id"].(string)] = true
			if d["@type"] != "cr:FileObject" {
				continue
			}
			i := slices.IndexFunc(m.Files, func(w dataset.File) bool { return w.Name == d["contentUrl"] })
			if i < 0 || d["sha256"] != m.Files[i].SHA256 || d["encodingFormat"] == "" {
				t.Errorf("%s: %v", f, d)
			}
		}
		if len(doc.RecordSet) != len(m.Files) {
			t.Errorf("%s: %d record sets of %d files", f, len(doc.RecordSet), len(m.Files))
		}
		for _, set := range doc.RecordSet {
			for _, field := range set.Field {
				from := field.Source["fileObject"]
				if from == nil {
					from = field.Source["fileSet"]
				}
				if id := from.(map[string]any)["@id"].(string); !known[id] || field.DataType == "" || !strings.HasPrefix(field.ID, set.ID+"/") {
					t.Errorf("%s: %+v", f, field)
				}
			}
		}
	}
}

func TestTheDatasheetHasItsHeadingsAndCounts(t *testing.T) {
	t.Parallel()
	dir, m := written(t, filled(t), dataset.Parquet, false)
	data, err := os.ReadFile(filepath.Join(dir, "README.md"))
	check(t, err)
	text := string(data)
	for _, heading := range []string{"Motivation", "Composition", "Collection process", "Preprocessing, cleaning, labelling", "Uses", "Distribution", "Maintenance"} {
		if !strings.Contains(text, "\n## "+heading+"\n") {
			t.Errorf("no heading %q", heading)
		}
	}
	if m.Counts.Claims == 0 || !strings.Contains(text, "Without images: there is no byte of a picture") || !strings.Contains(text, "| `unclear` |") {
		t.Error(text)
	}
	if n := m.Counts.Outcomes; n[outcome.NotSeen] == 0 || n[outcome.Kind(verify.Inconclusive)] == 0 ||
		!strings.Contains(text, fmt.Sprintf("| `page not seen` | %d |", n[outcome.NotSeen])) {
		t.Errorf("claims came out as %v", n)
	}
	for _, bad := range []string{"\x1b", "<script", "\u202e"} {
		for line := range strings.Lines(text) {
			if i := strings.Index(line, bad); i >= 0 && strings.Count(line[:i], "`")%2 == 0 {
				t.Errorf("%q stands in the open: %q", bad, line)
			}
		}
	}
}

// mlcroissantVersion is the release that the conformance test was written against.
const mlcroissantVersion = "1.1.1"

// mlcroissant gives a Python that has the reference implementation of Croissant. It is
// installed from the Python package index into the user's cache once, where that is
// wanted: DEFACECHECK_CONFORMANCE=1.
func mlcroissant(t *testing.T) string {
	t.Helper()
	if os.Getenv("DEFACECHECK_CONFORMANCE") != "1" {
		t.Skip("skipped: set DEFACECHECK_CONFORMANCE=1 to install mlcroissant and test against it")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("skipped: no cache folder: %v", err)
	}
	venv := filepath.Join(cache, "defacecheck", "mlcroissant-"+mlcroissantVersion)
	python := filepath.Join(venv, "bin", "python")
	if exec.CommandContext(t.Context(), python, "-c", "import mlcroissant").Run() == nil {
		return python
	}
	for _, args := range [][]string{{"python3", "-m", "venv", venv}, {python, "-m", "pip", "install", "--quiet", "mlcroissant==" + mlcroissantVersion, "pyarrow"}} {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("skipped: mlcroissant cannot be installed: %v: %.300s", err, out)
		}
	}
	return python
}

// TestMlcroissantReadsTheRecords has the reference implementation check the metadata and
// read every claim by it.
func TestMlcroissantReadsTheRecords(t *testing.T) {
	python := mlcroissant(t)
	s := filled(t)
	for _, f := range dataset.Formats() {
		dir, m := written(t, s, f, true)
		out, err := exec.CommandContext(t.Context(), python, "-c", `
import sys, mlcroissant
d = mlcroissant.Dataset(jsonld=sys.argv[1] + "/croissant.json")
print("warnings:", sorted(d.metadata.issues.warnings))
n = 0
for r in d.metadata.record_sets:
    for x in d.records(record_set=r.id):
        assert any(len(v) == 64 for v in x.values()), x
        n += 1
print("records:", n)
`, dir).CombinedOutput()
		t.Logf("%s: %s", f, out)
		if err != nil || !strings.Contains(string(out), fmt.Sprintf("records: %d\n", m.Counts.Claims)) {
			t.Errorf("%s: %v", f, err)
		}
	}
}
