package bench

import "strings"

// Slug is a name as a part of a file's name: small letters a to z and digits, and
// a hyphen for anything else, none at the ends.
func Slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(s)), "-")
}
