package clock

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// monthNames are the names and abbreviations of months that desktops print, in
// English, Indonesian and Malay, German, French, Spanish, Portuguese, Italian,
// Dutch, Turkish and Polish: the first letters of each, without accents. A name
// belongs to the month of the longest entry that it begins with.
func monthNames() [12][]string {
	return [12][]string{
		{"jan", "januari", "ene", "gen", "ocak", "oca", "sty"},
		{"feb", "fev", "fevr", "subat", "sub", "lut"},
		{"mar", "maret", "mrt", "maart", "marz", "mrz", "mart", "mac"},
		{"apr", "avr", "abr", "nis", "kwi"},
		{"may", "mei", "mai", "mag", "maj"},
		{"jun", "juin", "giu", "haz", "cze"},
		{"jul", "juil", "lug", "tem", "lip"},
		{"aug", "agu", "agt", "ags", "aou", "aout", "ago", "sie"},
		{"sep", "set", "eyl", "wrz"},
		{"oct", "okt", "out", "ott", "eki", "paz"},
		{"nov", "kas", "lis"},
		{"dec", "des", "dez", "dic", "ara", "gru"},
	}
}

// monthOf is the month, from 1, that a name or abbreviation stands for; 0 where
// it is none.
func monthOf(name string) int {
	name = plainLetters(name)
	best, most := 0, 0
	for m, all := range monthNames() {
		for _, short := range all {
			if strings.HasPrefix(name, short) && len(short) > most {
				best, most = m+1, len(short)
			}
		}
	}
	if len(name) > most+longest {
		return 0
	}
	return best
}

// longest is how many letters a name may have beyond its abbreviation:
// "september" has six, "pazdziernik" eight.
const longest = 8

// plainLetters is a word in lower case and without accents.
func plainLetters(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		if unicode.IsLetter(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}
