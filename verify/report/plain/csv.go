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

// formulaStart holds the first characters that make spreadsheet programs
// evaluate a cell: the operators, the blanks that some of them skip, and the
// wide operators that East Asian versions fold to the plain ones.
const formulaStart = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

func startsFormula(s string) bool {
	return s != "" && strings.IndexAny(s, formulaStart) == 0
}

// isNumber says whether s is a plain decimal number such as -1.25 or +3e2.
func isNumber(s string) bool {
	if strings.ContainsAny(s, "xXpP_nNiI") { // hexadecimal, underscores, NaN, Inf
		return false
	}
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
