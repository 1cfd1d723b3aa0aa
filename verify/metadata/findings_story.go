package metadata

import (
	"fmt"
	"slices"
	"time"
)

// misfitFinding reports a picture that shows a phone's screen and was written
// by a program that runs neither on phones nor on servers through which a
// phone's picture passes. A messenger's or a library's build says nothing
// against a phone, and an unknown one neither; nor does that of Windows, by
// which a site that runs on .NET saves what is uploaded, nor a browser's, which
// a page's canvas has on a phone as well.
func misfitFinding(f *Facts, about About) []Finding {
	elsewhere := []Class{ClassDesktop, ClassEditor}
	if !about.Phone || f.Encoder == nil || !slices.Contains(elsewhere, f.Encoder.Class) {
		return nil
	}
	return []Finding{{Key: KeyMisfit, Software: f.Encoder.Names[0],
		Sentence: fmt.Sprintf("The picture shows a phone's screen, and the file is built as by %s: it is not as the phone stored it. Opening and saving it on a computer does this, and so do programs that imitate a phone.", f.Encoder.Writer)}}
}

// orderFinding reports a file that was last saved before it was made, whatever
// the time zones: one of the times was written by hand, or a clock was wrong.
func orderFinding(times []Time) []Finding {
	var made, saved Time
	for _, t := range times {
		switch {
		case t.To.Year() < earliest:
		case t.Kind == Created && t.From.After(made.From):
			made = t
		case t.Kind == Modified && t.To.After(saved.To):
			saved = t
		}
	}
	late := made.From.Sub(saved.To)
	if made.From.IsZero() || saved.To.IsZero() || late <= orderSlack {
		return nil
	}
	return []Finding{{Key: KeyTimeOrder, Value: late.Hours(), Unit: "hours",
		Sentence: fmt.Sprintf("The file says that it was made on %s and last saved before that, on %s.", made.plain(), saved.plain())}}
}

// differFinding reports times of making that lie apart, whatever the time zones.
// It is told and weighs nothing: a scan or a drawing that was made of an older
// document has two honest times as well, and so has a picture whose device
// noted where it was long before.
func differFinding(times []Time) []Finding {
	var first, last Time
	for _, t := range times {
		if t.Kind != Created && t.Kind != Located || t.To.Year() < earliest {
			continue
		}
		if first.To.IsZero() || t.To.Before(first.To) {
			first = t
		}
		if last.From.IsZero() || t.From.After(last.From) {
			last = t
		}
	}
	apart := last.From.Sub(first.To)
	if first.To.IsZero() || apart <= orderSlack {
		return nil
	}
	return []Finding{{Key: KeyTimesDiffer, Value: apart.Hours(), Unit: "hours",
		Sentence: fmt.Sprintf("The file names times for its own making that no time zones bring together: %s (%s) and %s (%s). Scans, drawings that began as an older document and clocks that were set wrong look so as well; one of the times may also have been written by hand.",
			first.plain(), first.where(), last.plain(), last.where())}}
}

// where says in which part of the file a time stands, for a reader.
func (t Time) where() string {
	if t.Kind == Located {
		return "of satellites"
	}
	return map[Source]string{EXIF: "EXIF", XMP: "XMP", IPTC: "IPTC", Text: "a text of the PNG"}[t.Source]
}

// orderSlack is how far two clocks that wrote into one file may be apart: a
// picture can be taken on one device and saved on another.
const orderSlack = 24 * time.Hour
