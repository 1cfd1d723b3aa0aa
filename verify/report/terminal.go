package report

import (
	"io"

	"github.com/defacecheck/defacecheck/verify"
)

// Terminal writes r as plain text for a terminal of the given width.
func Terminal(w io.Writer, r *verify.Result, width int, colour bool) error {
	c, err := safeCopy(r)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, c.Verdict.Sentence+"\n")
	return err
}
