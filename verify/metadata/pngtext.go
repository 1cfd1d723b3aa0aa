package metadata

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
)

// xmpKeyword is the keyword of an iTXt chunk that holds an XMP packet.
const xmpKeyword = "XML:com.adobe.xmp"

// maxInflated bounds what a compressed text may grow to.
const maxInflated = 1 << 20

// zeroTerminated splits b at its first zero byte; without one rest is nil.
func zeroTerminated(b []byte) (head, rest []byte) {
	head, rest, _ = bytes.Cut(b, []byte{0})
	return head, rest
}

// text reads one tEXt, zTXt or iTXt chunk.
func (w *pngWalk) text(f *Facts, name string, body []byte) {
	key, value := textOf(f, name, body)
	if string(key) == xmpKeyword {
		w.xmp.packet(f, value)
		return
	}
	if kind, ok := bytes.CutPrefix(key, []byte(profileKeyword)); ok && w.profile(f, kind, key, value) {
		return
	}
	f.tag(Text, latin1(key), latin1(value))
}

// textOf is the keyword of a text chunk and its text, unpacked; nil where that
// cannot be.
func textOf(f *Facts, name string, body []byte) (key, value []byte) {
	key, rest := zeroTerminated(body)
	switch name {
	case "tEXt":
		value = rest
	case "zTXt":
		if len(rest) < 1 || rest[0] != 0 {
			f.note("A compressed text of the PNG has an unknown method.")
			return key, nil
		}
		value = inflate(f, rest[1:])
	case "iTXt":
		value = internationalText(f, rest)
	}
	return key, value
}

// internationalText reads what follows the keyword: compression flag and
// method, language, translated keyword, text.
func internationalText(f *Facts, b []byte) []byte {
	if len(b) < 2 {
		f.note("An international text of the PNG is cut off.")
		return nil
	}
	compressed := b[0] != 0
	_, b = zeroTerminated(b[2:])
	_, b = zeroTerminated(b)
	if compressed {
		return inflate(f, b)
	}
	return b
}

func inflate(f *Facts, b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		f.note("A compressed text of the PNG cannot be opened.")
		return nil
	}
	defer z.Close()
	out, err := io.ReadAll(io.LimitReader(z, maxInflated+1))
	if err != nil {
		f.note(fmt.Sprintf("A compressed text of the PNG is damaged after %d bytes.", len(out)))
	}
	if len(out) > maxInflated {
		f.note("A compressed text of the PNG is longer than is read.")
	}
	return out[:min(len(out), maxInflated)]
}
