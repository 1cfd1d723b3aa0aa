package metadata

// walkGIF reads comments and the identifiers of application extensions. The
// frames are counted elsewhere; their data is stepped over.
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
	case label == 0xff && len(text) >= 11 && len(f.GIF.Applications) < maxEntries:
		f.GIF.Applications = append(f.GIF.Applications, cut(latin1(text[:11]), maxName))
	}
	return rest
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
