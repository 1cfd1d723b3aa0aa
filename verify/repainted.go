package verify

import (
	"image"
	"slices"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// noteRepainted doubts, where words were read, what looks like an alteration and is what
// another browser paints otherwise.
func noteRepainted(c *Case) {
	for _, s := range c.withPage() {
		if s.repainted(c.Readout.page.Languages) {
			s.State = Uninformative
			s.Why = "what differs is the page's own words, or what every browser draws in its own way: another one may have painted it"
		}
	}
}

// repainted says whether all the words of an altered picture are the page's, and nothing
// else differs than such words in their place, text in a script that was not read, which
// looks otherwise or is missing without its font, and players and fields. A picture that
// was put over words hides them, and other words are no words of the page.
func (s *Sighting) repainted(languages []string) bool {
	if s.State != Altered || s.registration.Turned() || !s.sameWords() {
		return false
	}
	own := append([]image.Rectangle{}, s.words.Standing...)
	var drawn []image.Rectangle // in which words that are read are not the page's text
	for _, b := range s.Capture.Controls {
		drawn = append(drawn, s.reach(b))
	}
	for _, b := range agree.Unreadable(s.Capture.Text, languages) {
		own = append(own, s.reach(b))
	}
	for _, t := range s.Tiles {
		if t.State != TileMismatch {
			continue
		}
		over := t.image().Overlaps
		if !slices.ContainsFunc(drawn, over) &&
			(slices.ContainsFunc(s.words.Elsewhere, over) || !slices.ContainsFunc(own, over)) {
			return false
		}
	}
	return true
}

// reach is where a box of the page lies in the picture, with half a tile around it.
func (s *Sighting) reach(b capture.Box) image.Rectangle {
	return s.onPicture(b).image().Inset(-align.TileSize / 2)
}
