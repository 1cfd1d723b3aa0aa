package verify

import (
	"cmp"
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

const (
	// fewestGone is how many pairs of words must be gone from the page where two captures,
	// apart by more than a visit, have them, and fewestGoneOnce how many where one has: a
	// page that shows several texts in turn shows one by chance, and hardly twice.
	fewestGone     = 5
	fewestGoneOnce = 12
	// goneForKept is how many must be gone for each pair that only captures around the
	// claimed time have.
	goneForKept = 10
	// shownAgain is how much later a capture is another showing of a page, and stillThere
	// the share of the pairs from which a capture has the same text.
	shownAgain = 24 * time.Hour
	stillThere = 0.5
)

// standing are pairs of telltale words that follow each other in the picture where a
// capture has them, with where they stand.
type standing map[wordPair]image.Rectangle

// oldWords are pairs of words of the picture that an older version of the page has in
// their places, and the captures around the claimed time have nowhere.
type oldWords struct {
	of   *Sighting // the older version
	gone standing
	near []*Sighting // the captures around the claimed time
}

// oldWords returns the words that speak of an old copy, nil where none do. Words are
// the same however a page is laid out and painted. As where pixels tell (see old), they
// must be missing on both sides of the claimed time and from all that was captured between,
// markup included, and the page must not have gone back to them.
func (c *Case) oldWords(w Span) *oldWords {
	page := c.withPage()
	read := filter(page, (*Sighting).readWhole)
	before, after := around(read, w)
	if c.Readout.page == nil || before == nil || after == nil {
		return nil
	}
	o := &oldWords{near: filter(page, func(s *Sighting) bool {
		return !s.seenAt().Before(before.seenAt()) && !s.seenAt().After(after.seenAt())
	})}
	left := map[wordPair]bool{}
	for _, s := range o.near {
		if !s.readWhole() {
			return nil // it may have them
		}
		s.addWordPairs(left, c.Readout.page.Languages)
	}
	old := c.oldBefore(w)
	for _, s := range read {
		if !s.seenAt().Before(old) {
			break
		}
		gone := s.standingPairs()
		maps.DeleteFunc(gone, func(p wordPair, _ image.Rectangle) bool { return left[p] })
		if o.of == nil || len(gone) >= len(o.gone) {
			o.of, o.gone = s, gone
		}
	}
	if o.of == nil || !o.convincing(c, read, old) {
		return nil
	}
	return o
}

// convincing says whether the words are enough, and known to be from before old.
func (o *oldWords) convincing(c *Case, read []*Sighting, old time.Time) bool {
	has := func(s *Sighting) bool {
		n := 0
		for p := range s.standingPairs() {
			if _, ok := o.gone[p]; ok {
				n++
			}
		}
		return float64(n) >= stillThere*float64(len(o.gone))
	}
	had, left, twice := false, false, false
	for _, s := range read {
		if !has(s) {
			left = had
			continue
		}
		if left || !s.seenAt().Before(old) {
			return false // the page went back to it, or had it until lately
		}
		had = true
		twice = twice || s.seenAt().Sub(o.of.seenAt()).Abs() >= shownAgain
	}
	n := len(o.gone)
	return (n >= fewestGoneOnce || twice && n >= fewestGone) && n >= goneForKept*o.kept(c)
}

// kept counts the pairs of the picture that captures around the claimed time have in
// their places and the older version has nowhere.
func (o *oldWords) kept(c *Case) int {
	older, kept := map[wordPair]bool{}, map[wordPair]bool{}
	o.of.addWordPairs(older, c.Readout.page.Languages)
	for _, s := range o.near {
		for p := range s.standingPairs() {
			if !older[p] {
				kept[p] = true
			}
		}
	}
	return len(kept)
}

// finding tells of them.
func (o *oldWords) finding() finding {
	before, after := o.near[0], o.near[len(o.near)-1]
	f := finding{
		key: "version.old_words", leaning: Edited, captures: ids(o.of, before, after),
		value: value(float64(len(o.gone))), unit: "pairs of words",
	}
	for _, box := range o.gone {
		f.at = append(f.at, rect(box))
	}
	slices.SortFunc(f.at, func(a, b Rect) int {
		return cmp.Or(a.Y-b.Y, a.X-b.X, a.W-b.W)
	})
	f.sentence = fmt.Sprintf("The picture has %s that the page had on %s, in the same places, and that are gone from it on %s and on %s, on both sides of the claimed time. Unless the page shows several texts in turn, the picture was made from an old copy of it.",
		count(len(o.gone), "pair")+" of words", day(o.of.seenAt()), day(before.seenAt()), day(after.seenAt()))
	return f
}

// readWhole says whether all of the capture's words are known, and were held against
// those of the picture.
func (s *Sighting) readWhole() bool {
	return s.words != nil && !s.Capture.Settled.ScriptsOff && !s.Capture.Clipped && s.words.Unread <= mostUnreadBeside
}

// addWordPairs adds the pairs of what the capture shows and of what its markup holds, folded
// as words that are read are.
func (s *Sighting) addWordPairs(pairs map[wordPair]bool, languages []string) {
	var shown strings.Builder
	for _, t := range s.Capture.Text {
		shown.WriteString(t.Text)
		shown.WriteByte('\n')
	}
	for _, text := range []string{shown.String(), unescaped(string(s.Capture.HTML))} {
		addPairs(pairs, slices.Values(agree.Words(text, languages)))
	}
}

// standingPairs are the pairs of the picture that stand where the capture has them.
func (s *Sighting) standingPairs() standing {
	pairs := standing{}
	for _, p := range s.words.Passages {
		words := slices.DeleteFunc(slices.Clone(p), func(w agree.Stray) bool { return !telltale(w.Word) })
		for i := 1; i < len(words); i++ {
			a, b := words[i-1], words[i]
			pairs[wordPair{a.Word, b.Word}] = a.Box.Union(b.Box)
		}
	}
	return pairs
}
