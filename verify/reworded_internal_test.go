package verify

import (
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestWhatAPageHidesIsStillInIt(t *testing.T) {
	text := "The straße by the мельница is closed; carts take the upper bridge"
	said := map[wordPair]bool{}
	addPairs(said, wordsOf(text))
	if len(said) != 6 {
		t.Fatalf("pairs %v", said)
	}
	for name, c := range map[string]struct {
		capture *capture.Capture
		there   int
	}{
		"in view":                    {&capture.Capture{Text: []capture.TextBox{{Text: text}}}, 6},
		"in another slide":           {&capture.Capture{HTML: []byte("<li class='slide off'>" + text + "</li>")}, 6},
		"with a word set apart":      {&capture.Capture{HTML: []byte("The straße by the мельница is <b>closed</b>; carts take the upper bridge")}, 6},
		"with a link in it":          {&capture.Capture{HTML: []byte("The straße by the <span>мельница</span> is closed; carts take the upper bridge")}, 4},
		"in entities":                {&capture.Capture{HTML: []byte("The stra&szlig;e by the &#1084;&#1077;&#1083;&#1100;&#1085;&#1080;&#1094;&#1072; is closed; carts take the upper bridge")}, 6},
		"in a script":                {&capture.Capture{HTML: []byte(`<script>s=["The stra\u00dfe by the \u043c\u0435\u043b\u044c\u043d\u0438\u0446\u0430 is closed; carts take the upper bridge"]</script>`)}, 6},
		"not, but for all its words": {&capture.Capture{HTML: []byte("The upper straße is closed. A bridge for carts, and the мельница, take time.")}, 0},
		"not":                        {&capture.Capture{HTML: []byte("Firewood is drawn on Friday")}, 0},
	} {
		left, there := pairsOf(c.capture), 0
		for p := range said {
			if left[p] {
				there++
			}
		}
		if there != c.there {
			t.Errorf("%s: %d of 6 pairs are there, want %d", name, there, c.there)
		}
	}
}
