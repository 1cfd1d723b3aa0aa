package synth

import (
	"bytes"
	"strings"
	"testing"
)

func TestEveryStillSiteHasItsPagesAndWhatTheyLoad(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"town-2024": "index.html council/index.html 2024/style.css img/crest.svg",
		"town-2025": "index.html council/index.html 2025/style.css img/panorama.jpg",
		"club":      "index.html style.css img/pitch.jpg",
	} {
		files, err := Still(name)
		if err != nil {
			t.Fatal(err)
		}
		for f := range strings.FieldsSeq(want) {
			if len(files[f]) == 0 {
				t.Errorf("%s lacks %s", name, f)
			}
		}
		again, err := Still(name)
		if err != nil || !bytes.Equal(files["index.html"], again["index.html"]) {
			t.Errorf("%s is printed differently the second time: %v", name, err)
		}
	}
}

func TestAStillSiteThatIsNotThereIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := Still("moon"); err == nil {
		t.Error("it was printed")
	}
}
