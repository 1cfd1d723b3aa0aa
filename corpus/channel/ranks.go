package channel

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// ErrRanks is wrapped by every error about the content of a rank list.
var ErrRanks = errors.New("not a rank list of lines like 17,example.org")

// maxRankLine bounds a line in bytes: a domain has at most 253.
const maxRankLine = 1000

// ranks are places in a rank list.
type ranks struct {
	entries int            // lines of the list
	of      map[string]int // best rank of a site; only sites that were asked for
}

// readRanks reads a list as Tranco publishes it: rank and domain on each line, parted by
// a comma, without a header. A list of hosts counts for their registrable domains. Only
// what wanted holds is kept, since a list has a million lines.
func readRanks(r io.Reader, wanted map[string]bool) (*ranks, error) {
	found := &ranks{of: map[string]int{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxRankLine)
	for lines.Scan() {
		text := strings.TrimPrefix(strings.TrimSpace(lines.Text()), "\ufeff")
		if text == "" {
			continue
		}
		found.entries++
		rank, name, err := rankLine(text)
		if err != nil {
			return nil, fmt.Errorf("read rank list, line %d (%q): %w", found.entries, plain.Text(text, 60), err)
		}
		if !wanted[name] { // most lines are registrable domains as they stand
			name = capture.RegistrableDomain(name)
		}
		if best, ok := found.of[name]; wanted[name] && (!ok || rank < best) {
			found.of[name] = rank
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read rank list after line %d: %w", found.entries, err)
	}
	if found.entries == 0 {
		return nil, fmt.Errorf("read rank list: it is empty: %w", ErrRanks)
	}
	return found, nil
}

func rankLine(text string) (rank int, name string, err error) {
	number, name, ok := strings.Cut(text, ",")
	rank, err = strconv.Atoi(strings.TrimSpace(number))
	name = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "."))
	if !ok || err != nil || rank < 1 || name == "" || strings.ContainsAny(name, ", \t/") {
		return 0, "", ErrRanks
	}
	return rank, name, nil
}
