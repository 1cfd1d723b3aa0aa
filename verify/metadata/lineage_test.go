package metadata_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

const historied = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">
<xmpMM:DerivedFrom stRef:instanceID="xmp.iid:1" stRef:documentID="xmp.did:2"/>
<xmpMM:Ingredients><rdf:Bag><rdf:li stRef:documentID="xmp.did:9"/></rdf:Bag></xmpMM:Ingredients>
<photoshop:DocumentAncestors><rdf:Bag><rdf:li>xmp.did:a</rdf:li><rdf:li>xmp.did:b</rdf:li></rdf:Bag></photoshop:DocumentAncestors>
<xmpMM:History><rdf:Seq>
<rdf:li stEvt:action="created" stEvt:when="2025-03-01T10:00:00Z" stEvt:softwareAgent="Adobe Photoshop 26"/>
<rdf:li stEvt:action="&lt;b&gt;" stEvt:parameters="from image/png to image/jpeg"/>
<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:changed>/</stEvt:changed></rdf:li>
</rdf:Seq></xmpMM:History></rdf:Description></rdf:RDF></x:xmpmeta>`

func TestTheStepsAndSourcesOfAFileAreKeptApart(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+historied)))
	l := f.Lineage
	if l == nil || len(l.Steps) != 3 || l.DerivedFrom != "xmp.iid:1" || l.Ancestors != 2 || l.Ingredients != 1 {
		t.Fatalf("%+v", l)
	}
	if s := l.Steps[0]; s.Action != "created" || s.When != "2025-03-01T10:00:00Z" || s.Agent != "Adobe Photoshop 26" {
		t.Errorf("the first: %+v", s)
	}
	if s := l.Steps[2]; s.Action != "saved" || s.Changed != "/" || s.When != "" || s.Parameters != "" {
		t.Errorf("the last: %+v", s)
	}
	found := metadata.Findings(f, metadata.About{})
	history, _ := find(found, metadata.KeyEditHistory)
	if history.Value != 3 || !strings.HasSuffix(history.Sentence, "It names: created, saved.") {
		t.Errorf("%+v", history)
	}
	if composed, ok := find(found, metadata.KeyComposed); !ok || composed.Value != 3 {
		t.Errorf("%+v", composed)
	}
}

func TestAFileWithoutAHistoryHasNoLineage(t *testing.T) {
	t.Parallel()
	if l := read(t, pngWith(t)).Lineage; l != nil {
		t.Errorf("%+v", l)
	}
}

// managed is a packet that holds something in its document's management.
func managed(inside string) string {
	return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#">` +
		inside + `</rdf:Description></rdf:RDF>`
}

// TestStepsAreToldApartByTheListAndNotByWhatTheyGive has three steps, of which
// none gives what the one before it gave.
func TestStepsAreToldApartByTheListAndNotByWhatTheyGive(t *testing.T) {
	t.Parallel()
	want := []metadata.Step{{Action: "created"}, {When: "2025-01-01", Agent: "GIMP"}, {Action: "saved", Changed: "/"}}
	for name, items := range map[string]string{
		"attributes": `<rdf:li stEvt:action="created"/><rdf:li stEvt:when="2025-01-01" stEvt:softwareAgent="GIMP"/><rdf:li stEvt:action="saved" stEvt:changed="/"/>`,
		"elements": `<rdf:li><rdf:Description><stEvt:action>created</stEvt:action></rdf:Description></rdf:li>
			<rdf:li><rdf:Description><stEvt:when>2025-01-01</stEvt:when><stEvt:softwareAgent>GIMP</stEvt:softwareAgent></rdf:Description></rdf:li>
			<rdf:li><rdf:Description stEvt:action="saved"><stEvt:changed>/</stEvt:changed></rdf:Description></rdf:li>`,
		"resources": `<rdf:li rdf:parseType="Resource"><stEvt:action>created</stEvt:action></rdf:li>
			<rdf:li rdf:parseType="Resource"><stEvt:when>2025-01-01</stEvt:when><stEvt:softwareAgent>GIMP</stEvt:softwareAgent></rdf:li>
			<rdf:li rdf:parseType="Resource"><stEvt:action>saved</stEvt:action><stEvt:changed>/</stEvt:changed></rdf:li>`,
		"with empty ones": `<rdf:li/><rdf:li stEvt:action="created"/><rdf:li rdf:resource="x"/><rdf:li stEvt:when="2025-01-01" stEvt:softwareAgent="GIMP"/><rdf:li stEvt:action="saved" stEvt:changed="/"/>`,
		"with a list in one": `<rdf:li stEvt:action="created"/><rdf:li stEvt:when="2025-01-01" stEvt:softwareAgent="GIMP"/>
			<rdf:li><stEvt:action>saved</stEvt:action><stEvt:parameters><rdf:Bag><rdf:li/></rdf:Bag></stEvt:parameters><stEvt:changed>/</stEvt:changed></rdf:li>`,
	} {
		l := metadata.FlattenXMP([]byte(managed("<xmpMM:History><rdf:Seq>" + items + "</rdf:Seq></xmpMM:History>"))).Lineage
		if l == nil || l.Length != 3 || !slices.Equal(l.Steps, want) {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

func TestAnIngredientCountsOnceByWhicheverIdItIsNamed(t *testing.T) {
	t.Parallel()
	for items, want := range map[string]int{
		`<rdf:li stRef:instanceID="xmp.iid:7" stRef:filePath="a.png"/>`:                                                                                                  1,
		`<rdf:li stRef:instanceID="xmp.iid:7" stRef:documentID="xmp.did:7"/>`:                                                                                            1,
		`<rdf:li stRef:instanceID="xmp.iid:7"/><rdf:li stRef:documentID="xmp.did:8"/>`:                                                                                   2,
		`<rdf:li rdf:parseType="Resource"><stRef:documentID>a</stRef:documentID><stRef:instanceID>b</stRef:instanceID></rdf:li>`:                                         1,
		`<rdf:li><rdf:Description stRef:instanceID="b"/></rdf:li><rdf:li><rdf:Description stRef:instanceID="b"/></rdf:li>`:                                               2,
		`<rdf:li stRef:instanceID="b"><stRef:alternatePaths><rdf:Seq><rdf:li>a</rdf:li></rdf:Seq></stRef:alternatePaths><stRef:documentID>c</stRef:documentID></rdf:li>`: 1,
	} {
		l := metadata.FlattenXMP([]byte(managed("<xmpMM:Ingredients><rdf:Bag>" + items + "</rdf:Bag></xmpMM:Ingredients>"))).Lineage
		if l == nil || l.Ingredients != want {
			t.Errorf("%s: %+v", items, l)
		}
	}
}

func TestAFileDerivedFromOneThatAnInstanceNamesIsTold(t *testing.T) {
	t.Parallel()
	if l := metadata.FlattenXMP([]byte(managed(`<xmpMM:DerivedFrom stRef:instanceID="xmp.iid:7"/>`))).Lineage; l == nil || l.DerivedFrom != "xmp.iid:7" {
		t.Errorf("%+v", l)
	}
}
