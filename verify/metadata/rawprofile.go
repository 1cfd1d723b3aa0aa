package metadata

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"strconv"
)

// ImageMagick, and programs after its example, keep in a text of a PNG what has no
// chunk of its own: a line with its kind, one with its length, and hexadecimal
// digits in lines. What it is tells the content better than the kind: APP1 is EXIF
// or XMP, and iptc is bare or among Photoshop's resources.
const (
	// profileKeyword begins the keyword of such a text; the kind follows.
	profileKeyword = "Raw profile type "
	// maxProfiles is above the handful of kinds that there are.
	maxProfiles = 16
)

// rawProfile decodes the text of a profile, of which it must have the form. Cut
// off or damaged, it is what there is before that, and whole is false.
func rawProfile(text []byte) (data []byte, whole, ok bool) {
	text = text[:min(len(text), maxInflated)]
	text, ok = bytes.CutPrefix(text, []byte("\n"))
	_, text, named := bytes.Cut(text, []byte("\n"))
	length, digits, sized := bytes.Cut(text, []byte("\n"))
	n, err := strconv.ParseUint(string(bytes.TrimSpace(length)), 10, 32)
	if !ok || !named || !sized || err != nil {
		return nil, false, false
	}
	packed := bytes.Join(bytes.Fields(digits), nil)
	data = make([]byte, len(packed)/2)
	got, _ := hex.Decode(data, packed[:len(packed)&^1]) // what stands before a wrong digit serves as well
	if data = data[:min(uint64(got), n)]; len(data) == 0 {
		return nil, false, false
	}
	return data, uint64(len(data)) == n, true
}

// profile takes a text that holds a profile, and gives what this walk reads of it
// to its readers; EXIF and IPTC are those of other children. False means that it
// is a text like others.
func (w *pngWalk) profile(f *Facts, kind, key, text []byte) bool {
	if len(f.PNG.Profiles) == maxProfiles {
		f.note("The PNG holds more raw profiles than are read.")
		return false
	}
	data, whole, ok := rawProfile(text)
	if !ok {
		f.note("A raw profile among the PNG's texts cannot be decoded.")
		return false
	}
	if !whole {
		f.note(fmt.Sprintf("A raw profile among the PNG's texts is cut off or damaged after %d bytes.", len(data)))
	}
	f.tag(Text, latin1(key), fmt.Sprintf("(%d bytes)", len(data)))
	f.PNG.Profiles = append(f.PNG.Profiles, cut(latin1(kind), maxName))
	if packet := profileXMP(data); packet != nil {
		w.xmp.packet(f, packet)
	}
	for id, body := range resources(bytes.TrimPrefix(data, photoshopHead)) {
		photoshopPreview(f, id, body)
	}
	return true
}

// profileXMP is the packet in a profile, nil when it holds none.
func profileXMP(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte(xmpHead))
	if start := bytes.TrimLeft(data, "\xef\xbb\xbf \r\n\t"); bytes.HasPrefix(start, []byte("<?xpacket")) || bytes.HasPrefix(start, []byte("<x:xmpmeta")) {
		return data
	}
	return nil
}

// profileEXIF is the TIFF block in a profile, nil when it holds none.
func profileEXIF(data []byte) []byte {
	block := bytes.TrimPrefix(data, exifHead)
	if bytes.HasPrefix(block, []byte("II*\x00")) || bytes.HasPrefix(block, []byte("MM\x00*")) {
		return block
	}
	return nil
}

// profileIPTC are the records of IPTC in a profile, nil when it holds none.
func profileIPTC(data []byte) []byte {
	data = bytes.TrimPrefix(data, photoshopHead)
	if bytes.HasPrefix(data, []byte{iptcMark}) {
		return data
	}
	for id, body := range resources(data) {
		if id == iptcResource && bytes.HasPrefix(body, []byte{iptcMark}) {
			return body
		}
	}
	return nil
}

// iptcMark begins each record of IPTC.
const iptcMark = 0x1c

// firstProfile is what a PNG's first raw profile holds of which part makes
// something, else nil.
func firstProfile(data []byte, part func([]byte) []byte) []byte {
	seen := 0
	for name, body := range pngChunks(data) {
		kind, ok := bytes.CutPrefix(body, []byte(profileKeyword))
		if !ok || len(kind) == 0 || name != "tEXt" && name != "zTXt" && name != "iTXt" {
			continue
		}
		if seen++; seen > maxProfiles {
			return nil
		}
		_, text := textOf(&Facts{}, name, body) // the walk of the structure notes what is wrong with it
		if profile, _, ok := rawProfile(text); ok {
			if found := part(profile); found != nil {
				return found
			}
		}
	}
	return nil
}

// pngChunks goes through the chunks of a PNG that are there in full.
func pngChunks(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for b := data[min(len(data), 8):]; len(b) >= 12; {
			n := int64(binary.BigEndian.Uint32(b))
			if n > int64(len(b)-12) || !yield(string(b[4:8]), b[8:8+n]) {
				return
			}
			b = b[12+n:]
		}
	}
}
