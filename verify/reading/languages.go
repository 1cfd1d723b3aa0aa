package reading

import (
	"strings"
	"unicode"
)

// LanguageOf is Tesseract's name for the language that text is written in, as
// far as its letters tell: "eng" for every Latin script. host, where not empty,
// decides what texts without letters cannot, by its country.
func LanguageOf(host string, texts ...string) string {
	count := map[string]int{}
	letters := 0
	for _, t := range texts {
		for _, r := range t {
			if unicode.IsLetter(r) {
				letters++
				count[languageOfLetter(r)]++
			}
		}
	}
	if letters < enoughLetters {
		return languageOfHost(host)
	}
	best, most := english, letters/otherScript
	for _, l := range []string{"jpn", "kor", "rus", "ara", "ell", "heb", "tha", "hin", han} {
		if count[l] > most {
			best, most = l, count[l]
		}
	}
	switch {
	case best == han && count["jpn"] > count[han]/20: // Japanese without kana is rare
		return "jpn"
	case best == han:
		return chinese(host, texts)
	}
	return best
}

const (
	// enoughLetters is how many letters tell a script.
	enoughLetters = 20
	// otherScript: a twentieth of the letters in another script is more than a
	// name or a quotation.
	otherScript = 20
	han         = "han" // no language yet: Chinese or Japanese
)

func languageOfLetter(r rune) string {
	switch {
	case unicode.Is(unicode.Latin, r):
		return english
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		return "jpn"
	case unicode.Is(unicode.Han, r):
		return han
	case unicode.Is(unicode.Hangul, r):
		return "kor"
	case unicode.Is(unicode.Cyrillic, r):
		return "rus"
	case unicode.Is(unicode.Arabic, r):
		return "ara"
	case unicode.Is(unicode.Greek, r):
		return "ell"
	case unicode.Is(unicode.Hebrew, r):
		return "heb"
	case unicode.Is(unicode.Thai, r):
		return "tha"
	case unicode.Is(unicode.Devanagari, r):
		return "hin"
	}
	return ""
}

const (
	// Frequent characters that the two ways of writing Chinese spell apart, in
	// the same order.
	traditional = "們這國學會時說對發為個來開關長門問間過還進動員業東車見語請讀書電話網"
	simplified  = "们这国学会时说对发为个来开关长门问间过还进动员业东车见语请读书电话网"
)

// chinese tells traditional from simplified characters.
func chinese(host string, texts []string) string {
	trad, simp := 0, 0
	for _, t := range texts {
		for _, r := range t {
			switch {
			case strings.ContainsRune(traditional, r):
				trad++
			case strings.ContainsRune(simplified, r):
				simp++
			}
		}
	}
	if trad == simp && languageOfHost(host) == "chi_sim" || simp > trad {
		return "chi_sim"
	}
	return "chi_tra"
}

func languageOfHost(host string) string {
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "tw", "hk", "mo":
		return "chi_tra"
	case "cn", "sg":
		return "chi_sim"
	case "jp":
		return "jpn"
	case "kr":
		return "kor"
	}
	return english
}
