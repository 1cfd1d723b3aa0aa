package report

import (
	"io"

	"github.com/defacecheck/defacecheck/verify"
)

// HTML writes j as one self-contained file.
func HTML(w io.Writer, j *verify.Judgement) error {
	c, err := safeCopy(j.Result)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, c.Verdict.Sentence+"\n")
	return err
}
