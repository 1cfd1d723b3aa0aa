package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
)

const (
	// usualColumns is the width of a terminal that does not tell it.
	usualColumns = 80
	// widestBar is how many columns a bar takes at most, between its brackets; on a narrow
	// terminal it takes a fifth.
	widestBar = 20
)

// statusLine is one line of a terminal that is drawn again and again and never wraps: what
// wraps leaves trails. It is safe for concurrent use.
type statusLine struct {
	out   io.Writer
	width func() int // columns of the terminal; 0 where it does not tell

	mu    sync.Mutex
	drawn int // columns that are taken now
}

// draw puts a share (0 to 1) and a text in place of what stands there. The text is ASCII.
func (l *statusLine) draw(share float64, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	columns := l.width()
	if columns <= 0 {
		columns = usualColumns
	}
	l.put(barred(share, text, columns-1)) // the cursor needs the last one
}

// clear takes the line away.
func (l *statusLine) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.drawn > 0 {
		l.put("")
		fmt.Fprint(l.out, "\r")
	}
}

func (l *statusLine) put(line string) {
	fmt.Fprintf(l.out, "\r%s%s", line, strings.Repeat(" ", max(0, l.drawn-len(line))))
	l.drawn = len(line)
}

// barred is a bar with its percentage and a text, in so many columns at most.
func barred(share float64, text string, columns int) string {
	share = min(max(share, 0), 1)
	bar := max(0, min(widestBar, columns/5))
	full := int(share * float64(bar))
	line := fmt.Sprintf("%3d%% [%s%s] %s", int(100*share), strings.Repeat("#", full), strings.Repeat(" ", bar-full), text)
	return line[:min(len(line), max(columns, 0))]
}
