package metadata_test

import (
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
