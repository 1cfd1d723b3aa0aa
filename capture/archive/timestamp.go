package archive

import (
	"fmt"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// stampLayout is the 14-digit timestamp of web archives, in UTC.
const stampLayout = "20060102150405"

// earliest fills up timestamps of fewer than 14 digits.
const earliest = "00000101000000"

// Timestamp writes t in the 14 digits that archives use.
func Timestamp(t time.Time) string { return t.UTC().Format(stampLayout) }

// ParseTimestamp reads 4 to 17 digits: a short timestamp stands for the
// beginning of its span, digits after the second are dropped.
//
// The Wayback Machine has old captures whose month or day is 00. The pair was
// put in by mistake and pushed the rest to the right: 20000800241623 was
// served as 24 August 2000, 16:23 (edgi-govdata-archiving/wayback #85 and #89).
// Where taking the pair out gives no date, 00 stands for the first.
func ParseTimestamp(s string) (time.Time, error) {
	if len(s) < 4 || len(s) > 17 || len(s) == 5 || len(s) == 7 || strings.Trim(s, "0123456789") != "" {
		return time.Time{}, fmt.Errorf("%w: timestamp %.20q", capture.ErrMalformed, s)
	}
	d := s[:min(len(s), len(stampLayout))]
	d += earliest[len(d):]
	for _, candidate := range []string{d, withoutZeroPair(d), withFirstForZero(d)} {
		if t, err := time.Parse(stampLayout, candidate); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: timestamp %.20q is no date", capture.ErrMalformed, s)
}

func withoutZeroPair(d string) string {
	for _, at := range []int{6, 4} {
		if d[at:at+2] == "00" {
			d = d[:at] + d[at+2:] + "00"
		}
	}
	return d
}

func withFirstForZero(d string) string {
	for _, at := range []int{4, 6} {
		if d[at:at+2] == "00" {
			d = d[:at] + "01" + d[at+2:]
		}
	}
	return d
}
