package title

import (
	"testing"

	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestTheTitleInATabIsHeldAgainstThePages(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		one, two string
		sure     float64
		titles   []string
		want     Outcome
	}{
		"the title":                         {"The town of Mirebrook x", "", 90, []string{"The town of Mirebrook"}, Agrees},
		"its beginning":                     {"@ The town of Mire", "", 90, []string{"The town of Mirebrook - news, council, services"}, Agrees},
		"misread":                           {"B Tne t0wn of Mlrebrock X", "", 60, []string{"The town of Mirebrook"}, Agrees},
		"read well once":                    {"The town of Mirebrook", "~ i", 60, []string{"The town of Mirebrook"}, Agrees},
		"the second of two":                 {"Council - Mirebrook", "", 90, []string{"The town of Mirebrook", "Council - Mirebrook"}, Agrees},
		"in Chinese":                        {"米爾布魯克鎮", "", 90, []string{"米爾布魯克鎮公所"}, Agrees},
		"another":                           {"Hacked by nobody", "", 90, []string{"The town of Mirebrook"}, Differs},
		"another, unsure":                   {"Hacked by nobody", "", 60, []string{"The town of Mirebrook"}, Unsure},
		"another, read in two ways":         {"Hacked by nobody", "Weather forecast", 90, []string{"The town of Mirebrook"}, Unsure},
		"another, read once":                {"Hacked by nobody", "x", 90, []string{"The town of Mirebrook"}, Unsure},
		"half of it":                        {"The town of Hillside", "", 90, []string{"The town of Mirebrook"}, Unsure},
		"too short":                         {"News", "", 90, []string{"News"}, Unsure},
		"the page has none":                 {"The town of Mirebrook", "", 90, []string{"", " – "}, Nothing},
		"nothing read":                      {"", "", 90, []string{"The town of Mirebrook"}, Nothing},
		"a tab without letters":             {"× …", "", 90, []string{"The town of Mirebrook"}, Nothing},
		"nothing to hold it against at all": {"The town of Mirebrook", "", 90, nil, Nothing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			two := c.two
			if two == "" {
				two = c.one
			}
			if v := Judge(readingtest.Words(c.sure, c.one), readingtest.Words(c.sure, two), c.titles...); v.Outcome != c.want {
				t.Errorf("%+v, want %s", v, c.want)
			}
		})
	}
}

func TestTheDistanceToABeginningIsLevenshteins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"kitten", "sitting", 2}, {"town", "town hall", 0}, {"", "town", 0}, {"town", "", 4}, {"tovvn", "town hall", 2}} {
		if got := beginning([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q into the beginning of %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func FuzzJudge(f *testing.F) {
	f.Add("The town", "The town of Mirebrook")
	f.Add("\xff米", "米")
	f.Fuzz(func(t *testing.T, read, of string) {
		v := Judge(readingtest.Words(90, read), readingtest.Words(90, read), of)
		if v.Share < 0 || v.Share > 1 || v.Outcome == Agrees && v.Title != 0 {
			t.Fatalf("%+v", v)
		}
		if len(letters(read)) >= leastAgree && len(letters(read)) < maxLetters && Judge(readingtest.Words(90, read), nil, read).Outcome != Agrees {
			t.Fatalf("%q does not agree with itself", read)
		}
	})
}
