package report

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

func TestAResultReadBackGivesTheSameBytesAndTheSameViews(t *testing.T) {
	t.Parallel()
	all := samples()
	for i := range hostile {
		all["hostile"+string(rune('a'+i))] = hostileResult(i)
	}
	for name, r := range all {
		first := encoded(t, r)
		back, err := ReadJSON(bytes.NewReader(first))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if second := encoded(t, back); !bytes.Equal(first, second) {
			t.Errorf("%s: bytes differ after reading back", name)
		}
		if a, b := terminal(t, r, 80), terminal(t, back, 80); a != b {
			t.Errorf("%s: terminal view differs after reading back", name)
		}
		if a, b := html(t, &verify.Judgement{Result: r}), html(t, &verify.Judgement{Result: back}); a != b {
			t.Errorf("%s: HTML differs after reading back", name)
		}
	}
}

func TestJSONKeepsEveryValidTextExactly(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		if !utf8.ValidString(h) {
			continue // JSON holds characters, not bytes
		}
		r := sampleResult()
		r.Claim.Image = h
		back, err := ReadJSON(bytes.NewReader(encoded(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if back.Claim.Image != h {
			t.Errorf("%q became %q", h, back.Claim.Image)
		}
	}
}

func TestJSONCanBePrintedOnATerminal(t *testing.T) {
	t.Parallel()
	for i := range hostile {
		doc := strings.ReplaceAll(string(encoded(t, hostileResult(i))), "\n", "")
		if at := strings.IndexFunc(doc, unprintable); at >= 0 {
			t.Errorf("a hidden character stands at byte %d", at)
		}
	}
}

func TestJSONHasListsWhereAResultHasNone(t *testing.T) {
	t.Parallel()
	doc := string(encoded(t, &verify.Result{Schema: verify.Schema}))
	if strings.Contains(doc, "null") || !strings.HasSuffix(doc, "}\n") {
		t.Errorf("document has null or no newline at the end:\n%s", doc)
	}
}

func TestJSONDoesNotChangeTheResult(t *testing.T) {
	t.Parallel()
	r, same := pageNotSeen(), pageNotSeen()
	encoded(t, r)
	terminal(t, r, 80)
	html(t, &verify.Judgement{Result: r})
	if !reflect.DeepEqual(r, same) {
		t.Error("a view changed the result it shows")
	}
}

func TestAnImpossibleNumberIsAnErrorAndWritesNothing(t *testing.T) {
	t.Parallel()
	r := sampleResult()
	r.Verdict.Log10LR = math.NaN()
	var b bytes.Buffer
	for name, err := range map[string]error{"json": JSON(&b, r), "terminal": Terminal(&b, r, 80, false),
		"html": HTML(&b, &verify.Judgement{Result: r}), "none": JSON(&b, nil), "no judgement": HTML(&b, nil)} {
		if err == nil || b.Len() != 0 {
			t.Errorf("%s: error %v, %d bytes written", name, err, b.Len())
		}
	}
	if err := JSON(&b, nil); !errors.Is(err, ErrNoResult) {
		t.Errorf("no result gives %v", err)
	}
}

func TestReadJSONRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	good := string(encoded(t, sampleResult()))
	for name, bad := range map[string]string{
		"nothing":          "",
		"not JSON":         "verdict",
		"a list":           "[]",
		"another schema":   strings.Replace(good, "verdict/1", "verdict/9", 1),
		"an unknown field": strings.Replace(good, `"schema"`, `"extra": 1, "schema"`, 1),
		"an unknown word":  strings.Replace(good, `"word": "supported"`, `"word": "proven"`, 1),
		"an unknown state": strings.Replace(good, `"state": "same"`, `"state": "similar"`, 1),
		"a second one":     good + good,
		"half of one":      good[:len(good)/2],
	} {
		if _, err := ReadJSON(strings.NewReader(bad)); !errors.Is(err, capture.ErrMalformed) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestReadJSONRefusesADocumentThatNeverEnds(t *testing.T) {
	t.Parallel()
	if _, err := ReadJSON(spaces{}); !errors.Is(err, capture.ErrTooLarge) {
		t.Errorf("error is %v", err)
	}
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func FuzzReadJSON(f *testing.F) {
	var b bytes.Buffer
	for _, r := range []*verify.Result{pageNotSeen(), {Schema: verify.Schema}} {
		b.Reset()
		if err := JSON(&b, r); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte(`{"schema":"defacecheck/verdict/1"}`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		r, err := ReadJSON(bytes.NewReader(doc))
		if err != nil {
			return
		}
		first := encoded(t, r)
		if again := encoded(t, r); !bytes.Equal(first, again) {
			t.Fatal("two encodings differ")
		}
		if text := terminal(t, r, 60); strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), unprintable) {
			t.Fatalf("hidden characters reach the terminal: %q", text)
		}
		html(t, &verify.Judgement{Result: r})
	})
}
