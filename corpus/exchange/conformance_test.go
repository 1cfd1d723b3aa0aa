package exchange_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/exchange"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

// The releases that the test of events was written against.
const (
	pymispVersion     = "2.5.34.4"
	jsonschemaVersion = "4.26.0"
)

// installed gives a folder of the user's cache into which a package was installed once, where
// that is wanted: DEFACECHECK_CONFORMANCE=1.
func installed(t *testing.T, name string, there func(dir string) bool, install func(dir string) [][]string) string {
	t.Helper()
	if os.Getenv("DEFACECHECK_CONFORMANCE") != "1" {
		t.Skipf("skipped: set DEFACECHECK_CONFORMANCE=1 to install %s and test against it", name)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Skipf("skipped: no cache folder: %v", err)
	}
	dir := filepath.Join(cache, "defacecheck", name)
	if there(dir) {
		return dir
	}
	for _, args := range install(dir) {
		if out, err := exec.CommandContext(t.Context(), args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("skipped: %s cannot be installed: %v: %.300s", name, err, out)
		}
	}
	return dir
}

// kinds are claims of every kind, as far as what is written of them differs.
func kinds(t *testing.T) map[string]*corpus.Record {
	t.Helper()
	against := verify.Evidence{ID: "x", Ran: true, Finding: "trace.untouched", Counted: -0.45, Leaning: verify.Edited}
	all := map[string]*corpus.Record{
		"not judged":    storetest.Expected(storetest.Item(1)),
		"supported":     record(t, 1, verify.Judged, ""),
		"inconclusive":  record(t, 0, verify.Judged, ""),
		"edited":        adjudicated(record(t, -1, verify.Judged, verify.Edited, against), rows.Edited),
		"misattributed": record(t, -1, verify.Judged, verify.Misattributed),
		"ordinary":      record(t, 0, verify.OrdinaryPage, ""),
	}
	twice := record(t, 1, verify.Judged, "")
	second := twice.Postings[0]
	second.Channel, second.Text = "another", "again"
	twice.Postings = append(twice.Postings, second)
	all["posted twice"] = twice
	address := record(t, 0, verify.PageNotSeen, "")
	address.Claim.URL, address.Postings[0].URL = "http://192.0.2.7:8080/", "http://192.0.2.7:8080/"
	all["about an address"] = address
	bare := record(t, 1, verify.Judged, "")
	bare.Postings, bare.Claim.ClaimedAt, bare.Claim.PostedAt, bare.Claim.Notifier, bare.Picture.Width = nil, verify.Span{}, verify.Span{}, "", 0
	all["only verified"] = bare
	for n, text := range storetest.Hostile() {
		r := adjudicated(record(t, -1, verify.Judged, verify.Edited), rows.Misattributed)
		r.Claim.Notifier, r.Claim.Name, r.Picture.Format = text, text, text
		r.Postings[0].Channel, r.Postings[0].Text, r.Adjudications[0].Reason = text, text, text
		r.Latest().Result.Verdict.Sentence = text
		all[fmt.Sprintf("hostile %d", n)] = r
	}
	return all
}

// TestPyMISPReadsTheEventsAndTheTemplate has the schemas that MISP publishes and the classes
// that others read events with take what is written here.
func TestPyMISPReadsTheEventsAndTheTemplate(t *testing.T) {
	python := func(dir string) string { return filepath.Join(dir, "bin", "python") }
	dir := installed(t, "pymisp-"+pymispVersion, func(dir string) bool {
		return exec.CommandContext(t.Context(), python(dir), "-c", "import pymisp, jsonschema").Run() == nil
	}, func(dir string) [][]string {
		return [][]string{{"python3", "-m", "venv", dir},
			{python(dir), "-m", "pip", "install", "--quiet", "pymisp==" + pymispVersion, "jsonschema==" + jsonschemaVersion}}
	})
	read := func(template string, events []byte) (string, error) {
		cmd := exec.CommandContext(t.Context(), python(dir), "-I", "testdata/read_events.py", template)
		cmd.Stdin = bytes.NewReader(events)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	const template = "misp/defacement-claim/definition.json"
	var events bytes.Buffer
	var one []byte
	n := 0
	for kind, r := range kinds(t) {
		for _, o := range []exchange.Options{{}, {Picture: []byte("bytes"), Publisher: "CERT", PublisherURL: "https://cert.example/"}} {
			data, err := exchange.MISP(r, o)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			from := events.Len()
			if err := json.Compact(&events, data); err != nil {
				t.Fatal(err)
			}
			if kind == "supported" {
				one = bytes.Clone(events.Bytes()[from:])
			}
			events.WriteByte('\n')
			n++
		}
	}
	out, err := read(template, events.Bytes())
	t.Logf("%s", out)
	if err != nil || !strings.Contains(out, fmt.Sprintf("events: %d\n", n)) {
		t.Errorf("%v", err)
	}
	// What is not of the shape is refused.
	for _, c := range []struct{ old, wrong, because string }{
		{`"type":"url"`, `"type":"address"`, "NewAttributeError"}, {`"category":"External analysis"`, `"category":"Person"`, "AssertionError: ('category'"},
		{`"object_relation":"verdict"`, `"object_relation":"word"`, "AssertionError"}, {`"object_relation":"target-url"`, `"object_relation":"verdict"`, "Multiple occurrences of verdict"},
		{`"timestamp":"`, `"timestamp":1,"x":"`, "ValidationError"}, {`"template_version":"1"`, `"template_version":"2"`, "Version of the object (2) is different"},
	} {
		broken := bytes.Replace(one, []byte(c.old), []byte(c.wrong), 1)
		if out, err := read(template, broken); err == nil || !strings.Contains(out, c.because) {
			t.Errorf("%s in place of %s: %v: %s", c.wrong, c.old, err, out)
		}
	}
	broken := filepath.Join(t.TempDir(), "definition.json")
	if err := os.WriteFile(broken, bytes.Replace(exchange.Template(), []byte(`"misp-attribute": "url"`), []byte(`"misp-attribute": "web"`), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, err := read(broken, one); err == nil || !strings.Contains(out, "'web' is not one of") {
		t.Errorf("a template of a type that there is not: %v: %s", err, out)
	}
}
