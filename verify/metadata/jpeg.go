package metadata

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// The markers that are read (ITU T.81, table B.1).
const (
	mTEM, mSOF0, mSOF2, mDHT, mJPG, mDAC = 0x01, 0xc0, 0xc2, 0xc4, 0xc8, 0xcc
	mRST0, mRST7, mSOI, mEOI, mSOS, mDQT = 0xd0, 0xd7, 0xd8, 0xd9, 0xda, 0xdb
	mDRI, mAPP0, mAPP1, mAPP2, mAPP11    = 0xdd, 0xe0, 0xe1, 0xe2, 0xeb
	mAPP12, mAPP13, mAPP14, mAPP15, mCOM = 0xec, 0xed, 0xee, 0xef, 0xfe
)

// walkJPEG goes through the marker segments up to the end of the picture.
func walkJPEG(f *Facts, data []byte) {
	f.JPEG = &JPEG{Segments: []string{}, Photoshop: []int{}, Adobe: []int{}, AdobeColour: -1}
	w := &jpegWalk{}
	defer func() { w.finish(f, data) }()
	for at := 2; ; {
		m, next := nextMarker(data, at)
		switch {
		case m < 0:
			f.note("The JPEG ends without its end marker.")
			return
		case m == mEOI:
			f.trail(data[next:])
			return
		case m == mTEM || m >= mRST0 && m <= mSOI:
			at = next
			continue
		}
		if next+2 > len(data) {
			f.note("The JPEG is cut off.")
			return
		}
		n := int(binary.BigEndian.Uint16(data[next:]))
		if n < 2 || next+n > len(data) {
			f.note("The JPEG is cut off in its segment " + markerName(m, nil) + ".")
			return
		}
		body := data[next+2 : next+n]
		f.addSegment(markerName(m, body))
		if m == mAPP11 {
			w.boxes.add(body, span{int64(next - 2), int64(next + n)})
		}
		jpegSegment(f, m, body, w)
		at = next + n
	}
}

// nextMarker finds the next marker from at on, which skips the coded data of a
// scan (there 0xff is followed by 0), and returns where its payload begins; -1
// when there is none.
func nextMarker(data []byte, at int) (marker, next int) {
	for at < len(data) {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 {
			break
		}
		at += i
		for at < len(data) && data[at] == 0xff {
			at++
		}
		if at < len(data) && data[at] != 0 {
			return int(data[at]), at + 1
		}
	}
	return -1, len(data)
}

// addSegment lists a segment. One that names a program is listed behind however
// many others.
func (f *Facts) addSegment(name string) {
	j := f.JPEG
	if len(j.Segments) < maxEntries || strings.HasPrefix(name, savedForWeb) && !j.hasSegment(savedForWeb) {
		j.Segments = append(j.Segments, name)
		return
	}
	f.note("The JPEG has more segments than are listed.")
}

// savedForWeb begins the name of the segment that Adobe's Save for Web leaves.
const savedForWeb = "APP12 (Ducky"

// markerName is the name of a marker, with the identifier of an APPn segment.
func markerName(m int, body []byte) string {
	switch {
	case m >= mAPP0 && m <= mAPP15:
		return "APP" + strconv.Itoa(m-mAPP0) + identifier(body)
	case m == mDHT:
		return "DHT"
	case isSOF(m):
		return "SOF" + strconv.Itoa(m-mSOF0)
	}
	if name, ok := map[int]string{mSOS: "SOS", mDQT: "DQT", mDRI: "DRI", mCOM: "COM", mJPG: "JPG", mDAC: "DAC"}[m]; ok {
		return name
	}
	return fmt.Sprintf("%02X", m)
}

// identifier is the word that an APPn payload begins with, in brackets.
func identifier(body []byte) string {
	word := body[:min(len(body), 40)]
	for i, c := range word {
		if c < 0x20 || c > 0x7e {
			word = word[:i]
			break
		}
	}
	if len(word) < 2 {
		return ""
	}
	return " (" + string(word) + ")"
}

func isSOF(m int) bool { return m >= mSOF0 && m <= 0xcf && m != mDHT && m != mJPG && m != mDAC }

// jpegSegment reads the segments that speak of the writer.
func jpegSegment(f *Facts, m int, body []byte, w *jpegWalk) {
	j := f.JPEG
	switch {
	case isSOF(m):
		frameHeader(j, m, body)
	case m == mDQT:
		quantTables(body, &w.tables)
	case m == mDHT:
		w.huffman(body)
	case m == mDRI && len(body) == 2:
		j.Restart = int(binary.BigEndian.Uint16(body))
	case m == mAPP2 && bytes.HasPrefix(body, iccHead) && len(body) > len(iccHead)+2:
		w.profile = append(w.profile, body[len(iccHead)+2:]...)
	case m == mCOM:
		f.tag(Comment, "COM", latin1(body))
	case m == mAPP0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 12:
		j.JFIF = fmt.Sprintf("%d.%d", body[5], body[6])
		unit := [3]string{"", " dpi", " per cm"}[min(body[7], 2)]
		j.Density = fmt.Sprintf("%dx%d%s", binary.BigEndian.Uint16(body[8:]), binary.BigEndian.Uint16(body[10:]), unit)
	case m == mAPP0:
		jfxxPreview(f, body)
	case m == mAPP1 && !bytes.HasPrefix(body, exifHead):
		guard(f, "XMP", func() { w.xmp.segment(f, body) })
	case m == mAPP13 && bytes.HasPrefix(body, photoshopHead):
		photoshop(f, body[len(photoshopHead):])
	case m == mAPP14 && bytes.HasPrefix(body, []byte("Adobe")) && len(body) >= 12:
		j.Adobe, j.AdobeColour = words(body[5:11]), int(body[11])
	}
}

func frameHeader(j *JPEG, m int, b []byte) {
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return
	}
	j.Bits = int(b[0])
	j.Progressive, j.Components, j.ComponentID = m == mSOF2, int(b[5]), componentIDs(b)
	if b[5] < 3 {
		return
	}
	j.Subsampling = subsampling(b[7], b[10], b[13])
}

// subsampling names how much coarser both colour components are than luma, by
// their factors across (high half byte) and down; "other" for what has no name.
func subsampling(luma, first, second byte) string {
	if first != second || first>>4 == 0 || first&15 == 0 || luma>>4%(first>>4) != 0 || luma&15%(first&15) != 0 {
		return "other"
	}
	across, down := luma>>4/(first>>4), luma&15/(first&15)
	name, ok := map[[2]byte]string{{1, 1}: "4:4:4", {2, 1}: "4:2:2", {2, 2}: "4:2:0", {1, 2}: "4:4:0", {4, 1}: "4:1:1"}[[2]byte{across, down}]
	if !ok {
		return "other"
	}
	return name
}

// photoshopHead announces Photoshop's resources.
var photoshopHead = []byte("Photoshop 3.0\x00")

// photoshop lists the 8BIM resources.
func photoshop(f *Facts, b []byte) {
	for id, body := range resources(b) {
		f.addResource(id)
		photoshopPreview(f, id, body)
	}
}

// resources goes through the 8BIM resources that are there in full: id, a padded
// name, a length, a body.
func resources(b []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for len(b) >= 12 && string(b[:4]) == "8BIM" {
			id := int(binary.BigEndian.Uint16(b[4:]))
			skip := 6 + (int(b[6])+2)&^1
			if skip+4 > len(b) {
				return
			}
			n := int64(binary.BigEndian.Uint32(b[skip:]))
			if n > int64(len(b)-skip-4) || !yield(id, b[skip+4:skip+4+int(n)]) {
				return
			}
			b = b[min(len(b), skip+4+int(n+n&1)):]
		}
	}
}

// photoshopPreview takes the preview that is a resource.
func photoshopPreview(f *Facts, id int, body []byte) {
	if id == thumbnailResource && len(body) > thumbnailHead {
		f.addPreview(thumbnail(inPhotoshop, body[thumbnailHead:]))
	}
}

// addResource lists a resource. The one that names its program is listed behind
// however many others.
func (f *Facts) addResource(id int) {
	j := f.JPEG
	if len(j.Photoshop) < maxEntries || id == qualityResource && !slices.Contains(j.Photoshop, id) {
		j.Photoshop = append(j.Photoshop, id)
		return
	}
	f.note("The JPEG has more of Photoshop's resources than are listed.")
}

const (
	// thumbnailResource is Photoshop's id for a JPEG thumbnail.
	thumbnailResource = 0x040c
	// thumbnailHead is what stands before the JPEG there: its kind and sizes.
	thumbnailHead = 28
	// iptcResource is Photoshop's id for IPTC.
	iptcResource = 0x0404
	// qualityResource is where Photoshop keeps the quality it saved a JPEG with;
	// programs that only store IPTC do not write it.
	qualityResource = 0x0406
)

// hasSegment says whether a segment's name begins so.
func (j *JPEG) hasSegment(prefix string) bool {
	for _, s := range j.Segments {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}
