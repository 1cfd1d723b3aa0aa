package verify

import (
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

const (
	// mostUnread is the share of a page's letters in scripts that could not be
	// read from which its words say nothing.
	mostUnread = 0.5
	// otherText is the share of the picture's words below which a capture's text
	// is another. Pages of one site share menus and footers.
	otherText = 0.5
)

// checkReading compares the words in the picture with the text of captures. It
// is for pictures that another browser painted, of which pixels say nothing, and
// says nothing where pixels did. Words are easily copied and names in them
// easily misread, so the weights are small, and a picture whose words agree can
// still hold other pictures than the page.
func checkReading(c *Case) ([]finding, error) {
	if c.Readout.page == nil {
		if c.Readout.why == "" {
			return nil, nil
		}
		return notRun("%s", c.Readout.why), nil
	}
	whole := filter(c.Sightings, (*Sighting).sameWords)
	if len(whole) == 0 {
		return []finding{otherWords(c)}, nil
	}
	if f, ok := ordinaryText(c, whole); ok {
		return []finding{f}, nil
	}
	if s := c.passingText(whole); s != nil {
		return []finding{agrees(s, "reading.agrees", " Copies of the page from before and after have other text.")}, nil
	}
	s := nearest(whole, c.time())
	switch {
	case !c.near(s):
		return []finding{agrees(s, "reading.agrees_far", " It lies further from the claimed time than most defacements last.")}, nil
	case s.State == Altered:
		f := agrees(s, "reading.agrees_altered", " But a part of the picture holds something else than the page.")
		f.at = s.alteredParts()
		return []finding{f}, nil
	}
	return []finding{agrees(s, "reading.agrees_alone", " No copies from before and after tell whether that is the page's ordinary text.")}, nil
}

// sameWords says whether the capture's text is that of the picture.
func (s *Sighting) sameWords() bool {
	return s.words != nil && s.words.Whole() && s.words.Unread <= mostUnread
}

// otherWords says whether the capture's text is clearly not the picture's.
func (s *Sighting) otherWords() bool { return s.words != nil && s.words.Found < otherText }

// near says whether a capture was taken within the time that most defacements
// last from the claimed one. Without a claimed time every capture is.
func (c *Case) near(s *Sighting) bool {
	at := c.time()
	return at.IsZero() || spanGap([]*Sighting{s}, at) <= c.Model.Lifetime.Quantile(lastingShare)
}

// passingText returns a capture near the claimed time with the picture's text,
// where those before and after it are alike and have other text.
func (c *Case) passingText(whole []*Sighting) *Sighting {
	if c.time().IsZero() {
		return nil
	}
	others := filter(c.Sightings, (*Sighting).otherWords)
	for _, s := range whole {
		before, after := around(others, Span{s.seenAt(), s.seenAt()})
		if c.near(s) && before != nil && after != nil && alike(before.Look, after.Look) && !alike(before.Look, s.Look) {
			return s
		}
	}
	return nil
}

// ordinaryText decides whether the picture's text is what the page had before
// the claimed time and for longer than most defacements last.
func ordinaryText(c *Case, whole []*Sighting) (finding, bool) {
	first, last := whole[0], whole[len(whole)-1]
	lasted := last.seenAt().Sub(first.seenAt())
	if at := c.time(); lasted < c.Model.Lifetime.Quantile(lastingShare) || !at.IsZero() && first.seenAt().After(at.From) {
		return finding{}, false
	}
	return finding{
		key: "reading.ordinary_text", captures: ids(whole...), value: value(lasted.Hours() / 24), unit: "days",
		sentence: fmt.Sprintf("The words in the picture are those that the page has had from %s to %s, though the pixels differ: its ordinary text, painted by another browser or around other pictures.",
			day(first.seenAt()), day(last.seenAt())),
	}, true
}

func agrees(s *Sighting, key, more string) finding {
	return finding{
		key: key, captures: ids(s), value: value(s.words.Found), unit: "share of the picture's words",
		sentence: fmt.Sprintf("The words read off the picture are those of %s (%s of them, %s of them in place), though the pixels do not settle it, as another browser paints a page.%s%s",
			lowerFirst(strings.TrimSuffix(witnessName(s), ",")), percent(s.words.Found), percent(s.words.Placed), more, unreadCaveat(s.words)),
	}
}

func unreadCaveat(g *agree.Agreement) string {
	if g.Unread < 0.02 {
		return ""
	}
	return fmt.Sprintf(" %s of the page's letters are of a script that could not be read here.", percent(g.Unread))
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// otherWords is the finding where no capture has the picture's text.
func otherWords(c *Case) finding {
	var best *Sighting
	for _, s := range c.Sightings {
		if s.words != nil && (best == nil || s.words.Found > best.words.Found) {
			best = s
		}
	}
	if best.words.Words < leastRead {
		return finding{key: "reading.too_few", value: value(best.words.Words), unit: "words, short ones a quarter each",
			sentence: "Too few words could be read off the picture to compare them with the page's."}
	}
	return finding{
		key: "reading.not_found", captures: ids(best), value: value(best.words.Found), unit: "share of the picture's words",
		sentence: fmt.Sprintf("No capture has the text of the picture: at most %s of the words read off it are found, in %s. That weighs nothing, like every missing witness.",
			percent(best.words.Found), lowerFirst(strings.TrimSuffix(witnessName(best), ","))),
	}
}

// leastRead is how many words must be read off the picture for their absence to
// be worth a word.
const leastRead = 7
