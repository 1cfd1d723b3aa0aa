package metadata

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// jumbfBox is a superbox of ISO/IEC 19566-5: a label and what it holds.
type jumbfBox struct {
	label    string
	whole    []byte // the description and all that follows, over which C2PA takes digests
	kind     string // four letters of the first content box that is no superbox
	content  []byte // of that box
	children []jumbfBox
}

const (
	// maxJUMBFDepth is above the four levels of a C2PA store.
	maxJUMBFDepth = 6
	// maxJUMBFBoxes bounds the work for one store; real ones have some dozens.
	maxJUMBFBoxes = 2_000
	// maxLabel is above the labels of C2PA, which are names and numbers.
	maxLabel = 4 * maxName
)

// readJUMBF reads the superboxes in data; what is broken ends the list. False
// means that there may be more of them than are read.
func readJUMBF(data []byte) (boxes []jumbfBox, whole bool) {
	left := maxJUMBFBoxes
	boxes = superboxes(data, 0, &left)
	return boxes, left > 0
}

func superboxes(data []byte, depth int, left *int) (out []jumbfBox) {
	for depth < maxJUMBFDepth {
		kind, body, rest := nextBox(data)
		if kind == "" || *left == 0 {
			return out
		}
		*left--
		if kind == "jumb" {
			out = append(out, superbox(body, depth, left))
		}
		data = rest
	}
	return out
}

// superbox reads a description box and what follows it.
func superbox(body []byte, depth int, left *int) jumbfBox {
	b := jumbfBox{whole: body}
	kind, description, rest := nextBox(body)
	if kind != "jumd" || len(description) < 17 {
		return b
	}
	// 16 bytes of type and one of switches, the second of which announces a label.
	if description[16]&2 != 0 {
		label, _ := zeroTerminated(description[17:])
		b.label = cut(latin1(label), maxLabel)
	}
	b.children = superboxes(rest, depth+1, left)
	if kind, content, _ := nextBox(rest); kind != "jumb" {
		b.kind, b.content = kind, content
	}
	return b
}

// nextBox splits the first box off (ISO/IEC 14496-12, 4.2): a length of four
// bytes or, where that is 1, of eight behind the name; 0 reaches to the end.
func nextBox(b []byte) (kind string, body, rest []byte) {
	if len(b) < 8 {
		return "", nil, nil
	}
	n, head := uint64(binary.BigEndian.Uint32(b)), uint64(8)
	switch {
	case n == 0:
		n = uint64(len(b))
	case n == 1 && len(b) >= 16:
		n, head = binary.BigEndian.Uint64(b[8:]), 16
	}
	if n < head || n > uint64(len(b)) {
		return "", nil, nil
	}
	return chunkName(b[4:8]), b[head:n], b[n:]
}

// child is the first child whose label is this or begins so, followed by the
// number of a repetition or of a version.
func (b *jumbfBox) child(label string) *jumbfBox {
	for i, c := range b.children {
		if c.label == label || len(c.label) > len(label) && c.label[:len(label)] == label && (c.label[len(label)] == '.' || c.label[len(label)] == '_') {
			return &b.children[i]
		}
	}
	return nil
}

// part is the content of the first box of a kind that is no superbox, such as the
// "bidb" of an embedded file, which a description precedes.
func (b *jumbfBox) part(kind string) []byte {
	rest := b.whole
	for range maxJUMBFBoxes {
		var had string
		var content []byte
		if had, content, rest = nextBox(rest); had == kind || had == "" {
			return content
		}
	}
	return nil
}

// span is a stretch of a file, from its first byte to behind its last.
type span struct{ from, to int64 }

// boxParts are the pieces of JUMBF data that lie in a JPEG's APP11 segments
// (ISO/IEC 19566-5, annex D), by the number of the box they belong to.
type boxParts struct {
	data  map[uint16][]boxPart
	count int
}

type boxPart struct {
	number uint32
	body   []byte
	at     span
}

// add takes a segment's payload: "JP", the box's number, the part's number,
// and the box, whose head is repeated in every part.
func (p *boxParts) add(body []byte, at span) {
	if len(body) < 16 || !bytes.HasPrefix(body, []byte("JP")) || p.count >= maxJUMBFBoxes {
		return
	}
	p.count++
	if p.data == nil {
		p.data = map[uint16][]boxPart{}
	}
	box, number := binary.BigEndian.Uint16(body[2:]), binary.BigEndian.Uint32(body[4:])
	part := body[8:]
	if number > 1 {
		head := 8
		if binary.BigEndian.Uint32(part) == 1 {
			head = 16
		}
		part = after(part, head)
	}
	p.data[box] = append(p.data[box], boxPart{number, part, at})
}

// join puts the parts of each box together, boxes by number.
func (p *boxParts) join() (boxes [][]byte, spans [][]span) {
	var numbers []int
	for n := range p.data {
		numbers = append(numbers, int(n))
	}
	sort.Ints(numbers)
	for _, n := range numbers {
		parts := p.data[uint16(n)]
		sort.SliceStable(parts, func(i, j int) bool { return parts[i].number < parts[j].number })
		var data []byte
		var at []span
		for _, part := range parts {
			data, at = append(data, part.body...), append(at, part.at)
		}
		boxes, spans = append(boxes, data), append(spans, at)
	}
	return boxes, spans
}
