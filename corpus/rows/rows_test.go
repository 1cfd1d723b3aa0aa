package rows_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/rows"
)

func header() string {
	return `{"schema":"defacecheck/rows/2","corpus":"` + strings.Repeat("0a", 32) + `"}`
}

func row(claim, more string) string {
	return fmt.Sprintf(`{"claim":%q,"split":"train","site":"npm:a","class":"served","truth":"genuine","word":"inconclusive","program":"0.3.0","evidence":[]%s}`, claim, more)
}

func read(lines ...string) (*rows.Set, error) {
	return rows.Read(strings.NewReader(strings.Join(lines, "\n")), rows.Limits{})
}

func TestARowIsReadWithItsEvidence(t *testing.T) {
	set, err := read(header(),
		`{"claim":"c1","split":"test","site":"npm:@a/b","family":"f1","class":"spliced","truth":"edited","word":"leans false","program":"0.3.0",`+
			`"evidence":[{"group":"brackets","finding":"brackets.ordinary","log10_lr":-0.42},{"group":"file","finding":"metadata.editor"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	r := set.Rows[0]
	if r.Truth != rows.Edited || r.Split != rows.Test || r.Site != "npm:@a/b" || len(r.Evidence) != 2 {
		t.Errorf("read %+v", r)
	}
	if e := r.Evidence; *e[0].Log10LR != -0.42 || e[1].Log10LR != nil {
		t.Errorf("evidence %+v", e)
	}
	again, _ := read(header(), row("c1", ""))
	if len(set.Digest) != 64 || set.Digest == again.Digest {
		t.Errorf("digests %s and %s", set.Digest, again.Digest)
	}
}

func TestWhatIsNotWhollyUnderstoodIsRefusedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"nothing":               {nil, "there are none"},
		"a header alone":        {[]string{header()}, "there are none"},
		"another schema":        {[]string{`{"schema":"defacecheck/rows/9","corpus":""}`}, "line 1: unusable rows: header: the schema"},
		"no corpus":             {[]string{`{"schema":"defacecheck/rows/2","corpus":"x"}`}, "line 1"},
		"an unknown field":      {[]string{header(), row("c1", `,"mood":1`)}, `line 2: unusable rows: json: unknown field "mood"`},
		"a field twice":         {[]string{header(), row("c1", `,"claim":"c2"`)}, "field claim stands twice"},
		"a field in capitals":   {[]string{header(), row("c1", `,"Claim":"c2"`)}, `unknown field "Claim"`},
		"a nested one twice":    {[]string{header(), strings.Replace(row("c1", ""), "[]", `[{"group":"a","group":"b","finding":"x"}]`, 1)}, "field group stands twice"},
		"no digest of files":    {[]string{header(), row("c1", `,"sha256":"0a"`)}, "sha256 is not"},
		"two values":            {[]string{header(), row("c1", "") + "{}"}, "more than one value"},
		"half a line":           {[]string{header(), row("c1", ""), `{"claim":"c2"`}, "line 3"},
		"no object":             {[]string{header(), `[1]`}, "line 2"},
		"an empty line":         {[]string{header(), "", row("c1", "")}, "line 2"},
		"a claim twice":         {[]string{header(), row("c1", ""), row("c1", "")}, "line 3: unusable rows: claim c1 stands on line 2 already"},
		"a class of two truths": {[]string{header(), row("c1", ""), strings.Replace(row("c2", ""), "genuine", "edited", 1)}, "claim c2 of class served is edited"},
		"no such truth":         {[]string{header(), strings.Replace(row("c1", ""), "genuine", "fake", 1)}, `no truth is called "fake"`},
		"no such split":         {[]string{header(), strings.Replace(row("c1", ""), "train", "dev", 1)}, `no split is called "dev"`},
		"no such verdict":       {[]string{header(), strings.Replace(row("c1", ""), "inconclusive", "true", 1)}, `no verdict is called "true"`},
		"no site":               {[]string{header(), strings.Replace(row("c1", ""), "npm:a", "", 1)}, "site is missing"},
		"a formula":             {[]string{header(), strings.Replace(row("c1", ""), "served", "=1+1", 1)}, "class"},
		"a control character":   {[]string{header(), strings.Replace(row("c1", ""), "served", `a\u0007`, 1)}, "class"},
		"a long name":           {[]string{header(), row(strings.Repeat("c", 201), "")}, "claim is longer than 200 bytes"},
		"a number too large":    {[]string{header(), strings.Replace(row("c1", ""), "[]", `[{"group":"a","finding":"b","log10_lr":1e9}]`, 1)}, "lies outside"},
		"much evidence":         {[]string{header(), strings.Replace(row("c1", ""), "[]", "["+strings.Repeat(`{"group":"a","finding":"b"},`, 200)+`{"group":"a","finding":"b"}]`, 1)}, "201 items"},
		"a baseline twice":      {[]string{header(), strings.Replace(row("c1", ""), `"evidence"`, `"baselines":[{"name":"a","value":2},{"name":"a","value":2}],"evidence"`, 1)}, "twice"},
		"a baseline's formula":  {[]string{header(), strings.Replace(row("c1", ""), `"evidence"`, `"baselines":[{"name":"=1","value":2}],"evidence"`, 1)}, "baseline"},
		"a long line":           {[]string{header(), row("c1", strings.Repeat(" ", rows.DefaultLine))}, "line 2: unusable rows: it is longer"},
	} {
		_, err := read(c.lines...)
		if !errors.Is(err, rows.ErrRows) || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestMoreRowsThanTheLimitAreRefused(t *testing.T) {
	text := strings.Join([]string{header(), row("c1", ""), row("c2", "")}, "\n")
	if _, err := rows.Read(strings.NewReader(text), rows.Limits{Rows: 1}); !errors.Is(err, rows.ErrRows) {
		t.Errorf("got %v", err)
	}
}

func TestASiteOrFamilyOnBothSidesOfTheSplitIsRefused(t *testing.T) {
	a := rows.Row{Claim: "c1", Site: "a", Family: "f", Split: rows.Train}
	for name, c := range map[string]struct {
		other rows.Row
		bad   bool
	}{
		"the same site":    {rows.Row{Claim: "c2", Site: "a", Family: "g", Split: rows.Test}, true},
		"the same family":  {rows.Row{Claim: "c2", Site: "b", Family: "f", Split: rows.Test}, true},
		"neither":          {rows.Row{Claim: "c2", Site: "b", Family: "g", Split: rows.Test}, false},
		"both on one side": {rows.Row{Claim: "c2", Site: "a", Family: "f", Split: rows.Train}, false},
	} {
		if err := rows.CheckSplit([]rows.Row{a, c.other}); errors.Is(err, rows.ErrSplit) != c.bad {
			t.Errorf("%s: %v", name, err)
		}
	}
	none := []rows.Row{{Claim: "c1", Site: "a", Split: rows.Train}, {Claim: "c2", Site: "b", Split: rows.Test}}
	if err := rows.CheckSplit(none); err != nil {
		t.Errorf("claims that show no defacement share no family: %v", err)
	}
}

func FuzzReadNamesItsErrors(f *testing.F) {
	f.Add(header() + "\n" + row("c1", ""))
	f.Add(header() + "\n" + strings.Replace(row("c1", ""), "[]", `[{"group":"a","finding":"b","log10_lr":-1e-3}]`, 1))
	f.Add(header() + "\n" + strings.Repeat("[", 20000))
	f.Fuzz(func(t *testing.T, text string) {
		set, err := rows.Read(strings.NewReader(text), rows.Limits{Line: 4096, Rows: 100})
		if err != nil {
			if !errors.Is(err, rows.ErrRows) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		for _, r := range set.Rows {
			if r.Claim == "" || r.Site == "" || r.Class == "" {
				t.Fatalf("half a row: %+v", r)
			}
		}
	})
}
