package readingtest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Engine is the installed Tesseract; without one the test is skipped.
func Engine(t testing.TB) *reading.Engine {
	t.Helper()
	e, err := reading.Open(context.Background(), reading.Config{})
	if errors.Is(err, reading.ErrAbsent) {
		t.Skipf("skipped: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Words are the words of a text as an engine gives them, without boxes: all with
// one confidence, 0 to 100, and each with the number of its line.
func Words(confidence float64, text string) []reading.Word {
	var all []reading.Word
	for n, l := range strings.Split(text, "\n") {
		for _, w := range strings.Fields(l) {
			all = append(all, reading.Word{Text: w, Confidence: confidence, Line: n})
		}
	}
	return all
}
