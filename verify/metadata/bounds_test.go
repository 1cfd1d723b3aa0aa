package metadata_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/metadata"
)

// packet is an XMP packet with the namespaces that these tests use.
func packet(inside string) string {
	return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:xmpNote="http://ns.adobe.com/xmp/note/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:junk="http://junk.test/">` +
		inside + `</rdf:Description></rdf:RDF></x:xmpmeta>`
}

func xmpChunk(inside string) []byte {
	return chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+packet(inside))
}

// junk is n statements that matter to nobody.
func junk(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<junk:a%d>x</junk:a%d>", i, i)
	}
	return b.String()
}

func noted(f *metadata.Facts, parts ...string) bool {
	return slices.ContainsFunc(f.Notes, func(n string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(n, p) })
	})
}

func TestAProgramIsFoundBehindAnyNumberOfStatements(t *testing.T) {
	t.Parallel()
	tool := junk(600) + "<xmp:CreatorTool>Adobe Photoshop 26</xmp:CreatorTool>"
	var chunks [][]byte
	for i := range 600 {
		chunks = append(chunks, chunk("tEXt", fmt.Sprintf("Key %d\x00x", i)))
	}
	runs := pngWith(t)[33:] // 250 runs of chunks before the text that names a program
	for range 250 {
		runs = slices.Concat(chunk("teSt", ""), chunk("teSu", ""), runs)
	}
	for name, data := range map[string][]byte{
		"XMP of a PNG":    pngWith(t, xmpChunk(tool)),
		"XMP of a JPEG":   withSegment(jpegAt(t, 16, 16, 75), 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00"+packet(tool))),
		"texts of a PNG":  pngWith(t, append(chunks, chunk("tEXt", "Software\x00Adobe Photoshop 26"))...),
		"many PNG chunks": slices.Concat(pngWith(t)[:33], chunk("tEXt", "Software\x00Adobe Photoshop 26"), runs),
	} {
		f := read(t, data)
		if found, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok || found.Software != "Adobe Photoshop" {
			t.Errorf("%s: not found among %d tags", name, len(f.Tags))
		}
		if !noted(f, "at least 10", "left out") && !noted(f, "more chunks than are listed") {
			t.Errorf("%s: nothing tells of what was left out: %q", name, f.Notes)
		}
	}
}

func TestResourcesAndSegmentsThatNameAProgramAreFoundBehindOthers(t *testing.T) {
	t.Parallel()
	resources := "Photoshop 3.0\x00" + strings.Repeat("8BIM\x04\x01\x00\x00\x00\x00\x00\x00", 300) + "8BIM\x04\x06\x00\x00\x00\x00\x00\x02ab"
	segments := withSegment(jpegAt(t, 16, 16, 75), 0xec, []byte("Ducky\x00\x01"))
	for range 300 {
		segments = withSegment(segments, 0xed, []byte("nothing"))
	}
	for name, data := range map[string][]byte{"resources": withSegment(jpegAt(t, 16, 16, 75), 0xed, []byte(resources)), "segments": segments} {
		f := read(t, data)
		if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok || !noted(f, "than are listed") {
			t.Errorf("%s: %q, %d resources, %d segments", name, f.Notes, len(f.JPEG.Photoshop), len(f.JPEG.Segments))
		}
	}
}

func TestDocumentsAreCountedAndHideNoHistory(t *testing.T) {
	t.Parallel()
	inside := "<photoshop:DocumentAncestors><rdf:Bag>" + strings.Repeat("<rdf:li>xmp.did:a</rdf:li>", 1500) + "</rdf:Bag></photoshop:DocumentAncestors>" +
		`<xmpMM:History><rdf:Seq><rdf:li stEvt:action="created"/><rdf:li stEvt:action="saved" stEvt:softwareAgent="GIMP 2.10"/></rdf:Seq></xmpMM:History>`
	f := read(t, pngWith(t, xmpChunk(inside)))
	found := metadata.Findings(f, metadata.About{})
	if composed, ok := find(found, metadata.KeyComposed); !ok || composed.Value != 1500 || !strings.Contains(composed.Sentence, "their number is 1500.") {
		t.Errorf("%+v", composed)
	}
	if made, ok := find(found, metadata.KeyEditHistory); !ok || made.Value != 2 {
		t.Errorf("%+v", made)
	}
	if _, ok := find(found, metadata.KeyEditor); !ok {
		t.Error("the history's program is lost")
	}
}

func TestAHistoryBeyondTheBoundIsCountedAndTold(t *testing.T) {
	t.Parallel()
	step := `<rdf:li stEvt:action="saved" stEvt:when="2025-01-02T10:00:00Z"/>`
	f := read(t, pngWith(t, xmpChunk("<xmpMM:History><rdf:Seq>"+strings.Repeat(step, 3000)+"</rdf:Seq></xmpMM:History><xmp:CreatorTool>Canva</xmp:CreatorTool>")))
	if f.Lineage == nil || f.Lineage.Length != 3000 || len(f.Lineage.Steps) != 500 || f.Lineage.AtLeast {
		t.Fatalf("%d steps of %d", len(f.Lineage.Steps), f.Lineage.Length)
	}
	if !noted(f, "at least 4000", "history of editing") {
		t.Errorf("%q", f.Notes)
	}
	if _, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditor); !ok {
		t.Error("the program behind the history is lost")
	}
	f = read(t, pngWith(t, xmpChunk(strings.Repeat("<xmpMM:a/>", 100)+"<xmpMM:History><rdf:Seq>"+strings.Repeat(step, 30_000)+"</rdf:Seq></xmpMM:History>")))
	if found, _ := find(metadata.Findings(f, metadata.About{}), metadata.KeyEditHistory); !strings.Contains(found.Sentence, "its length is at least ") || found.Value < 20_000 {
		t.Errorf("a packet that is longer than is read: %+v", found)
	}
}

func TestStatementsThatTellAreBoundedToo(t *testing.T) {
	t.Parallel()
	f := read(t, pngWith(t, xmpChunk(strings.Repeat("<xmp:CreatorTool>x</xmp:CreatorTool>", 700)+"<xmp:CreatorTool>Canva</xmp:CreatorTool>")))
	if len(f.Tags) > 600 || !noted(f, "at least 201", "what they name was not looked at") {
		t.Errorf("%d tags, %q", len(f.Tags), f.Notes)
	}
}

// TestTheMostThatIsKeptFitsWhatAChildMayWrite: what a hostile file makes the child
// say must not be so long that all of it is lost.
func TestTheMostThatIsKeptFitsWhatAChildMayWrite(t *testing.T) {
	t.Parallel()
	long, brackets := strings.Repeat("\x01", 1000), strings.Repeat("&lt;", 1000)
	chunks := [][]byte{xmpChunk(strings.Repeat("<xmp:CreatorTool>"+brackets+"</xmp:CreatorTool>", 100) + strings.Repeat("<junk:a>"+brackets+"</junk:a>", 250) +
		strings.Repeat(`<rdf:li stEvt:action="`+brackets[:800]+`" stEvt:softwareAgent="`+brackets[:800]+`"/>`, 800))}
	for i := range 300 {
		chunks = append(chunks, chunk("tEXt", fmt.Sprintf("Key %d\x00%s", i, long)), chunk("tEXt", "Comment\x00"+long))
	}
	f := read(t, pngWith(t, chunks...))
	if f.PNG == nil || f.Lineage == nil || f.Lineage.Length != 800 || len(f.LeftOut) != 5 {
		t.Fatalf("lost: %q, left out %v", f.Notes, f.LeftOut)
	}
}

// inPieces puts an extended packet into segments of n bytes, after a main one
// that names it. Segments are put in from behind, so that the first is the last.
func inPieces(data []byte, guid, extended string, n int) []byte {
	for at := 0; at < len(extended); at += n {
		part := extended[at:min(len(extended), at+n)]
		b := append([]byte("http://ns.adobe.com/xmp/extension/\x00"), guid...)
		b = binary.BigEndian.AppendUint32(b, uint32(len(extended)))
		b = binary.BigEndian.AppendUint32(b, uint32(at))
		data = withSegment(data, 0xe1, append(b, part...))
	}
	return data
}

func TestExtendedXMPIsJoinedFromItsPieces(t *testing.T) {
	t.Parallel()
	const guid, stranger = "0123456789ABCDEF0123456789ABCDEF", "FEDCBA98765432100123456789ABCDEF"
	long := packet("<junk:a>" + strings.Repeat("y", 150_000) + "</junk:a><xmp:CreatorTool>Adobe Photoshop 26</xmp:CreatorTool>")
	main := []byte("http://ns.adobe.com/xap/1.0/\x00" + packet("<xmpNote:HasExtendedXMP>"+guid+"</xmpNote:HasExtendedXMP>"))
	whole := withSegment(inPieces(jpegAt(t, 16, 16, 75), guid, long, 60_000), 0xe1, main)
	if f := read(t, whole); tag(metadata.XMP, "xmp:CreatorTool")(f) != "Adobe Photoshop 26" || len(f.Notes) > 0 {
		t.Errorf("in pieces: %q, %v", f.Notes, f.Tags)
	}
	left := withSegment(inPieces(jpegAt(t, 16, 16, 75), stranger, long, 60_000), 0xe1, main)
	if f := read(t, left); tag(metadata.XMP, "xmp:CreatorTool")(f) != "" || !noted(f, "does not name") {
		t.Errorf("one that the main packet does not name: %q, %v", f.Notes, f.Tags)
	}
	second := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte(guid), uint32(len(long))), 60_000)
	gap := bytes.Replace(whole, second, append([]byte(stranger), second[len(guid):]...), 1)
	if f := read(t, gap); tag(metadata.XMP, "xmp:CreatorTool")(f) != "" || !noted(f, "only the first 60000 are there") {
		t.Errorf("with a piece missing: %q", f.Notes)
	}
}
