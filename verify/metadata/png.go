package metadata

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"
)

func (p *PNG) has(name string) bool {
	for _, c := range p.Chunks {
		if c.Name == name {
			return true
		}
	}
	return false
}

// addChunk counts a chunk, joining runs of one name.
func (f *Facts) addChunk(name string, n int64) {
	p := f.PNG
	if k := len(p.Chunks); k > 0 && p.Chunks[k-1].Name == name {
		c := &p.Chunks[k-1]
		c.Count, c.Bytes, c.Last = c.Count+1, c.Bytes+n, n
		return
	}
	if len(p.Chunks) == maxEntries {
		f.note("The PNG has more chunks than are listed.")
		return
	}
	p.Chunks = append(p.Chunks, Chunk{Name: name, Count: 1, First: n, Last: n, Bytes: n})
}

// pngWalk holds what is gathered over several chunks.
type pngWalk struct{ xmp xmpParts }

// walkPNG goes through the chunks up to IEND. The walk costs a step a chunk; a
// checksum is computed for every byte once.
func walkPNG(f *Facts, data []byte) {
	f.PNG = &PNG{Chunks: []Chunk{}, Significant: []int{}, Background: []int{}}
	w := &pngWalk{}
	var pixels [][]byte
	width := 0
	if len(data) >= 20 {
		width = int(binary.BigEndian.Uint32(data[16:])) // of IHDR, which comes first
	}
	defer func() { f.PNG.Stream = pngStream(f.PNG, width, pixels) }()
	for at := 8; ; {
		if len(data)-at < 12 {
			f.note("The PNG ends without its end chunk.")
			return
		}
		n := int64(binary.BigEndian.Uint32(data[at:]))
		name := chunkName(data[at+4 : at+8])
		if n > int64(len(data)-at-12) {
			f.note(fmt.Sprintf("The PNG is cut off in its chunk %s.", name))
			return
		}
		body := data[at+8 : at+8+int(n)]
		if crc32.ChecksumIEEE(data[at+4:at+8+int(n)]) != binary.BigEndian.Uint32(data[at+8+int(n):]) {
			f.PNG.BadChecksums++
		}
		f.addChunk(name, n)
		if name == "IDAT" {
			pixels = append(pixels, body)
		}
		pngChunk(f, w, name, body, data, at)
		at += 12 + int(n)
		if name == "IEND" {
			f.trail(data[at:])
			return
		}
	}
}

// chunkName is the four letters of a chunk, other bytes as dots.
func chunkName(b []byte) string {
	name := []byte{b[0], b[1], b[2], b[3]}
	for i, c := range name {
		if (c|0x20) < 'a' || (c|0x20) > 'z' {
			name[i] = '.'
		}
	}
	return string(name)
}

// pngChunk reads the chunks that speak of the writer; at is where the chunk
// stands in data.
func pngChunk(f *Facts, w *pngWalk, name string, body, data []byte, at int) {
	p := f.PNG
	switch {
	case name == "IHDR" && len(body) == 13:
		p.BitDepth, p.ColourType, p.Interlaced = int(body[8]), int(body[9]), body[12] != 0
	case name == "pHYs" && len(body) == 9:
		p.PixelsPerUnit = [2]int{int(binary.BigEndian.Uint32(body)), int(binary.BigEndian.Uint32(body[4:]))}
		p.PerMetre = body[8] == 1
	case name == "tIME" && len(body) == 7:
		t := time.Date(int(binary.BigEndian.Uint16(body)), time.Month(body[2]), int(body[3]), int(body[4]), int(body[5]), int(body[6]), 0, time.UTC)
		f.tag(Text, "tIME", t.Format(time.RFC3339))
	case name == "iCCP":
		key, rest := zeroTerminated(body)
		p.ICCName = cut(latin1(key), maxName)
		if len(rest) > 1 {
			p.ICCDescribed = iccDescription(inflated(rest[1:]))
		}
	case name == "sRGB":
		p.SRGB = true
		if len(body) == 1 {
			p.Intent = int(body[0])
		}
	case name == "sBIT" && len(body) <= 4:
		p.Significant = []int{}
		for _, b := range body {
			p.Significant = append(p.Significant, int(b))
		}
	case name == "bKGD" && len(body) == 1:
		p.Background = []int{int(body[0])}
	case name == "bKGD" && len(body) <= 6:
		p.Background = words(body)
	case name == "gAMA" && len(body) == 4:
		p.Gamma = int(binary.BigEndian.Uint32(body))
	case name == "tEXt", name == "zTXt", name == "iTXt":
		guard(f, "a text chunk", func() { w.text(f, name, body) })
	case name == "caBX":
		readC2PA(f, body, []span{{int64(at), int64(at + 12 + len(body))}}, data)
	case name == "iDOT":
		p.AppleOffsets = appleOffsets(body, data, at)
	}
}

// words reads numbers of two bytes.
func words(b []byte) []int {
	out := []int{}
	for ; len(b) >= 2; b = b[2:] {
		out = append(out, int(binary.BigEndian.Uint16(b)))
	}
	return out
}

// appleOffsets holds the iDOT chunk of Apple's encoder against the file. It
// names two halves of the picture by their rows, and where from the chunk's own
// start the IDAT of the second half lies; a program that copies the chunk and
// compresses the pixels anew breaks it. The layout is ExifTool's (PNG.pm).
func appleOffsets(body, data []byte, at int) string {
	if len(body) != 28 {
		return "unknown layout"
	}
	v := make([]uint32, 7)
	for i := range v {
		v[i] = binary.BigEndian.Uint32(body[4*i:])
	}
	if v[0] != 2 {
		return "unknown layout"
	}
	height := uint64(binary.BigEndian.Uint32(data[20:]))
	if uint64(v[4])+uint64(v[5]) != height {
		return fmt.Sprintf("rows %d and %d do not make %d", v[4], v[5], height)
	}
	to := uint64(at) + uint64(v[6])
	if to+8 > uint64(len(data)) || string(data[to+4:to+8]) != "IDAT" {
		return "the second half is not where it says"
	}
	return "fit"
}
