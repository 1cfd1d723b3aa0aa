package report

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/defacecheck/defacecheck/verify"
)

// printer lays out text in columns of a terminal.
type printer struct {
	out    strings.Builder
	width  int
	colour bool
}

// The sequences for bold and the colours; all are undone by reset. The colours
// are blue for and yellow against, which most colour-blind readers tell apart.
const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	blue   = "\x1b[1;34m"
	yellow = "\x1b[1;33m"
)

func wordColour(w verify.Word) string {
	switch w {
	case verify.Supported, verify.LeansGenuine:
		return blue
	case verify.Contradicted, verify.LeansFalse:
		return yellow
	}
	return bold
}

func (p *printer) paint(with, s string) string {
	if !p.colour {
		return s
	}
	return with + s + reset
}

func (p *printer) line(s string) { p.out.WriteString(s + "\n") }

func (p *printer) heading(s string) {
	p.line("")
	p.wrap("", "  ", p.paint(bold, s))
}

// wrap prints text within the width, led by first on the first line and by
// rest on the others. Nothing is printed for an empty text.
func (p *printer) wrap(first, rest, text string) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return
	}
	lead, cur := first, ""
	for _, word := range words {
		room := p.width - uniseg.StringWidth(lead)
		if cur != "" && columns(cur)+1+columns(word) > room {
			p.line(lead + cur)
			lead, cur = rest, ""
			room = p.width - uniseg.StringWidth(lead)
		}
		if cur != "" {
			cur += " " + word
			continue
		}
		cur = p.breakLong(&lead, rest, word, room)
	}
	p.line(lead + cur)
}

// breakLong prints the full lines of a word longer than a line and returns
// what is left of it.
func (p *printer) breakLong(lead *string, rest, word string, room int) string {
	for columns(word) > room {
		head, tail := cutColumns(word, room)
		if head == "" {
			break
		}
		p.line(*lead + head)
		*lead, word = rest, tail
		room = p.width - uniseg.StringWidth(rest)
	}
	return word
}

// columns is how wide s stands, our own colour sequences not counted.
func columns(s string) int {
	for _, seq := range []string{reset, bold, blue, yellow} {
		s = strings.ReplaceAll(s, seq, "")
	}
	return uniseg.StringWidth(s)
}

// cutColumns cuts s after as many whole characters as fit into n columns.
func cutColumns(s string, n int) (head, tail string) {
	used, at, state := 0, 0, -1
	for rest := s; rest != ""; {
		var cluster string
		var width int
		cluster, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used+width > n {
			break
		}
		used += width
		at += len(cluster)
	}
	return s[:at], s[at:]
}
