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

// lines reads JSON Lines: an entry a line.
func lines(ctx context.Context, from io.Reader, in *source, to give) error {
	scan := bufio.NewScanner(decoded(from))
	scan.Buffer(make([]byte, 0, 64<<10), MaxEntry)
	names, unused := fieldNames(), map[string]bool{}
	for n := 1; scan.Scan(); n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		in.read(len(scan.Bytes()) + 1)
		if len(bytes.TrimSpace(scan.Bytes())) == 0 {
			continue
		}
		if !to(lineMessage(scan.Bytes(), n, names, unused, in)) {
			return errStopped
		}
	}
	if len(unused) > 0 {
		in.note("names without use: " + strings.Join(sortedKeys(unused), ", "))
	}
	if errors.Is(scan.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("a line has more than %d bytes: %w", MaxEntry, ErrTooLong)
	}
	return scan.Err()
}

// maxUnused is how many names without use are told.
const maxUnused = 50

func lineMessage(line []byte, n int, names map[string]string, unused map[string]bool, in *source) message {
	origin := fmt.Sprintf("%s line %d", in.name, n)
	e, unknown, err := entryOf(line, names)
	if err != nil {
		m := message{}
		m.posting.Origin = origin
		m.left = []Left{m.where(BadEntry, err.Error())}
		return m
	}
	for _, name := range unknown {
		if len(unused) < maxUnused {
			unused[name] = true
		}
	}
	return e.message(origin, in.now)
}
