package metadata

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxTokens bounds the work for one packet; the longest honest history seen
// has about 5,000.
const maxTokens = 50_000

// maxXMP is above any packet but those that hold pictures.
const maxXMP = 4 << 20

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// prefixes are the usual short names of the namespaces that matter here; the
// packet's own prefixes are the writer's free choice and are not kept by the
// XML reader.
func prefixes() map[string]string {
	return map[string]string{
		"http://ns.adobe.com/xap/1.0/":                     "xmp",
		"http://ns.adobe.com/xap/1.0/mm/":                  "xmpMM",
		"http://ns.adobe.com/xap/1.0/sType/ResourceEvent#": "stEvt",
		"http://ns.adobe.com/xap/1.0/sType/ResourceRef#":   "stRef",
		"http://ns.adobe.com/photoshop/1.0/":               "photoshop",
		"http://ns.adobe.com/exif/1.0/":                    "exif",
		"http://ns.adobe.com/tiff/1.0/":                    "tiff",
		"http://purl.org/dc/elements/1.1/":                 "dc",
		"http://ns.adobe.com/pdf/1.3/":                     "pdf",
		"http://ns.adobe.com/xmp/note/":                    "xmpNote",
		"http://www.gimp.org/xmp/":                         "GIMP",
		"http://ns.adobe.com/camera-raw-settings/1.0/":     "crs",
		"http://ns.adobe.com/exif/1.0/aux/":                "aux",
		"http://cipa.jp/exif/1.0/":                         "exifEX",
		"http://ns.adobe.com/xap/1.0/rights/":              "xmpRights",
		"http://ns.adobe.com/xap/1.0/g/img/":               "xmpGImg",
		"http://ns.adobe.com/xap/1.0/t/pg/":                "xmpTPg",
		"http://ns.google.com/photos/1.0/panorama/":        "GPano",
		"http://ns.google.com/photos/1.0/container/item/":  "GContainerItem",
		"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/":      "Iptc4xmpCore",
		"http://iptc.org/std/Iptc4xmpExt/2008-02-29/":      "Iptc4xmpExt",
		"http://ns.adobe.com/lightroom/1.0/":               "lr",
		"http://ns.useplus.org/ldf/xmp/1.0/":               "plus",
		"http://ns.acdsee.com/iptc/1.0/":                   "acdsee",
		"http://xmp.gettyimages.com/gift/1.0/":             "GettyImagesGIFT",
		"http://darktable.sf.net/":                         "darktable",
		"adobe:ns:meta/":                                   "x",
	}
}

// readXMP flattens a packet: every attribute and every text becomes a tag named
// after it or after the nearest element that is not RDF's own, in order. Lists
// and the events of an edit history thus repeat their names.
func readXMP(f *Facts, packet []byte) {
	if len(packet) > maxXMP {
		f.note("XMP is longer than is read.")
		packet = packet[:maxXMP]
		defer f.atLeast()
	}
	d := xml.NewDecoder(bytes.NewReader(packet))
	d.Strict = false
	known := prefixes()
	var open []string
	previews := &xmpPreviews{}
	defer func() { previews.keep(f) }()
	state := func(name, value string) { f.state(within(open, name), previews.take(open, name, value)) }
	for range maxTokens {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			f.note(fmt.Sprintf("XMP could not be read in full: %v.", err))
			f.atLeast()
			return
		}
		switch t := t.(type) {
		case xml.StartElement:
			declare(known, t.Attr)
			if isEntry(known, t.Name, open) {
				f.nextEntry()
			}
			open = append(open, element(known, t, open))
			for _, a := range t.Attr {
				if name := qualified(known, a.Name); name != "" {
					state(name, a.Value)
				}
			}
		case xml.EndElement:
			open = open[:max(0, len(open)-1)]
		case xml.CharData:
			if len(open) > 0 && open[len(open)-1] != "" {
				state(open[len(open)-1], string(t))
			}
		}
	}
	f.note("XMP is longer than is read.")
	f.atLeast()
}

// state takes a statement of a packet.
func (f *Facts) state(name, value string) {
	if value = strings.Trim(value, " \t\r\n\x00"); value != "" {
		f.descend(name, value)
		f.tag(XMP, name, value)
	}
}

// atLeast notes that more of a lineage may stand in what was not read.
func (f *Facts) atLeast() {
	if f.Lineage != nil {
		f.Lineage.AtLeast = true
	}
}

// element is the name that text within an element goes by: its own, or that of
// the element around it when it is RDF's own.
func element(known map[string]string, t xml.StartElement, open []string) string {
	if name := qualified(known, t.Name); name != "" {
		return name
	}
	if len(open) > 0 {
		return open[len(open)-1]
	}
	return ""
}

// isEntry says whether an element is an entry of a list that tells where the file
// comes from; lists within an entry have a field's name around them.
func isEntry(known map[string]string, n xml.Name, open []string) bool {
	return n.Local == "li" && qualified(known, n) == "" && len(open) > 0 && strings.HasPrefix(open[len(open)-1], "xmpMM:")
}

// within puts before a reference's field which reference it belongs to: the
// same fields name what a document was made from, and its parts.
func within(open []string, name string) string {
	if !strings.HasPrefix(name, "stRef:") {
		return name
	}
	for i := len(open) - 1; i >= 0; i-- {
		if strings.HasPrefix(open[i], "xmpMM:") {
			return open[i] + "/" + name
		}
	}
	return name
}

// declare learns the prefixes that a packet declares, which RawToken leaves
// untranslated: "xmlns:p" maps p to a namespace, and known maps on to our name.
func declare(known map[string]string, attrs []xml.Attr) {
	for _, a := range attrs {
		if a.Name.Space == "xmlns" && len(known) < maxEntries {
			known["xmlns:"+a.Name.Local] = a.Value
		}
	}
}

// qualified is a name with its usual prefix, "" for names of XML and RDF.
func qualified(known map[string]string, n xml.Name) string {
	space, ok := known["xmlns:"+n.Space]
	switch {
	case n.Space == "xmlns" || n.Space == "xml" || n.Local == "xmlns" || space == rdf || n.Space == "rdf" && !ok:
		return ""
	case n.Space == "":
		return n.Local
	}
	if short, ok := known[space]; ok {
		return short + ":" + n.Local
	}
	if ok {
		return lastWord(space) + ":" + n.Local
	}
	return n.Space + ":" + n.Local
}

// lastWord is the part of a namespace that tells it apart: the last step of its
// path that is not a version.
func lastWord(space string) string {
	steps := strings.FieldsFunc(space, func(r rune) bool { return r == '/' || r == '#' })
	for len(steps) > 1 && strings.Trim(steps[len(steps)-1], "0123456789.") == "" {
		steps = steps[:len(steps)-1]
	}
	if len(steps) == 0 {
		return "xmp"
	}
	return steps[len(steps)-1]
}
