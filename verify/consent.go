package verify

import (
	"image"
	"math"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

const (
	// consentReach is how far, in CSS pixels, a question for consent reaches above
	// and below its words: its padding, and a row of buttons.
	consentReach = 80
	// consentSize is how far apart, in CSS pixels, what is asked and the button to
	// answer it may stand.
	consentSize = 240
)

// consentAbout begin the words for what is asked for, consentAnswers those of
// the buttons, in the larger languages of the web. One word of each kind must
// stand together: an article on privacy has no button.
func consentAbout() []string {
	return []string{"cookie", "consent", "gdpr", "tracking", "einwillig", "datenschutz", "confidentialité",
		"consentimiento", "consentimento", "consenso", "ciasteczk", "samtyck", "evästee", "куки", "çerez", "クッキー"}
}

func consentAnswers() []string {
	return []string{"accept", "reject", "agree", "allow", "decline", "akzeptier", "zustimm", "ablehn", "refuser",
		"aceptar", "rechazar", "aceitar", "rejeitar", "accetta", "rifiuta", "akceptuj", "godta", "hyväksy", "принять", "согла", "kabul", "同意"}
}

// covered returns the parts of the picture over which the capture shows a
// question for consent where the picture differs: whether it is there is the
// visitor's doing, and what lies below it was not seen. In pixels of the picture.
func (o *observer) covered(s *Sighting) []image.Rectangle {
	var about, answers []capture.Box
	for _, t := range s.Capture.Text {
		if hasStem(t.Text, consentAbout()) {
			about = append(about, t.Box)
		}
		if hasStem(t.Text, consentAnswers()) {
			answers = append(answers, t.Box)
		}
	}
	var out []image.Rectangle
	for _, b := range together(about, answers) {
		fast := b
		fast.Y += float64(s.scroll) // of what stands fast in the window
		for _, g := range s.Match.Regions {
			for _, at := range []Rect{s.onPicture(b), s.onPicture(fast)} {
				if overlap(g, at) {
					out = append(out, s.band(g, at))
				}
			}
		}
	}
	return out
}

// band is the part of a changed region beside words of the question.
func (s *Sighting) band(region, words Rect) image.Rectangle {
	reach := int(consentReach * s.scale() * s.Match.Scale)
	r := region.image().Inset(-align.TileSize)
	return r.Intersect(image.Rect(r.Min.X, words.Y-reach, r.Max.X, words.Y+words.H+reach))
}

// together returns the boxes of each kind that have one of the other close by.
func together(about, answers []capture.Box) []capture.Box {
	var out []capture.Box
	for _, pair := range [2][2][]capture.Box{{about, answers}, {answers, about}} {
		for _, b := range pair[0] {
			if slices.ContainsFunc(pair[1], func(c capture.Box) bool { return math.Abs(b.Y-c.Y) <= consentSize }) {
				out = append(out, b)
			}
		}
	}
	return out
}

// hasStem says whether a word of the text begins with one of the stems.
func hasStem(text string, stems []string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), notWord) {
		if slices.ContainsFunc(stems, func(stem string) bool { return strings.HasPrefix(w, stem) }) {
			return true
		}
	}
	return false
}

func overlap(r, p Rect) bool {
	return r.X < p.X+p.W && p.X < r.X+r.W && r.Y < p.Y+p.H && p.Y < r.Y+r.H
}
