package intake

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// lines reads JSON Lines: an entry a line.
func lines(ctx context.Context, in *source) iter.Seq2[message, error] {
	return func(yield func(message, error) bool) {
		f, err := in.root.Open(in.name)
		if err != nil {
			yield(message{}, err)
			return
		}
		defer f.Close()
		if err := linesFrom(ctx, f, in, yield); err != nil && !errors.Is(err, errStopped) {
			yield(message{}, fmt.Errorf("read %s: %w", in.name, err))
		}
	}
}

func linesFrom(ctx context.Context, from io.Reader, in *source, yield func(message, error) bool) error {
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
		if !yield(lineMessage(scan.Bytes(), n, names, unused, in), nil) {
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
