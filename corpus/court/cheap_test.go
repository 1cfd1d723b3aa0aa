package court_test

import (
	"testing"

	"github.com/defacecheck/defacecheck/verify/score"
)

// Were this to fail, claims could be decided without a look at any page, and the court
// should decide them so.
func TestNoFileAndNoCorpusDecideWhatACaptureCannotChange(t *testing.T) {
	m, err := score.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	cheap, looked := score.Bounds{}, score.Bounds{}
	for name, b := range m.Groups {
		into := &looked
		if name == "file" || name == "corpus" {
			into = &cheap
		}
		into.Lower, into.Upper = into.Lower+b.Lower, into.Upper+b.Upper
	}
	if most := cheap.Lower + looked.Upper; m.Band(most) == m.Band(cheap.Lower) || most <= m.Bands.Contradicted {
		t.Errorf("a file that speaks against its claim as much as it can is %q, and with all that captures can add %q",
			m.Band(cheap.Lower), m.Band(most))
	}
	if least := cheap.Upper + looked.Lower; m.Band(least) == m.Band(cheap.Upper) || least >= m.Bands.Supported {
		t.Errorf("a file that speaks for its claim as much as it can is %q, and with all that captures can take %q",
			m.Band(cheap.Upper), m.Band(least))
	}
}
