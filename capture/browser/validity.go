package browser

import (
	"github.com/defacecheck/defacecheck/capture"
)

// judge gives a capture its validity.
func judge(c *capture.Capture, err error) {
	if err != nil {
		c.Validity, c.Reason, c.Err = capture.Unreachable, err.Error(), err
		return
	}
	c.Validity = capture.OK
}
