package metadata

import "bytes"

// walkGIF reads comments, XMP, and the identifiers of application extensions.
// The frames are counted elsewhere; their data is stepped over.
func walkGIF(f *Facts, data []byte) {
	f.GIF = &GIF{Version: string(data[3:6]), Applications: []string{}}
	if len(data) < 13 {
		return
	}
	b := after(data, 13+colourTable(data[10]))
	for len(b) > 0 {
		switch b[0] {
		case 0x3b:
			f.trail(b[1:])
			return
		case 0x21:
			b = gifExtension(f, b)
		case 0x2c:
			if len(b) < 10 {
				f.note("The GIF is cut off.")
				return
			}
			b = subBlocks(after(b, 11+colourTable(b[9])), nil)
		default:
			f.note("The GIF has a block of an unknown kind.")
			return
		}
	}
	f.note("The GIF ends without its trailer.")
}

func gifExtension(f *Facts, b []byte) []byte {
	if len(b) < 2 {
		return nil
	}
	label := b[1]
	var text []byte
	rest := subBlocks(b[2:], func(block []byte) {
		if len(text) < maxValue {
			text = append(text, block...)
		}
	})
	switch {
	case label == 0xfe:
		f.tag(Comment, "GIF comment", latin1(text))
	case label == 0xff && len(text) >= 11:
		if bytes.HasPrefix(text, []byte(gifXMP)) && len(b) > 14+len(rest) {
			guard(f, "XMP", func() { readXMP(f, gifPacket(b[14:len(b)-len(rest)])) })
		}
		if len(f.GIF.Applications) == maxEntries {
			f.note("The GIF has more extensions than are listed.")
			return rest
		}
		f.GIF.Applications = append(f.GIF.Applications, cut(latin1(text[:11]), maxName))
	}
	return rest
}

const (
	// gifXMP names the extension that holds XMP.
	gifXMP = "XMP DataXMP"
	// gifTrailer is the length of what follows the packet: 1, then all bytes from
	// 255 down to 0, then the end of the extension. Wherever in the packet a reader
	// of blocks comes out, one of these leads it to the end.
	gifTrailer = 258
)

// gifPacket is the packet in the data of XMP's extension. The specification
// (part 3, section 1.1.2) has it there as it is, without lengths of blocks; some
// programs write it in blocks as other extensions are.
func gifPacket(b []byte) []byte {
	plain := bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) || len(b) > 1 && b[0] == '<' && b[1] != '<'
	if !plain {
		var joined []byte
		subBlocks(b, func(block []byte) { joined = append(joined, block...) })
		return joined
	}
	if n := len(b) - gifTrailer; n > 0 && b[n] == 1 && b[n+1] == 0xff {
		return b[:n]
	}
	return b
}

// subBlocks steps over a chain of blocks, each handed to each when it is not nil.
func subBlocks(b []byte, each func([]byte)) []byte {
	for len(b) > 0 && b[0] != 0 {
		n := int(b[0])
		if each != nil {
			each(b[1:min(len(b), 1+n)])
		}
		b = after(b, 1+n)
	}
	return after(b, 1)
}

func after(b []byte, n int) []byte {
	if n >= len(b) {
		return nil
	}
	return b[n:]
}

func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}
