package metadata

import (
	"encoding/binary"
	"fmt"
)

// walkWebP lists the RIFF chunks; runs of one name count once.
func walkWebP(f *Facts, data []byte) {
	f.WebP = &WebP{Chunks: []string{}}
	end := int64(binary.LittleEndian.Uint32(data[4:])) + 8
	if end > int64(len(data)) {
		f.note("The WebP is shorter than it says.")
		end = int64(len(data))
	}
	f.trail(data[end:])
	last := ""
	for b := data[12:max(end, 12)]; len(b) >= 8; {
		name, n := webpName(b[:4]), int64(binary.LittleEndian.Uint32(b[4:]))
		switch {
		case name == last:
		case len(f.WebP.Chunks) == maxEntries:
			f.note("The WebP has more chunks than are listed.")
		default:
			f.WebP.Chunks = append(f.WebP.Chunks, name)
		}
		last = name
		if n > int64(len(b)-8) {
			f.note(fmt.Sprintf("The WebP is cut off in its chunk %s.", name))
			return
		}
		switch name {
		case "C2PA":
			at := int64(len(data) - len(b))
			readC2PA(f, b[8:8+n], []span{{at, at + 8 + n}}, data)
		case "ICCP":
			f.WebP.ICC = iccDescription(b[8 : 8+min(n, maxProfile)])
		case "XMP ":
			guard(f, "XMP", func() { readXMP(f, b[8:8+n]) })
		}
		b = b[min(int64(len(b)), 8+n+n&1):]
	}
}

func webpName(b []byte) string {
	name := []byte{b[0], b[1], b[2], b[3]}
	for i, c := range name {
		if c < 0x20 || c > 0x7e {
			name[i] = '.'
		}
	}
	return string(name)
}
