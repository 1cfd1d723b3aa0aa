package report

import (
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

func TestWhatIsKnownNotToShowThePictureIsNotSaidToBeOpen(t *testing.T) {
	t.Parallel()
	open := verify.CaptureView{State: verify.Uninformative}
	known := open
	known.NotShown = true
	if a, b := stateText(open), stateText(known); a != "cannot be told" || b != "does not show the picture" {
		t.Errorf("%q and %q", a, b)
	}
}
