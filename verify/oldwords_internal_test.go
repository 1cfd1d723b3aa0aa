package verify

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// passageOf is n words in a line of the picture, from y on.
func passageOf(stem string, n, y int) (p []agree.Stray) {
	for i := range n {
		p = append(p, agree.Stray{Word: fmt.Sprintf("%s%c", stem, 'm'+i), Box: image.Rect(60*i, y, 60*i+50, y+20)})
	}
	return p
}

// versionWith is a capture that has passages where the picture has them.
func versionWith(when string, passages ...[]agree.Stray) *Sighting {
	s := sighting(when, Uninformative, "page")
	s.words = &agree.Agreement{Words: 60, Passages: passages}
	for _, p := range passages {
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Text: textOf(p)})
	}
	return s
}

func textOf(p []agree.Stray) string {
	var words []string
	for _, w := range p {
		words = append(words, w.Word)
	}
	return strings.Join(words, " ")
}

func TestWordsThatAreGoneFromThePageSpeakOfAnOldCopy(t *testing.T) {
	t.Parallel()
	menu, news, item := passageOf("menu", 9, 0), passageOf("news", 8, 40), passageOf("note", 13, 80)
	few := news[:5]
	old := func(all ...*Sighting) []*Sighting {
		return append(all, versionWith("2026-03-01 10:00", menu), versionWith("2026-03-15 10:00", menu))
	}
	for name, tc := range map[string]struct {
		seen []*Sighting
		want bool
	}{
		"on two days":                    {old(versionWith("2024-05-01 10:00", menu, news), versionWith("2024-05-20 10:00", menu, news)), true},
		"on one day":                     {old(versionWith("2024-05-01 10:00", menu, news), versionWith("2024-05-01 20:00", menu, news)), false},
		"on one day, and many":           {old(versionWith("2024-05-01 10:00", menu, item)), true},
		"too few":                        {old(versionWith("2024-05-01 10:00", menu, few), versionWith("2024-05-20 10:00", menu, few)), false},
		"no older than defacements last": {old(versionWith("2026-02-20 10:00", menu, item), versionWith("2026-02-25 10:00", menu, item)), false},
		"and had until lately":           {old(versionWith("2024-05-01 10:00", menu, item), versionWith("2026-02-25 10:00", menu, item)), false},
		"and has again later":            {append(old(versionWith("2024-05-01 10:00", menu, item)), versionWith("2026-05-01 10:00", menu, item)), false},
		"and went back to":               {old(versionWith("2024-05-01 10:00", menu, news), versionWith("2024-06-01 10:00", menu), versionWith("2024-07-01 10:00", menu, news)), false},
		"and the picture has newer ones too": {
			append([]*Sighting{versionWith("2024-05-01 10:00", menu, item)}, versionWith("2026-03-01 10:00", menu, news[:3]), versionWith("2026-03-15 10:00", menu)), false},
		"and nothing from after the claimed time":        {[]*Sighting{versionWith("2024-05-01 10:00", menu, item), versionWith("2026-03-01 10:00", menu)}, false},
		"but for one capture between":                    {append(old(versionWith("2024-05-01 10:00", menu, item)), versionWith("2026-03-10 10:00", menu, item)), false},
		"from what is shown of the page":                 {hiding(item, old(versionWith("2024-05-01 10:00", menu, item))), false},
		"with a capture between that was not read whole": {clipped(append(old(versionWith("2024-05-01 10:00", menu, item)), versionWith("2026-03-10 10:00", menu))), false},
		"from a page seen in part":                       {clipped(old(versionWith("2024-05-01 10:00", menu, item))), false},
	} {
		c := caseOf(t, "2026-03-08 12:00", tc.seen...)
		byTime(c.Sightings)
		c.Readout.page = &agree.Seen{Languages: []string{"eng"}}
		found, err := checkVersion(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := found[0].key == "version.old_words"; got != tc.want {
			t.Errorf("words that the page had %s: %q, %s", name, found[0].key, found[0].sentence)
		}
	}
}

// hiding puts a passage into the markup of all captures.
func hiding(p []agree.Stray, seen []*Sighting) []*Sighting {
	for _, s := range seen {
		s.Capture.HTML = []byte("<div hidden>" + textOf(p) + "</div>")
	}
	return seen
}

// clipped makes the newest capture one of a part of its page.
func clipped(seen []*Sighting) []*Sighting {
	seen[len(seen)-1].Capture.Clipped = true
	return seen
}
