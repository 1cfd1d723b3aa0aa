// Package plain makes text that others wrote safe to print: page titles,
// dialogs, file names, metadata, certificate names. Such text may carry escape
// sequences for a terminal, bidirectional overrides that reverse the reading
// order of a verdict, zero-width characters, formulas for a spreadsheet, or a
// link that somebody will click.
//
// What it guarantees: the result of Text is one line of valid UTF-8, holds only
// characters that a reader can see and single spaces, and is no longer than
// asked for. What it cannot do: letters of scripts written from right to left
// keep their natural direction, and letters that look alike stay letters.
// It deliberately does not escape HTML: that belongs to html/template, which
// knows where in a document a string stands.
package plain

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow each other. No orthography
// needs more; a stack of hundreds covers the lines above and below.
const maxMarks = 4

// ellipsis ends a text that was cut.
const ellipsis = '…'

// Text returns s as one line of at most max characters. Line breaks, tabs and
// runs of blanks become one space; control, bidirectional, zero-width and
// private characters become visible, as in ‹U+202E›; invalid bytes become
// U+FFFD. A text that was cut ends with an ellipsis. A max below 1 gives "".
func Text(s string, max int) string {
	if max < 1 {
		return ""
	}
	l := line{max: max}
	for _, r := range s {
		if l.full {
			break
		}
		l.add(r)
	}
	return l.String()
}

// line collects safe characters up to a limit.
type line struct {
	out   []rune
	max   int
	marks int  // combining marks in a row
	blank bool // a space is due before the next character
	full  bool
}

func (l *line) add(r rune) {
	if r > ' ' && r <= '~' && !l.blank && len(l.out) < l.max { // nearly everything
		l.out, l.marks = append(l.out, r), 0
		return
	}
	if isBlank(r) {
		l.blank = len(l.out) > 0
		l.marks = 0
		return
	}
	l.marks = countMarks(r, l.marks)
	piece := []rune{r}
	if hidden(r) || l.marks > maxMarks {
		piece = []rune(fmt.Sprintf("‹U+%04X›", r))
	}
	if l.blank {
		piece = append([]rune{' '}, piece...)
	}
	l.blank = false
	if len(l.out)+len(piece) > l.max {
		l.cut()
		return
	}
	l.out = append(l.out, piece...)
}

func (l *line) cut() {
	l.full = true
	if len(l.out) == l.max {
		l.out = l.out[:l.max-1]
	}
	l.out = append(l.out, ellipsis)
}

func (l *line) String() string { return string(l.out) }

// countMarks counts combining marks in a row; a mark with nothing before it in
// the row is the first.
func countMarks(r rune, before int) int {
	if unicode.Is(unicode.M, r) {
		return before + 1
	}
	return 0
}

// isBlank says whether r only separates words.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Z, r)
}

// hidden says whether r cannot be seen as itself: controls, format characters,
// unassigned and private ones, and those that Unicode tells programs not to
// draw although they count as letters, marks or symbols.
func hidden(r rune) bool {
	if !unicode.IsGraphic(r) || !utf8.ValidRune(r) {
		return true
	}
	return unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Variation_Selector, r) ||
		r == 0x034F || r == 0x2800 // combining grapheme joiner, empty Braille cell
}

// Hidden says whether s holds a character that Text would make visible.
func Hidden(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return !isBlank(r) && hidden(r)
	})
}
