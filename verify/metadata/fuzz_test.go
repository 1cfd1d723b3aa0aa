package metadata_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

// FuzzStructure drives the walkers of all containers, and on what they find all
// that the parent does with it: times, the writer, and findings. They run here
// without a child: they are ours and must not panic or grow.
func FuzzStructure(f *testing.F) {
	f.Add(pngWith(f, chunk("tEXt", "Software\x00GIMP"), chunk("tEXt", "Creation Time\x002025:03:10 10:00:00"), chunk("iDOT", string(make([]byte, 28)))))
	f.Add(pngWith(f, xmpChunk(`<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2025-01-02"/></rdf:Seq></xmpMM:History>`)))
	f.Add(jpegAt(f, 16, 16, 75))
	f.Add(greedyEXIF(f))
	f.Add(withSegment(jpegAt(f, 8, 8, 50), 0xed, []byte("Photoshop 3.0\x008BIM\x04\x06\x00\x00\x00\x00\x00\x02ab")))
	f.Add(withSegment(inPieces(jpegAt(f, 8, 8, 50), "0123456789ABCDEF0123456789ABCDEF", packet(junk(3)), 100), 0xe1,
		[]byte("http://ns.adobe.com/xap/1.0/\x00"+packet("<xmpNote:HasExtendedXMP>0123456789ABCDEF0123456789ABCDEF</xmpNote:HasExtendedXMP>"))))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00!\xfe\x05hello\x00!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00;"))
	f.Add(withXMP(plainXMP(packet("<xmp:CreatorTool>GIMP</xmp:CreatorTool>"))))
	f.Add([]byte("RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00/\x00\x00\x00\x00\x00\x00\x00\x00\x00PK\x03\x04"))
	f.Add(pngWith(f, packed("Raw profile type APP1", hexProfile("generic", "http://ns.adobe.com/xap/1.0/\x00"+packet("<xmp:CreatorTool>GIMP</xmp:CreatorTool>"))),
		chunk("tEXt", "Raw profile type 8bim\x00"+hexProfile("8bim", string(resource(0x040c, make([]byte, 40)))))))
	f.Add(withJFXX(withXMPThumbnail(jpegAt(f, 8, 8, 50), jpegAt(f, 8, 8, 50)), jpegAt(f, 8, 8, 50)))
	f.Add(webpOf("ICCP", string(profile("desc\x00\x00\x00\x00\x00\x00\x00\x05Mine\x00"))))
	run := metadata.Jobs()[0].Run
	f.Fuzz(func(t *testing.T, data []byte) {
		var out bytes.Buffer
		if run(data, &out) != nil {
			return
		}
		var facts metadata.Facts
		if err := json.Unmarshal(out.Bytes(), &facts); err != nil {
			t.Fatal(err)
		}
		for _, n := range facts.Notes {
			if strings.Contains(n, "broke down") {
				t.Fatal(n)
			}
		}
		if out.Len() > confine.DefaultOutput || facts.Trailing < 0 {
			t.Fatalf("%d bytes of facts, %d trailing", out.Len(), facts.Trailing)
		}
		format, err := picture.Sniff(data)
		if err != nil {
			t.Fatal(err)
		}
		if err := facts.Conclude(string(format)); err != nil {
			t.Fatal(err)
		}
		if len(facts.Thumbnails) > 9 || facts.PNG != nil && len(facts.PNG.Profiles) > 16 {
			t.Fatalf("%d previews, %+v", len(facts.Thumbnails), facts.PNG)
		}
		at := time.Unix(1e9, 0)
		about := metadata.About{Name: "a.png", ReadAt: at, Phone: true, Window: metadata.Span{From: at, To: at}, Posted: metadata.Span{From: at, To: at}}
		seen := map[string]bool{}
		for _, found := range metadata.Findings(&facts, about) {
			if seen[found.Key] || found.Sentence == "" || !utf8.ValidString(found.Sentence) {
				t.Fatalf("%+v", found)
			}
			seen[found.Key] = true
		}
	})
}

// FuzzEXIFBlock drives what is ours of reading EXIF. The library behind it runs in a
// child, because four bytes of a file make it ask for all memory there is.
func FuzzEXIFBlock(f *testing.F) {
	f.Add(pngWith(f, chunk("eXIf", "Exif\x00\x00II*\x00")))
	f.Add(greedyEXIF(f))
	f.Add(withEXIF(f, []byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"), exifOf(exifDirs{main: []entry{ascii(0x131, "GIMP")}})))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPEXIF\x05\x00\x00\x00MM\x00*\x00\x00"))
	f.Add(pngWith(f, packed("Raw profile type exif", hexProfile("exif", "Exif\x00\x00II*\x00\x08\x00\x00\x00"))))
	f.Add([]byte("UNICODE\x00a\x00b\x00"))
	f.Add([]byte("UNICODE\x00\xfe\xff\x4e\x2d"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if format, err := picture.Sniff(data); err == nil {
			for _, block := range metadata.EXIFBlocks(format, data) {
				if len(block) > max(len(data), 1<<20) { // a profile may be packed
					t.Fatalf("a block of %d bytes in %d", len(block), len(data))
				}
			}
		}
		if text := metadata.UndefinedText(data); len(text) > 100 && len(text) > 4*len(data) {
			t.Fatalf("text grows: %q", text)
		}
		if len(metadata.UserComment(data)) > 3*len(data)+40 || len(metadata.WideText(data)) > 3*len(data) {
			t.Fatalf("text grows: %q", data)
		}
	})
}

func FuzzRawProfile(f *testing.F) {
	f.Add([]byte(hexProfile("iptc", string(resource(0x0404, []byte("\x1c\x02\x41\x00\x04GIMP"))))))
	f.Add([]byte(hexProfile("exif", "Exif\x00\x00MM\x00*\x00\x00\x00\x08")))
	f.Add([]byte(hexProfile("xmp", "<?xpacket?>")))
	f.Add([]byte("\nexif\n 4294967295\nab0"))
	f.Add([]byte("\n\n0\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		data, whole, ok := metadata.RawProfile(text)
		if len(data) > len(text)/2 || ok != (len(data) > 0) || whole && !ok {
			t.Fatalf("%d bytes of %d, whole %t, read %t", len(data), len(text), whole, ok)
		}
		for _, part := range metadata.ProfileParts(data) {
			if part != nil && (len(part) == 0 || len(part) > len(data)) {
				t.Fatalf("a part of %d bytes of %d", len(part), len(data))
			}
		}
	})
}

func FuzzXMP(f *testing.F) {
	f.Add([]byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="T"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Canva"/></rdf:RDF></x:xmpmeta>`))
	f.Add([]byte("<a><b"))
	f.Fuzz(func(t *testing.T, packet []byte) {
		f := metadata.FlattenXMP(packet)
		if l := f.Lineage; l != nil && (len(l.Steps) > l.Length || l.Length+l.Ancestors+l.Ingredients == 0 && l.DerivedFrom == "") {
			t.Fatalf("%+v", l)
		}
		for _, tag := range f.Tags {
			if len(tag.Value) > 3000 || !utf8.ValidString(tag.Value) || !utf8.ValidString(tag.Name) {
				t.Fatalf("%q", tag)
			}
		}
	})
}

func FuzzTime(f *testing.F) {
	for _, s := range []string{"2025:03:10 10:00:00", "2025-03-10T10:00:00Z", "Mon, 10 Mar 2025 10:00:00 +0100", "20250310"} {
		f.Add(s, "+02:00")
	}
	f.Add("2025:03:10", `["10/1","0/1","11/2"]`)
	f.Fuzz(func(t *testing.T, text, zone string) {
		if at, ok := metadata.TimeOf(text, zone); ok && at.To.Before(at.From) {
			t.Fatalf("%q ends before it begins: %+v", text, at)
		}
		for _, at := range metadata.SatelliteTimes(text, zone) {
			if at.To.Before(at.From) || at.To.Sub(at.From) > 24*time.Hour {
				t.Fatalf("%q and %q: %+v", text, zone, at)
			}
		}
	})
}

func TestXMPNamesKeepTheirUsualPrefixWhateverTheWriterChose(t *testing.T) {
	t.Parallel()
	f := metadata.FlattenXMP([]byte(`<?xpacket?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
		<rdf:Description xmlns:q="http://ns.adobe.com/xap/1.0/" xmlns:l="http://ns.adobe.com/lightroom/1.0/" l:weightedFlatSubject="a" xmlns:mm="http://ns.adobe.com/xap/1.0/mm/" xmlns:e="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" q:CreateDate="2025-01-02">
		<q:CreatorTool>Adobe Photoshop 26</q:CreatorTool>
		<mm:History><rdf:Seq><rdf:li e:action="created"/><rdf:li><rdf:Description><e:action>saved</e:action></rdf:Description></rdf:li></rdf:Seq></mm:History>
		</rdf:Description></rdf:RDF></x:xmpmeta>`))
	if tag(metadata.XMP, "lr:weightedFlatSubject")(f) != "a" || tag(metadata.XMP, "xmp:CreatorTool")(f) != "Adobe Photoshop 26" || tag(metadata.XMP, "xmp:CreateDate")(f) != "2025-01-02" ||
		all(metadata.XMP, "stEvt:action")(f) != "created, saved" {
		t.Errorf("got %+v", f.Tags)
	}
}

func TestAGeneratorNamedInIPTCsExtensionIsFound(t *testing.T) {
	t.Parallel()
	f := metadata.FlattenXMP([]byte(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
		xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/></rdf:RDF></x:xmpmeta>`))
	if got, ok := find(metadata.Findings(f, metadata.About{}), metadata.KeyGenerator); !ok || got.Software != "an unnamed image generator" {
		t.Errorf("%+v", f.Tags)
	}
}
