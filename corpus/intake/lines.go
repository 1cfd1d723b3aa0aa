package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// lines reads JSON Lines: an entry a line. A line that is too long is told of and passed:
// where it ends, the next one begins, whatever stands in it.
func lines(ctx context.Context, from io.Reader, in *source, to give) error {
	r := bufio.NewReader(decoded(from))
	names, unused := fieldNames(), map[string]bool{}
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, size, err := readLine(r)
		if err != nil && err != io.EOF {
			return fmt.Errorf("line %d: %w", n, err)
		}
		in.read(size)
		if len(bytes.TrimSpace(line)) > 0 && !to(lineMessage(line, n, names, unused, in)) {
			return errStopped
		}
		if err == io.EOF {
			break
		}
	}
	if len(unused) > 0 {
		in.note("names without use: " + strings.Join(sortedKeys(unused), ", "))
	}
	return nil
}

// readLine reads a line, its end included, and says how long it is. Of one that is longer
// than MaxEntry it gives the beginning, which is longer than MaxEntry, too. The error is
// io.EOF with the last line, which may be empty.
func readLine(r *bufio.Reader) (line []byte, size int, err error) {
	for {
		piece, err := r.ReadSlice('\n')
		size += len(piece)
		if len(line) <= MaxEntry {
			line = append(line, piece...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

// maxUnused is how many names without use are told.
const maxUnused = 50

func lineMessage(line []byte, n int, names map[string]string, unused map[string]bool, in *source) message {
	origin := fmt.Sprintf("%s line %d", in.name, n)
	if len(line) > MaxEntry {
		return badEntry(origin, fmt.Sprintf("the line has more than %d bytes", MaxEntry))
	}
	e, unknown, err := entryOf(line, names)
	if err != nil {
		return badEntry(origin, inWords(err))
	}
	for _, name := range unknown {
		if len(unused) < maxUnused {
			unused[name] = true
		}
	}
	return e.message(origin, in.now)
}

// badEntry is a message of which nothing is known but that it cannot be understood, and why.
func badEntry(origin, why string) message {
	m := message{}
	m.posting.Origin = origin
	m.left = []Left{m.where(BadEntry, why)}
	return m
}
