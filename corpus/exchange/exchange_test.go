package exchange_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/exchange"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/score"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// record is a claim with a verdict of that log10 LR.
func record(t testing.TB, lr float64, answer verify.Answer, leaning verify.Leaning, evidence ...verify.Evidence) *corpus.Record {
	t.Helper()
	m, err := score.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	item := storetest.Item(1)
	r := storetest.Expected(item)
	v := storetest.Judged(item, "defacecheck test", m.Digest())
	v.Versions.Model = m.Name + " " + m.Version
	v.Verdict = verify.Verdict{Word: verify.Word(m.Band(lr)), Answer: answer, Log10LR: lr, Leaning: leaning, Prior: 0.5,
		Probability: score.Probability(lr, 0.5), Strength: score.Strength(lr), Sentence: "The evidence was weighed."}
	v.Evidence = evidence
	r.Verdicts = []corpus.Verdict{{SHA256: "x", Result: v}}
	return r
}

func adjudicated(r *corpus.Record, truth rows.Truth) *corpus.Record {
	r.Adjudications = append(r.Adjudications, corpus.Adjudication{At: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), By: "A. Person", Truth: truth, Reason: "saw it"})
	return r
}

func schema(t testing.TB, name string) *validator.Schema {
	t.Helper()
	c := validator.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// valid holds data against a schema and returns it as decoded.
func valid(t testing.TB, s *validator.Schema, data []byte, err error) map[string]any {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	v, err := validator.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, data)
	}
	return v.(map[string]any)
}

type misp struct {
	Event struct {
		UUID, Info, Timestamp, Analysis string
		Object                          []struct {
			UUID, TemplateUUID, TemplateVersion string
			Attribute                           []struct {
				UUID  string
				Rel   string `json:"object_relation"`
				Type  string
				Value string
				Data  string
				ToIDs bool `json:"to_ids"`
			}
		}
	}
}

// values are the values of a relation.
func (m misp) values(relation string) (all []string) {
	for _, a := range m.Event.Object[0].Attribute {
		if a.Rel == relation {
			all = append(all, a.Value)
		}
	}
	return all
}

func event(t testing.TB, r *corpus.Record, o exchange.Options) misp {
	t.Helper()
	data, err := exchange.MISP(r, o)
	valid(t, schema(t, "misp-event.schema.json"), data, err)
	var m misp
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheTemplateHasTheShapeThatMISPReads(t *testing.T) {
	t.Parallel()
	got := valid(t, schema(t, "misp-template.schema.json"), exchange.Template(), nil)
	attributes := got["attributes"].(map[string]any)
	for _, needed := range got["requiredOneOf"].([]any) {
		if attributes[needed.(string)] == nil {
			t.Errorf("%s is required and not there", needed)
		}
	}
	var words []string
	for _, w := range attributes["verdict"].(map[string]any)["values_list"].([]any) {
		words = append(words, w.(string))
	}
	var outcomes []string
	for _, o := range outcome.Kinds() {
		outcomes = append(outcomes, string(o))
	}
	if !slices.Equal(words, outcomes) {
		t.Errorf("the template has verdicts %q, claims come out as %q", words, outcomes)
	}
}

func TestAnEventIsMadeByItsTemplate(t *testing.T) {
	t.Parallel()
	var template struct {
		UUID       string
		Attributes map[string]struct {
			Type     string   `json:"misp-attribute"`
			Multiple bool     `json:"multiple"`
			Values   []string `json:"values_list"`
		}
	}
	if err := json.Unmarshal(exchange.Template(), &template); err != nil {
		t.Fatal(err)
	}
	full := adjudicated(record(t, -1, verify.Judged, verify.Edited), rows.Edited)
	second := full.Postings[0]
	second.Channel, second.Text = "another", "again"
	full.Postings = append(full.Postings, second)
	m := event(t, full, exchange.Options{Picture: []byte("bytes"), Publisher: "CERT", PublisherURL: "https://cert.example/"})
	count, uuids := map[string]int{}, map[string]bool{}
	for _, a := range m.Event.Object[0].Attribute {
		x, ok := template.Attributes[a.Rel]
		if !ok || x.Type != a.Type || a.ToIDs || len(x.Values) > 0 && !slices.Contains(x.Values, a.Value) {
			t.Errorf("attribute %+v is not that of the template: %+v", a, x)
		}
		if count[a.Rel]++; count[a.Rel] > 1 && !x.Multiple {
			t.Errorf("%s stands there %d times", a.Rel, count[a.Rel])
		}
		if uuids[a.UUID] {
			t.Errorf("UUID %s is not the only one", a.UUID)
		}
		uuids[a.UUID] = true
	}
	for relation := range template.Attributes {
		if count[relation] == 0 {
			t.Errorf("%s is not written for a claim that has everything", relation)
		}
	}
	if got := m.values("channel"); !slices.Equal(got, []string{"a channel", "another"}) {
		t.Errorf("channels %q", got)
	}
	for _, a := range m.Event.Object[0].Attribute {
		if back, _ := base64.StdEncoding.DecodeString(a.Data); a.Rel == "screenshot" && string(back) != "bytes" {
			t.Errorf("picture %q", a.Data)
		}
	}
}

func TestOnlyAPersonMakesAClaimValidOrInvalid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		truth rows.Truth
		want  string
	}{{"", "Unknown"}, {rows.Genuine, "Valid"}, {rows.Edited, "Invalid"}, {rows.Misattributed, "Invalid"}, {rows.NotDefaced, "Invalid"}, {corpus.Unclear, "Unknown"}} {
		r := record(t, 1, verify.Judged, "")
		if c.truth != "" {
			adjudicated(adjudicated(r, rows.Genuine), c.truth)
		}
		if got := event(t, r, exchange.Options{}).values("claim-validity"); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%q: %q", c.truth, got)
		}
	}
}

func TestALikelihoodRatioStandsOnlyBesideAVerdictWord(t *testing.T) {
	t.Parallel()
	for answer, want := range map[verify.Answer]int{verify.Judged: 1, verify.PageNotSeen: 0, verify.OrdinaryPage: 0, verify.Shown: 0} {
		if got := event(t, record(t, -0.9, answer, verify.Edited), exchange.Options{}); len(got.values("log10-likelihood-ratio")) != want || len(got.values("leaning")) != want {
			t.Errorf("%s: %+v", answer, got)
		}
	}
	bare := storetest.Expected(storetest.Item(1))
	if got := event(t, bare, exchange.Options{}); got.values("verdict")[0] != "not judged" || got.Event.Analysis != "0" {
		t.Errorf("not judged: %+v", got)
	}
}

func TestTheSameClaimKeepsItsUUIDs(t *testing.T) {
	t.Parallel()
	first, err := exchange.MISP(record(t, 0, verify.Judged, ""), exchange.Options{})
	again, err2 := exchange.MISP(record(t, 0, verify.Judged, ""), exchange.Options{})
	if errors.Join(err, err2) != nil || !bytes.Equal(first, again) {
		t.Errorf("the same record gives other bytes: %v", errors.Join(err, err2))
	}
	a := event(t, record(t, 0, verify.Judged, ""), exchange.Options{})
	b := event(t, adjudicated(record(t, 1, verify.Judged, ""), rows.Genuine), exchange.Options{})
	if a.Event.UUID != b.Event.UUID || a.Event.Object[0].UUID != b.Event.Object[0].UUID || a.Event.Timestamp == b.Event.Timestamp {
		t.Errorf("%+v\n%+v", a.Event, b.Event)
	}
	other := record(t, 0, verify.Judged, "")
	other.ID += "0"
	if c := event(t, other, exchange.Options{}); c.Event.UUID == a.Event.UUID {
		t.Error("another claim has the same UUID")
	}
}

func TestReviewsSayNoMoreThanTheVerdict(t *testing.T) {
	t.Parallel()
	s := schema(t, "review.schema.json")
	for _, c := range []struct {
		lr     float64
		answer verify.Answer
		value  any
		words  string
	}{
		{1, verify.Judged, "6", "Supported by the evidence"}, {0.5, verify.Judged, "5", "Evidence leans towards it"},
		{0, verify.Judged, nil, "Not settled by the evidence"}, {-0.5, verify.Judged, "3", "Evidence leans against it"},
		{-1, verify.Judged, "2", "Contradicted by the evidence"}, {-1, verify.PageNotSeen, nil, "Could not be checked"},
		{1, verify.OrdinaryPage, nil, "Shows the ordinary page"}, {1, verify.Shown, nil, "Shown by the page, not judged whether defaced"},
	} {
		data, err := exchange.ClaimReview(record(t, c.lr, c.answer, ""), exchange.Options{Publisher: "P", PublisherURL: "https://p.example/", ReviewURL: "https://p.example/1"})
		got := valid(t, s, data, err)["reviewRating"].(map[string]any)
		value := got["ratingValue"]
		if n, ok := value.(json.Number); ok {
			value = n.String()
		}
		if value != c.value || got["alternateName"] != c.words {
			t.Errorf("%v, %s: rated %v", c.lr, c.answer, got)
		}
		for _, bare := range []string{"fake", "Fake", `"True"`, `"False"`} {
			if bytes.Contains(data, []byte(bare)) {
				t.Errorf("the review says %s", bare)
			}
		}
	}
}

func TestCategoriesNeedEvidenceOfTheVeryThing(t *testing.T) {
	t.Parallel()
	against := func(finding string, l verify.Leaning) verify.Evidence {
		return verify.Evidence{ID: "x", Ran: true, Finding: finding, Counted: -0.45, Leaning: l}
	}
	s := schema(t, "review.schema.json")
	for _, c := range []struct {
		name string
		r    *corpus.Record
		want any
	}{
		{"supported", record(t, 1, verify.Judged, ""), "https://schema.org/OriginalMediaContent"},
		{"supported, and a trace of editing", record(t, 1, verify.Judged, "", against("metadata.editor", verify.Edited)), nil},
		{"leaning", record(t, 0.5, verify.Judged, ""), nil},
		{"leaning against", record(t, -0.5, verify.Judged, verify.Misattributed), nil},
		{"contradicted as misattributed", record(t, -1, verify.Judged, verify.Misattributed, against("address.other", verify.Misattributed)), "https://schema.org/DecontextualizedContent"},
		{"misattributed and edited", record(t, -1, verify.Judged, verify.Misattributed, against("metadata.editor", verify.Edited)), nil},
		{"edited, perhaps in the browser", record(t, -1, verify.Judged, verify.Edited, against("version.far", verify.Edited)), nil},
		{"edited in the pixels", record(t, -1, verify.Judged, verify.Edited, against("trace.untouched", verify.Edited)), "https://schema.org/TransformedContent"},
	} {
		data, err := exchange.MediaReview(c.r, exchange.Options{Publisher: "P"})
		if got := valid(t, s, data, err)["mediaAuthenticityCategory"]; got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestReviewsThatWouldSayNothingOrTheWrongThingAreRefused(t *testing.T) {
	t.Parallel()
	bare := storetest.Expected(storetest.Item(1))
	for _, write := range []func(*corpus.Record, exchange.Options) ([]byte, error){exchange.ClaimReview, exchange.MediaReview} {
		if _, err := write(bare, exchange.Options{}); !errors.Is(err, exchange.ErrNoVerdict) {
			t.Errorf("not judged: %v", err)
		}
		for _, r := range []*corpus.Record{adjudicated(record(t, 1, verify.Judged, ""), rows.Edited), adjudicated(record(t, -1, verify.Judged, ""), rows.Genuine),
			adjudicated(record(t, 1, verify.Judged, ""), corpus.Unclear)} {
			if _, err := write(r, exchange.Options{}); !errors.Is(err, exchange.ErrDisputed) {
				t.Errorf("disputed: %v", err)
			}
		}
		if _, err := write(adjudicated(record(t, 1, verify.Judged, ""), rows.Genuine), exchange.Options{}); err != nil {
			t.Errorf("a person agrees: %v", err)
		}
	}
	for _, answer := range []verify.Answer{verify.Judged, verify.PageNotSeen, verify.OrdinaryPage, verify.Shown} {
		if _, err := exchange.MediaReview(record(t, 0, answer, ""), exchange.Options{}); !errors.Is(err, exchange.ErrNothingSaid) {
			t.Errorf("%s: %v", answer, err)
		}
	}
}

func TestHostileTextStaysWithinTheShapes(t *testing.T) {
	t.Parallel()
	for _, bad := range append(storetest.Hostile(), "</script><script>alert(1)</script>", "http://user:pw@[::1]:80/", strings.Repeat("x", 300)) {
		r := record(t, -1, verify.Judged, verify.Leaning("misattributed"))
		r.Claim.URL, r.Claim.Notifier, r.Claim.Name, r.Picture.Format = "http://h.example/"+bad, bad, bad, bad
		p := &r.Postings[0]
		p.URL, p.Channel, p.Text, p.Message = bad, bad, bad, bad
		v := r.Latest().Result
		v.Verdict.Sentence, v.Versions.Program, v.Versions.Model, v.Versions.ModelDigest = bad, bad, bad, bad
		r = adjudicated(r, rows.Misattributed)
		r.Adjudications[0].By, r.Adjudications[0].Reason = bad, bad
		event(t, r, exchange.Options{Picture: []byte{1}, Publisher: bad, PublisherURL: bad})
		for _, write := range []func(*corpus.Record, exchange.Options) ([]byte, error){exchange.ClaimReview, exchange.MediaReview} {
			data, err := write(r, exchange.Options{Publisher: "P"})
			valid(t, schema(t, "review.schema.json"), data, err)
			if bytes.ContainsAny(data, "<>\x1b\u202e\u2028") {
				t.Errorf("%q reaches %s", bad, data)
			}
		}
	}
}

func TestTheSchemasRefuseWhatIsNotOfTheShape(t *testing.T) {
	t.Parallel()
	data, err := exchange.MISP(record(t, 0, verify.Judged, ""), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	review, err := exchange.ClaimReview(record(t, 1, verify.Judged, ""), exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		schema   string
		data     []byte
		old, new string
	}{
		{"misp-event.schema.json", data, `"published": false`, `"published": "no"`}, {"misp-event.schema.json", data, `"to_ids": false`, `"ids": false`},
		{"misp-event.schema.json", data, `"type": "url"`, `"type": "address"`}, {"misp-event.schema.json", data, `"category": "External analysis"`, `"category": "Person"`},
		{"review.schema.json", review, `"ratingValue": 6`, `"ratingValue": 7`}, {"review.schema.json", review, `"@type": "Claim"`, `"@type": "Thing"`},
		{"misp-template.schema.json", exchange.Template(), `"misp-attribute": "url"`, `"misp-attribute": "web"`},
	} {
		broken := bytes.Replace(c.data, []byte(c.old), []byte(c.new), 1)
		v, err := validator.UnmarshalJSON(bytes.NewReader(broken))
		if err != nil || bytes.Equal(broken, c.data) {
			t.Fatalf("%s: %v", c.old, err)
		}
		if schema(t, c.schema).Validate(v) == nil {
			t.Errorf("%s in place of %s passes", c.new, c.old)
		}
	}
}

func TestTheTemplateFileIsWhereItIsLookedFor(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("misp/defacement-claim/definition.json")
	if err != nil || !bytes.Equal(data, exchange.Template()) {
		t.Errorf("%v", err)
	}
}
