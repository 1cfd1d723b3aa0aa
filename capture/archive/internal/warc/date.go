package warc

import (
	"fmt"
	"strings"
	"time"
)

// dateLayouts are the precisions that WARC/1.1 allows, and the 14 digits some
// programs write instead.
var dateLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z", "2006-01-02T15Z",
	"2006-01-02", "2006-01", "2006", "20060102150405",
}

// Date parses a WARC-Date, in UTC. A date of lower precision stands for its
// beginning.
func Date(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: WARC-Date %.40q", ErrFormat, s)
}
