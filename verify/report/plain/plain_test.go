package plain

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestTextMakesHiddenCharactersVisible(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"ordinary text stays", "Town of Aldermere, 4 °C – “light rain”", "Town of Aldermere, 4 °C – “light rain”"},
		{"other scripts stay", "عربي עברית 中文 ไทย नमस्ते", "عربي עברית 中文 ไทย नमस्ते"},
		{"a bidirectional override", "\u202egnp.exe", "‹U+202E›gnp.exe"},
		{"isolates", "a\u2066b\u2069", "a‹U+2066›b‹U+2069›"},
		{"an escape sequence", "\x1b[2Jx", "‹U+001B›[2Jx"},
		{"an eight-bit control", "\u009b1m", "‹U+009B›1m"},
		{"zero width", "ex\u200bample\ufeff", "ex‹U+200B›ample‹U+FEFF›"},
		{"a soft hyphen", "ex\u00adample", "ex‹U+00AD›ample"},
		{"tag characters", "a\U000E0041", "a‹U+E0041›"},
		{"variation selectors", "a\ufe0f", "a‹U+FE0F›"},
		{"letters that are not drawn", "a\u3164b\u115f", "a‹U+3164›b‹U+115F›"},
		{"an empty Braille cell", "\u2800", "‹U+2800›"},
		{"private use", "\ue000", "‹U+E000›"},
		{"line breaks and tabs", "a\r\nb\tc\u2028d\u0085e\n", "a b c d e"},
		{"runs of blanks", "  a \u00a0\u3000  b ", "a b"},
		{"invalid bytes", "a\xffb\xc0", "a\ufffdb\ufffd"},
		{"a stack of marks", "e\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301‹U+0301›"},
		{"nothing", "", ""},
	} {
		if got := Text(c.in, 100); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestTextEndsALongTextWithAnEllipsis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"abcdef", 6, "abcdef"}, {"abcdef", 5, "abcd…"}, {"abcdef", 1, "…"}, {"abcdef", 0, ""}, {"abcdef", -1, ""},
		{"ab\u202e", 9, "ab…"}, {"ab\u202e", 10, "ab‹U+202E›"}, {"ab c", 3, "ab…"}, {"ab   ", 2, "ab"},
	} {
		if got := Text(c.in, c.max); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

// visible is written apart from hidden, to check it.
func visible(r rune) bool {
	return r == ' ' || unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

func checkText(t interface{ Fatalf(string, ...any) }, in string, max int) {
	got := Text(in, max)
	switch {
	case !utf8.ValidString(got), utf8.RuneCountInString(got) > max:
		t.Fatalf("%q to %d gives %q", in, max, got)
	case strings.ContainsFunc(got, func(r rune) bool { return !visible(r) }), Hidden(got):
		t.Fatalf("%q keeps a hidden character: %q", in, got)
	case Text(got, max) != got:
		t.Fatalf("%q becomes %q, and that %q", in, got, Text(got, max))
	}
}

func TestTextIsVisibleBoundedAndStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkText(t, string(rapid.SliceOf(rapid.Rune()).Draw(t, "text")), rapid.IntRange(1, 60).Draw(t, "max"))
	})
}

func TestCSVCellsAreNeverFormulas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"}, {"=1+1", "'=1+1"}, {"+cmd|x", "'+cmd|x"}, {"-2+3", "'-2+3"}, {"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'=1"}, {"\r=1", "'=1"}, {"  =1", "'=1"}, {"\n@x", "'@x"}, {"\uff1d1", "'\uff1d1"}, {"\uff20x", "'\uff20x"},
		{"-1.25", "-1.25"}, {"+3e2", "+3e2"}, {"42", "42"}, {"-", "'-"}, {"+0x10", "'+0x10"}, {"-Inf", "'-Inf"}, {"-1_0", "'-1_0"},
		{"a\u202eb", "a‹U+202E›b"}, {"", ""},
	} {
		if got := CSVCell(c.in, 100); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}

func TestDefangMakesAddressesHarmless(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"http://example.org/a.html?x=1.5", "hxxp://example[.]org/a.html?x=1.5"},
		{"HTTPS://Example.ORG:8443", "hxxps://Example[.]ORG:8443"},
		{"see https://a.example/ and http://b.example.", "see hxxps://a[.]example/ and hxxp://b[.]example[.]"},
		{"https://user:pw@example.org/", "hxxps://[redacted]@example[.]org/"},
		{"https://good.example@evil.example/", "hxxps://[redacted]@evil[.]example/"},
		{"https://a.example/?token=abc&x=1&API_key=k#session=9", "hxxps://a[.]example/?token=[redacted]&x=1&API_key=[redacted]#session=[redacted]"},
		{"https://a.example/?t%6Fken=abc", "hxxps://a[.]example/?t%6Fken=[redacted]"},
		{"https://web.archive.example/web/2024id_/http://example.org/x", "hxxps://web[.]archive[.]example/web/2024id_/hxxp://example[.]org/x"},
		{"https://a.example/?u=https://u:p@b.example/", "hxxps://a[.]example/?u=hxxps://[redacted]@b[.]example/"},
		{"http://http://a.example/", "hxxp://hxxp://a[.]example/"},
		{"ftp://a.example/ ws://b.example/", "ft[p]://a[.]example/ w[s]://b[.]example/"},
		{"javascript:alert(1) JavaScript:x", "javascript[:]alert(1) JavaScript[:]x"},
		{`https://a.example\@b.example/`, `hxxps://a[.]example\@b.example/`},
		{"example.org is a name", "example.org is a name"},
		{"12:30, 1.5 and a://b", "12:30, 1.5 and a://b"},
	} {
		if got := Defang(c.in); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
		if got := Defang(Defang(c.in)); got != Defang(c.in) {
			t.Errorf("%q changes again: %q", Defang(c.in), got)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "\x1b[31m", "\u202ea\u0301\u0301", "https://u:p@a.example/?token=x://", "=1\xff", "http://http://a.b/?key=1&key=1"} {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, max int) {
		max = max%1000 + 1000
		checkText(t, s, max)
		d := Defang(s)
		if strings.Contains(strings.ToLower(d), "http://") || strings.Contains(strings.ToLower(d), "https://") {
			t.Fatalf("%q keeps a live address: %q", s, d)
		}
		if Defang(d) != d {
			t.Fatalf("%q becomes %q, and that %q", s, d, Defang(d))
		}
		if c := CSVCell(s, max); c != "" && strings.ContainsRune("=+-@\t\r\n", rune(c[0])) && !isNumber(c) {
			t.Fatalf("%q makes the cell %q", s, c)
		}
	})
}

func BenchmarkSafeSentence(b *testing.B) {
	s := strings.Repeat("The archive at https://archive.example/web says 200. ", 4)
	for b.Loop() {
		Defang(Text(s, 1000))
	}
}
