package metadata

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify/picture"
)

// The kinds of what can follow a picture; pictures go by their format's name.
const (
	trailingZIP = "zip"
	trailingMP4 = "mp4"
)

// trailingKind is another kind of file that can follow, known by its first
// bytes alone.
type trailingKind struct {
	name   string
	begins []string
	words  string // for a sentence about what follows
}

// trailingKinds leaves out what two letters announce, as programs of Windows:
// chance makes those too often.
func trailingKinds() []trailingKind {
	return []trailingKind{
		{"pdf", []string{"%PDF-"}, "a PDF document"},
		{"rar", []string{"Rar!\x1a\x07"}, "a RAR archive"},
		{"7z", []string{"7z\xbc\xaf\x27\x1c"}, "a 7z archive"},
		{"gzip", []string{"\x1f\x8b\x08"}, "a gzip archive"},
		{"html", []string{"<!DOCTYPE html", "<!doctype html", "<html", "<HTML"}, "a web page (HTML)"},
		{"php", []string{"<?php"}, "a program in PHP"},
	}
}

// trail notes what follows the end of the picture.
func (f *Facts) trail(rest []byte) {
	f.Trailing = int64(len(rest))
	f.TrailingLike, f.TrailingEnd = beginsLike(rest), endsLikePicture(rest)
}

// beginsLike names the kind of file that b begins like, "" for none that is
// known. An archive is known by its end as well, where its table is.
func beginsLike(b []byte) string {
	b = bytes.TrimLeft(b, "\x00\r\n")
	begins := func(at int, s string) bool { return len(b) >= at && bytes.HasPrefix(b[at:], []byte(s)) }
	switch {
	case begins(0, "\xff\xd8\xff"):
		return string(picture.JPEG)
	case begins(0, "\x89PNG\r\n\x1a\n"):
		return string(picture.PNG)
	case begins(0, "GIF87a"), begins(0, "GIF89a"):
		return string(picture.GIF)
	case begins(0, "RIFF") && begins(8, "WEBP"):
		return string(picture.WebP)
	case bytes.Contains(b[:min(len(b), 8)], []byte("ftyp")), // behind its length, whose zeros may be gone
		bytes.Contains(b[:min(len(b), 64)], []byte("MotionPhoto_Data")): // Samsung's
		return trailingMP4
	}
	for _, k := range trailingKinds() {
		if slices.ContainsFunc(k.begins, func(s string) bool { return begins(0, s) }) {
			return k.name
		}
	}
	if begins(0, "PK\x03\x04") || bytes.Contains(b[max(0, len(b)-zipTail):], []byte("PK\x05\x06")) {
		return trailingZIP
	}
	return ""
}

// inWords says what a kind is that is known by its first bytes, "" for others.
func inWords(kind string) string {
	for _, k := range trailingKinds() {
		if k.name == kind {
			return k.words
		}
	}
	return ""
}

// zipTail is how far from the end of an archive the record lies that ends its
// table: 22 bytes and a comment of up to 64 KiB.
const zipTail = 22 + 1<<16 - 1

// endsLikePicture says whether b ends as a JPEG, a GIF or a PNG does, the last
// with or without something behind. By chance one in some 30,000 does.
func endsLikePicture(b []byte) bool {
	bare := bytes.TrimRight(b, "\x00")
	return bytes.HasSuffix(bare, []byte("\xff\xd9")) || bytes.HasSuffix(bare, []byte("\x00;")) ||
		bytes.Contains(b, []byte("IEND\xae\x42\x60\x82"))
}

// trailingFinding reports what follows the picture, where it looks like a file
// or a file's rest and the format does not provide for it.
func trailingFinding(f *Facts) []Finding {
	say := func(sentence string, args ...any) []Finding {
		return []Finding{{Key: KeyTrailingData, Value: float64(f.Trailing), Unit: "bytes",
			Sentence: fmt.Sprintf("After the end of the picture follow %d bytes that ", f.Trailing) + fmt.Sprintf(sentence, args...)}}
	}
	switch {
	case f.JPEG != nil && f.TrailingLike == trailingMP4, f.TrailingLike == string(picture.JPEG) && f.announcesMore():
		return nil
	case f.TrailingLike == trailingMP4:
		return say("begin like a film (MP4). Some cameras, programs and services append such data; what the picture shows does not depend on it.")
	case f.TrailingLike == trailingZIP:
		return say("look like a ZIP archive. Some programs and services append such data; what the picture shows does not depend on it.")
	case inWords(f.TrailingLike) != "":
		return say("begin like %s. Some programs and services append such data; what the picture shows does not depend on it.", inWords(f.TrailingLike))
	case f.TrailingLike != "":
		return say("begin like another picture (%s). Some cameras, programs and services append such data; what the picture shows does not depend on it.", strings.ToUpper(f.TrailingLike))
	case f.TrailingEnd:
		return say("end like another picture, as when a tool crops a screenshot in place and leaves the rest of the old file.")
	}
	return nil
}

// announcesMore says whether the file says itself that further pictures follow:
// in a segment of the Multi-Picture Format (CIPA DC-007), as phones do for
// brightness and depth, or in the directory that Google's cameras write into XMP.
func (f *Facts) announcesMore() bool {
	return f.JPEG != nil && f.JPEG.hasSegment("APP2 (MPF") ||
		slices.ContainsFunc(f.Tags, func(t Tag) bool { return t.Source == XMP && strings.HasPrefix(t.Name, "GContainerItem:") })
}
