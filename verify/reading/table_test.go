package reading

import (
	"errors"
	"image"
	"strings"
	"testing"
)

const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
	"1\t1\t0\t0\t0\t0\t0\t0\t400\t100\t-1\t\n" +
	"4\t1\t1\t1\t1\t0\t10\t10\t200\t20\t-1\t\n" +
	"5\t1\t1\t1\t1\t1\t10\t10\t50\t20\t96.5\tHacked\n" +
	"5\t1\t1\t1\t1\t2\t70\t10\t30\t20\t91\tby\n" +
	"5\t1\t1\t1\t2\t1\t10\t40\t60\t20\t12\tx\\t\"y\n" +
	"5\t1\t1\t1\t2\t2\t80\t40\t60\t20\t95\t \n" +
	"5\t1\t2\t1\t1\t1\t380\t90\t60\t20\t95\tedge\n"

func TestATableGivesItsWordsByLine(t *testing.T) {
	t.Parallel()
	words, err := parseTable(table, image.Rect(0, 0, 400, 100))
	if err != nil || len(words) != 4 {
		t.Fatalf("%+v, %v", words, err)
	}
	if w := words[0]; w.Text != "Hacked" || w.Confidence != 96.5 || w.Box != image.Rect(10, 10, 60, 30) || w.Line != 0 {
		t.Errorf("first word %+v", w)
	}
	if words[1].Line != 0 || words[2].Line != 1 || words[3].Line != 2 || words[2].Text != `x\t"y` {
		t.Errorf("words %+v", words)
	}
	if words[3].Box.Max != (image.Pt(400, 100)) {
		t.Errorf("a box reaches out of the picture: %v", words[3].Box)
	}
}

func TestWhatIsNoTableIsRefused(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"text":           "hello world",
		"few columns":    "5\t1\t1\n",
		"letters":        "5\t1\t1\t1\t1\t1\tx\t0\t1\t1\t90\tw\n",
		"negative":       "5\t1\t1\t1\t1\t1\t-1\t0\t1\t1\t90\tw\n",
		"overflowing":    "5\t1\t1\t1\t1\t1\t2147483647\t0\t2147483647\t1\t90\tw\n",
		"odd confidence": "5\t1\t1\t1\t1\t1\t1\t0\t1\t1\tNaN\tw\n",
		"words past all": strings.Repeat("5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t90\tw\n", maxWords+1),
	} {
		if _, err := parseTable(in, image.Rect(0, 0, 9, 9)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseTable(f *testing.F) {
	f.Add(table)
	f.Add("5\t1\t1\t1\t1\t1\t2147483647\t0\t2147483647\t1\t90\tw\n")
	f.Add("5\t1\t1\t1\t1\t1\t1\t0\t1\t1\t1e300\t\xff\n")
	bounds := image.Rect(0, 0, 400, 100)
	f.Fuzz(func(t *testing.T, in string) {
		words, err := parseTable(in, bounds)
		if err != nil && !errors.Is(err, ErrMalformed) {
			t.Fatalf("an error without a kind: %v", err)
		}
		line := 0
		for _, w := range words {
			if !w.Box.In(bounds) || w.Box.Empty() || w.Text == "" || !(w.Confidence >= 0 && w.Confidence <= 100) || w.Line < line {
				t.Fatalf("word %+v", w)
			}
			line = w.Line
		}
	})
}
