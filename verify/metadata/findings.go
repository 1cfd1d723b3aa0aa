package metadata

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The keys of findings; the package documentation says what each means.
const (
	KeyEditor         = "metadata.editor"
	KeyGenerator      = "metadata.generator"
	KeyConverter      = "metadata.converter"
	KeyEditHistory    = "metadata.edit_history"
	KeyComposed       = "metadata.composed"
	KeyTimeImpossible = "metadata.time_impossible"
	KeyTimeConflict   = "metadata.time_conflict"
	KeyTimeOrder      = "metadata.time_order"
	KeyTimesDiffer    = "metadata.times_differ"
	KeyTimeAgrees     = "metadata.time_agrees"
	KeyResavedLater   = "metadata.resaved_later"
	KeyDirectCapture  = "metadata.direct_capture"
	KeyBrowserEncoder = "metadata.browser_encoder"
	KeyWindowsEncoder = "metadata.windows_encoder"
	KeyReencoded      = "metadata.reencoded"
	KeyEncoder        = "metadata.encoder"
	KeyMisfit         = "metadata.misfit"
	KeyRewritten      = "metadata.rewritten"
	KeyTrailingData   = "metadata.trailing_data"
	KeyThumbnail      = "metadata.thumbnail"
	KeyProvenance     = "metadata.provenance"
	KeyUnbound        = "metadata.provenance_broken"
	KeyExtension      = "metadata.extension"
)

// Finding is one thing in the facts that bears on a claim. There is at most one
// of each key.
type Finding struct {
	Key      string
	Sentence string  // plain and printable; holds no text of the file
	Software string  // the program's usual name, for the findings about programs
	Value    float64 // what Unit says; 0 when there is nothing to measure
	Unit     string  // "hours", "steps", "documents", "bytes", "ratio" or ""
}

// Span is a stretch of time, both ends included; zero when not known.
type Span struct{ From, To time.Time }

// IsZero says whether no time was given.
func (s Span) IsZero() bool { return s.From.IsZero() && s.To.IsZero() }

// About is what is known of the picture from outside.
type About struct {
	Name   string    // file name, for its ending
	Window Span      // when the picture must have been taken if the claim is true
	Posted Span      // when it was posted
	Phone  bool      // the picture shows a phone's screen
	ReadAt time.Time // when the program was given it
}

// Findings returns what the facts say that bears on a claim, in the order of
// the keys above. It is pure and never returns a finding for something absent.
func Findings(f *Facts, about About) []Finding {
	var out []Finding
	add := func(found ...Finding) { out = append(out, found...) }
	programs := f.programsIn()
	add(programFindings(programs)...)
	add(lineageFindings(f)...)
	add(timeFindings(f.Times, about)...)
	add(orderFinding(f.Times)...)
	add(differFinding(f.Times)...)
	add(origin(f, programs)...)
	add(misfitFinding(f, about)...)
	add(containerFindings(f)...)
	add(thumbnailFinding(f)...)
	add(extensionFinding(f, about.Name)...)
	return out
}

// programFindings reports the first program of each class that is more than a
// bystander.
func programFindings(programs []program) []Finding {
	say := []struct {
		class    class
		key      string
		sentence string
	}{
		{editor, KeyEditor, "The file says that it was saved by an image editor: %s. Cropping and blacking out leave the same mark, so it shows that the file is not as it was captured and not that its content was changed."},
		{generator, KeyGenerator, "The file says that it was made by a program that draws pictures and does not capture them: %s."},
		{converter, KeyConverter, "The file names a program that websites and other programs use to convert and scale pictures: %s."},
	}
	var out []Finding
	for _, s := range say {
		names := namesOf(programs, s.class)
		if len(names) > 0 {
			out = append(out, Finding{Key: s.key, Software: names[0], Sentence: fmt.Sprintf(s.sentence, strings.Join(names, ", "))})
		}
	}
	return out
}

func namesOf(programs []program, c class) (names []string) {
	for _, p := range programs {
		if p.class == c {
			names = append(names, p.name)
		}
	}
	return names
}

// containerFindings report marks that no longer fit the file around them, and
// provenance.
func containerFindings(f *Facts) []Finding {
	var out []Finding
	if p := f.PNG; p != nil && p.AppleOffsets != "" && p.AppleOffsets != "fit" && p.AppleOffsets != "unknown layout" {
		out = append(out, Finding{Key: KeyRewritten,
			Sentence: "The file carries a table that Apple's systems write with a screenshot, and the table does not fit the file: another program has written the pixels anew and copied the table."})
	}
	out = append(out, trailingFinding(f)...)
	return append(out, provenanceFindings(f)...)
}

// extensionFinding compares the name's ending with the content, where the
// ending is that of a picture.
func extensionFinding(f *Facts, name string) []Finding {
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return nil
	}
	ending := strings.ToLower(name[dot+1:])
	for format, endings := range endingsByFormat() {
		if format != f.Format && slices.Contains(endings, ending) {
			return []Finding{{Key: KeyExtension,
				Sentence: fmt.Sprintf("The file name ends in .%s and the content is %s. Renaming does this, and so do some websites and messengers.", ending, strings.ToUpper(f.Format))}}
		}
	}
	return nil
}
