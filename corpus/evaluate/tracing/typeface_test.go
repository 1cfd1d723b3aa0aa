package tracing

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
)

func TestTheFontOfALineIsTheOneThatTheBrowserTook(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("fc-match"); err != nil {
		t.Skipf("skipped: %v", err)
	}
	for name, c := range map[string]struct {
		t    alignment.Type
		like string // a part of the file's name; "" is no font
	}{
		"by its name":               {alignment.Type{Families: []string{"Nowhere Sans", "DejaVu Sans"}, Size: 16}, "DejaVuSans.ttf"},
		"bold":                      {alignment.Type{Families: []string{"DejaVu Sans"}, Size: 16, Bold: true}, "DejaVuSans-Bold.ttf"},
		"what is left to a browser": {alignment.Type{Families: []string{"Nowhere Sans", "monospace"}, Size: 16}, "Mono"},
		"none is known":             {alignment.Type{Families: []string{"Nowhere Sans"}, Size: 16}, ""},
		"a font of the page's own":  {alignment.Type{Families: []string{"DejaVu Sans"}}, ""},
	} {
		file, err := fontOf(t.Context(), c.t)
		if err != nil || (file == "") != (c.like == "") || !strings.Contains(file, c.like) {
			t.Errorf("%s: %q, %v", name, file, err)
		}
		if _, err := os.Stat(file); file != "" && err != nil {
			t.Error(err)
		}
	}
}
