package mention

import (
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// lines are words as they are read, ten pixels a letter and twenty a line.
func lines(text string) []reading.Word {
	var all []reading.Word
	for n, l := range strings.Split(text, "\n") {
		x := 0
		for _, w := range strings.Fields(l) {
			wide := 10 * len([]rune(w))
			all = append(all, reading.Word{Text: w, Line: n, Box: image.Rect(x, 20*n, x+wide, 20*n+16)})
			x += wide + 10
		}
	}
	return all
}

func TestAPhraseIsFoundWhereItStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, phrase string
		read         string
		at           []image.Rectangle
	}{
		"a name":                      {"Hacked by\nPir4t3cyb3r Team", "Pir4t3cyb3r", "Pir4t3cyb3r", []image.Rectangle{image.Rect(0, 20, 110, 36)}},
		"misread":                     {"Hacked by Plr4t3cyh3r", "pir4t3cyb3r", "Plr4t3cyh3r", []image.Rectangle{image.Rect(100, 0, 210, 16)}},
		"cut in two":                  {"by Pir4t3 cyb3r", "Pir4t3cyb3r", "Pir4t3 cyb3r", []image.Rectangle{image.Rect(30, 0, 150, 16)}},
		"joined with a sign":          {"./Pir4t3cyb3r-", "Pir4t3cyb3r", "./Pir4t3cyb3r-", []image.Rectangle{image.Rect(0, 0, 140, 16)}},
		"a sentence over two lines":   {"your security\nis a joke, admin", "security is a joke", "security is a joke,", []image.Rectangle{image.Rect(50, 0, 130, 16), image.Rect(0, 20, 100, 36)}},
		"the better of two":           {"Crew Alph\nby Crew Alpha", "crew alpha", "Crew Alpha", []image.Rectangle{image.Rect(30, 20, 130, 36)}},
		"a short name":                {"by Ali", "ali", "Ali", []image.Rectangle{image.Rect(30, 0, 60, 16)}},
		"Chinese between other words": {"本站已被駭客團入侵", "駭客團", "本站已被駭客團入侵", []image.Rectangle{image.Rect(0, 0, 90, 16)}},
		"inside of a word":            {"qualifying rounds", "ali", "", nil},
		"a short name misread":        {"by Alt", "ali", "", nil},
		"too short":                   {"by al", "al", "", nil},
		"one word of three another":   {"Stamped By CaptainSmok3r", "hacked by CaptainSmok3r", "", nil},
		"one word of three misread":   {"Haoked 8y CaptainSmok3r", "hacked by CaptainSmok3r", "Haoked 8y CaptainSmok3r", []image.Rectangle{image.Rect(0, 0, 230, 16)}},
		"half of it":                  {"by Anonymous", "Anonymous Crew 99", "", nil},
		"another":                     {"the council has chosen the oak design", "Nobody", "", nil},
		"nothing read":                {"", "Nobody", "", nil},
		"no letters":                  {"a b c", "!!! ???", "", nil},
		"endless":                     {"a b c", strings.Repeat("abc", 300), "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, ok := Find(lines(c.text), c.phrase)
			if ok != (c.read != "") || m.Read != c.read || !slices.Equal(m.At, c.at) {
				t.Errorf("%+v, %v", m, ok)
			}
		})
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Hacked by\nPir4t3 cyb3r", "Pir4t3cyb3r")
	f.Add("駭客 團\xff", "客團")
	f.Fuzz(func(t *testing.T, text, phrase string) {
		m, ok := Find(lines(text), phrase)
		if ok && (m.Share < 1-tolerance-1e-9 || m.Share > 1 || len(m.At) == 0 || m.Read == "") {
			t.Fatalf("%+v", m)
		}
		whole := strings.Join(strings.Fields(text), " ")
		if _, ok := Find(lines(text), whole); !ok && Searchable(whole) && len(reading.Folded(whole)) <= maxPhrase {
			t.Fatalf("%q is not found in itself", text)
		}
	})
}
