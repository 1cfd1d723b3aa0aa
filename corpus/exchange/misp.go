package exchange

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

//go:embed misp/defacement-claim/definition.json
var definition []byte

// Template is the template of the MISP object defacement-claim, as MISP reads it.
func Template() []byte { return append([]byte(nil), definition...) }

// template is what an event needs of the definition.
type template struct {
	UUID        string `json:"uuid"`
	Name        string `json:"name"`
	Version     int    `json:"version"`
	Category    string `json:"meta-category"`
	Description string `json:"description"`
	Attributes  map[string]struct {
		Type       string   `json:"misp-attribute"`
		Categories []string `json:"categories"`
		NoLinks    bool     `json:"disable_correlation"`
	} `json:"attributes"`
}

// Choices of the core format that are the same in every event.
const (
	threatUndefined  = "4"
	analysisInitial  = "0"
	analysisComplete = "2"
	ownOrganisation  = "0" // who may see the event
	inherited        = "5" // the event's distribution
	none             = "0" // no id of an instance, no sharing group
	maxInfo          = 250 // characters; the core format wants fewer than 256
)

type event struct {
	UUID         string       `json:"uuid"`
	Info         string       `json:"info"`
	Date         string       `json:"date"`
	Timestamp    string       `json:"timestamp"`
	Published    bool         `json:"published"`
	PublishedAt  string       `json:"publish_timestamp"`
	Threat       string       `json:"threat_level_id"`
	Analysis     string       `json:"analysis"`
	Distribution string       `json:"distribution"`
	SharingGroup string       `json:"sharing_group_id"`
	OrgID        string       `json:"org_id"`
	OrgcID       string       `json:"orgc_id"`
	Count        string       `json:"attribute_count"`
	Orgc         *org         `json:"Orgc,omitempty"`
	Attribute    []attribute  `json:"Attribute"`
	Object       []mispObject `json:"Object"`
}

type org struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	UUID string `json:"uuid"`
}

type mispObject struct {
	UUID            string      `json:"uuid"`
	Name            string      `json:"name"`
	Category        string      `json:"meta-category"`
	Description     string      `json:"description"`
	TemplateUUID    string      `json:"template_uuid"`
	TemplateVersion string      `json:"template_version"`
	Timestamp       string      `json:"timestamp"`
	Distribution    string      `json:"distribution"`
	SharingGroup    string      `json:"sharing_group_id"`
	EventID         string      `json:"event_id"`
	Comment         string      `json:"comment"`
	Deleted         bool        `json:"deleted"`
	Attribute       []attribute `json:"Attribute"`
}

type attribute struct {
	UUID         string `json:"uuid"`
	Relation     string `json:"object_relation"`
	Type         string `json:"type"`
	Category     string `json:"category"`
	Value        string `json:"value"`
	Data         string `json:"data,omitempty"` // base64, of attachments
	ToIDs        bool   `json:"to_ids"`
	NoLinks      bool   `json:"disable_correlation"`
	Timestamp    string `json:"timestamp"`
	Distribution string `json:"distribution"`
	SharingGroup string `json:"sharing_group_id"`
	EventID      string `json:"event_id"`
	ObjectID     string `json:"object_id"`
	Comment      string `json:"comment"`
	Deleted      bool   `json:"deleted"`
}

// MISP writes a claim as a MISP event, judged or not.
func MISP(r *corpus.Record, o Options) ([]byte, error) {
	var t template
	if err := json.Unmarshal(definition, &t); err != nil {
		return nil, fmt.Errorf("write claim %s for MISP: read the template: %w", r.ID, err)
	}
	e := newEvent(r, o)
	object, err := t.object(r, o)
	if err != nil {
		return nil, fmt.Errorf("write claim %s for MISP: %w", r.ID, err)
	}
	e.Object, e.Count = []mispObject{object}, strconv.Itoa(len(object.Attribute))
	return document(map[string]event{"Event": e})
}

func newEvent(r *corpus.Record, o Options) event {
	came, analysis := outcome.Of(r), analysisInitial
	if r.Latest() != nil {
		analysis = analysisComplete
	}
	e := event{UUID: id(r.ID, "event"), Date: when(r).Format(time.DateOnly), Timestamp: stamp(r),
		Info:        plain.Text(fmt.Sprintf("Claimed defacement of %s, %s: %s", host(r), when(r).Format(time.DateOnly), came), maxInfo),
		PublishedAt: "0", Threat: threatUndefined, Analysis: analysis, Distribution: ownOrganisation, SharingGroup: none, OrgID: none, OrgcID: none, Attribute: []attribute{}}
	if o.Publisher != "" {
		e.Orgc = &org{ID: none, Name: name(o.Publisher), UUID: id("", "organisation", o.Publisher, o.PublisherURL)}
	}
	return e
}

// stamp is when something was last decided about a claim, in seconds.
func stamp(r *corpus.Record) string {
	last := r.Claim.ReadAt
	if v := r.Latest(); v != nil && v.Result != nil {
		last = later(last, v.Result.Claim.ReadAt)
	}
	if a := r.Adjudicated(); a != nil {
		last = later(last, a.At)
	}
	return strconv.FormatInt(max(last.Unix(), 0), 10)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// fact is one attribute to be.
type fact struct{ relation, value, data string }

func (t *template) object(r *corpus.Record, o Options) (mispObject, error) {
	x := mispObject{UUID: id(r.ID, "object"), Name: t.Name, Category: t.Category, Description: t.Description, TemplateUUID: t.UUID,
		TemplateVersion: strconv.Itoa(t.Version), Timestamp: stamp(r), Distribution: inherited, SharingGroup: none, EventID: none}
	seen := map[fact]bool{}
	for _, f := range facts(r, o) {
		if f.value == "" || seen[f] { // two postings may say the same
			continue
		}
		seen[f] = true
		a, ok := t.Attributes[f.relation]
		if !ok {
			return x, errors.New("the template has no attribute " + f.relation)
		}
		category := "Other"
		if len(a.Categories) > 0 {
			category = a.Categories[0]
		}
		x.Attribute = append(x.Attribute, attribute{UUID: id(r.ID, "attribute", f.relation, f.value), Relation: f.relation, Type: a.Type, Category: category,
			Value: f.value, Data: f.data, NoLinks: a.NoLinks, Timestamp: x.Timestamp, Distribution: inherited, SharingGroup: none, EventID: none, ObjectID: none})
	}
	return x, nil
}
