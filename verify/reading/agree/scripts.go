package agree

import "unicode"

// scripts are those that could be read with the languages in use. Words of
// others are nonsense when they are read, and are left out on both sides.
type scripts []*unicode.RangeTable

// readable are the scripts of Tesseract's languages; digits belong to all.
func readable(languages []string) scripts {
	all := scripts{unicode.Latin, unicode.Common}
	for _, l := range languages {
		all = append(all, scriptsOf(l)...)
	}
	return all
}

func scriptsOf(language string) scripts {
	switch language {
	case "chi_tra", "chi_sim", "chi_tra_vert", "chi_sim_vert":
		return scripts{unicode.Han}
	case "jpn", "jpn_vert":
		return scripts{unicode.Han, unicode.Hiragana, unicode.Katakana}
	case "kor":
		return scripts{unicode.Hangul, unicode.Han}
	case "rus", "ukr", "bul", "srp", "bel", "mkd":
		return scripts{unicode.Cyrillic}
	case "ara", "fas", "urd":
		return scripts{unicode.Arabic}
	case "ell":
		return scripts{unicode.Greek}
	case "heb":
		return scripts{unicode.Hebrew}
	case "tha":
		return scripts{unicode.Thai}
	case "hin", "mar", "nep":
		return scripts{unicode.Devanagari}
	}
	return nil
}

func (s scripts) holds(r rune) bool { return unicode.IsOneOf(s, r) }
