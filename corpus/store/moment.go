package store

import (
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/verify"
)

// span is a stretch of time as two columns, empty where there is none.
func span(s verify.Span) [2]string { return [2]string{corpus.Stamp(s.From), corpus.Stamp(s.To)} }

// lasting says whether a time comes back from its column as it went in: the layout
// has room for four digits of the year.
func lasting(times ...time.Time) bool {
	for _, t := range times {
		if y := t.UTC().Year(); y < 0 || y > 9999 {
			return false
		}
	}
	return true
}

// moment reads a time as it is stored; empty text is no time.
type moment struct{ at *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(value any) (err error) {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%w: a time is stored as %T", ErrDamaged, value)
	}
	*m.at = time.Time{}
	if text == "" {
		return nil
	}
	if *m.at, err = time.Parse(corpus.TimeLayout, text); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}
