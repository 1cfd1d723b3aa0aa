package verify

import (
	"image"

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
		r := image.Rect(t.X, t.Y, t.X+t.W, t.Y+t.H)
		if !touches(r, drawn) && (touches(r, s.words.Elsewhere) || !touches(r, own)) {
			return false
		}
	}
	return true
}

// reach is where a box of the page lies in the picture, with half a tile around it.
func (s *Sighting) reach(b capture.Box) image.Rectangle {
	r := s.onPicture(b)
	return image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H).Inset(-align.TileSize / 2)
}

func touches(r image.Rectangle, all []image.Rectangle) bool {
	for _, o := range all {
		if r.Overlaps(o) {
			return true
		}
	}
	return false
}
