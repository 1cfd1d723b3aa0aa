package address

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// unlike stands for a letter that looks like none of a to z and no digit.
const unlike = '?'

// look is what a name looks like to somebody who knows a to z and the digits:
// without accents, every letter of another kind as the one that it looks like, and
// those that look like none as unlike.
func look(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		switch like := lookAlike(r); {
		case r < 0x80:
			b.WriteRune(r)
		case r >= 0x300 && r < 0x370: // an accent
		case like != "":
			b.WriteString(like)
		default:
			b.WriteRune(unlike)
		}
	}
	return b.String()
}

// lookAlike is what a small letter beyond a to z looks like in sans-serif type; "" for
// those that look like nothing there. The letters are those of Latin, Greek, Cyrillic
// and Armenian script which may stand in host names (IDNA 2008) and whose skeleton by
// Unicode Technical Standard 39 (confusables.txt of Unicode 15, as ICU 72 has it) is,
// without accents, one letter of a to z or two; and some that Chromium's policy for
// showing internationalised names takes for look-alikes beyond that standard: Cyrillic
// letters with the shape of a capital, Greek kappa, chi and omega, eng, kra and thorn.
func lookAlike(r rune) string {
	switch r {
	case '\u0251', '\u03b1', '\u0430':
		return "a"
	case '\u0180', '\u0183', '\u0185', '\u0253', '\u0432', '\u044c', '\u0463', '\u048d':
		return "b"
	case '\u023c', '\u0441', '\u04ab', '\u1d04':
		return "c"
	case '\u0111', '\u018c', '\u0256', '\u0257', '\u0501', '\u0503':
		return "d"
	case '\u0247', '\u0435', '\u0454', '\u04bd', '\u04bf':
		return "e"
	case '\u0192', '\u0584', '\u1d6e', '\u1e9d', '\ua799':
		return "f"
	case '\u018d', '\u01e5', '\u0260', '\u0261', '\u050d', '\u0581', '\u1d83':
		return "g"
	case '\u0127', '\u0266', '\u043d', '\u045b', '\u04bb', '\u0570':
		return "h"
	case '\u0131', '\u0268', '\u0269', '\u026a', '\u03b9', '\u0456', '\u04cf', '\u1d7b', '\u1d7c', '\ua647':
		return "i"
	case '\u0249', '\u03f3', '\u0458':
		return "j"
	case '\u0138', '\u0199', '\u03ba', '\u043a', '\u049b':
		return "k"
	case '\u0142', '\u019a', '\u01c0', '\u026b', '\u026d':
		return "l"
	case '\u0271', '\u043c', '\u1d6f':
		return "m"
	case '\u014b', '\u019e', '\u0273', '\u03b7', '\u043f', '\u0578', '\u057c', '\u1d70':
		return "n"
	case '\u00f8', '\u0275', '\u03b8', '\u03bf', '\u03c3', '\u043e', '\u0473', '\u04e9', '\u0585', '\u1d0f', '\u1d11', '\ua74b':
		return "o"
	case '\u00fe', '\u01a5', '\u03c1', '\u0440', '\u048f', '\u1d7d':
		return "p"
	case '\u02a0', '\u051b', '\u0563', '\u0566':
		return "q"
	case '\u024d', '\u027c', '\u027d', '\u0433', '\u0491', '\u0493', '\u1d26', '\u1d72', '\uab47', '\uab48':
		return "r"
	case '\u0282', '\u0455', '\u1d74', '\ua731':
		return "s"
	case '\u0167', '\u01ad', '\u0442', '\u1d75':
		return "t"
	case '\u028b', '\u03c5', '\u057d', '\u1d1c', '\u1d7e', '\uab4e', '\uab52':
		return "u"
	case '\u03bd', '\u0475', '\u1d20':
		return "v"
	case '\u026f', '\u03c9', '\u0448', '\u0449', '\u0461', '\u051d', '\u0561', '\u1d21', '\ua761':
		return "w"
	case '\u03c7', '\u0445', '\u04b3':
		return "x"
	case '\u01b4', '\u024f', '\u0263', '\u028f', '\u03b3', '\u0443', '\u04af', '\u04b1', '\u1d8c', '\u1eff':
		return "y"
	case '\u01b6', '\u0225', '\u0290', '\u1d22', '\u1d76':
		return "z"
	case '\u0437':
		return "3"
	case '\u0431':
		return "6"
	}
	return pairAlike(r)
}

// pairAlike is the same for letters that look like two.
func pairAlike(r rune) string {
	switch r {
	case '\u00e6', '\u04d5':
		return "ae"
	case '\u0153':
		return "oe"
	case '\u01c1':
		return "ll"
	case '\u1d6b':
		return "ue"
	case '\ua699', '\ua74f':
		return "oo"
	}
	return ""
}
