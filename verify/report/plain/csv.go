package plain

import (
	"strconv"
	"strings"
)

// CSVCell returns s as a cell that a spreadsheet takes for text: safe as Text
// makes it, at most max characters, and led by an apostrophe where a
// spreadsheet would otherwise read a formula. Numbers stay numbers. Quoting is
// left to encoding/csv.
func CSVCell(s string, max int) string {
	formula := startsFormula(s)
	safe := Text(s, max)
	if startsFormula(safe) {
		formula = true
	}
	if !formula || isNumber(safe) {
		return safe
	}
	return "'" + safe
}

// startsFormula names the first characters that make spreadsheet programs
// evaluate a cell; tab and carriage return are skipped by some of them. The
// wide forms are folded to the plain ones by Excel for East Asian languages.
func startsFormula(s string) bool {
	return s != "" && strings.ContainsAny(s[:1], "=+-@\t\r\n") ||
		strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") ||
		strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@")
}

// isNumber says whether s is a plain decimal number such as -1.25 or +3e2.
func isNumber(s string) bool {
	if strings.ContainsAny(s, "xXpP_nNiI") { // hexadecimal, underscores, NaN, Inf
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
