package verify

import (
	"fmt"

	"github.com/defacecheck/defacecheck/capture"
)

// Where pixels leave open what a capture shows of the picture, it may still be known
// that it does not show it: by words, which are the same in every font, width and
// browser, or by a ground that the page does not have. Whether the picture is another
// page or this one with a part replaced stays open, and that the words are there says
// nothing at all (see checkReading).
const (
	// otherGround is the share of the picture from which a changed region on another ground
	// than the page's is none that a picture which came late or moved makes, fewestBeside how
	// many tiles must agree for its place to be known, and asWritten the share of the words
	// found from which another browser may have laid the page out otherwise.
	otherGround  = 0.1
	fewestBeside = 12
	asWritten    = 0.85

	// leastForeign is how many words must surely be read that a capture has nowhere, and
	// mostFound the share of all words read that it may have: a line that is another at
	// every visit has a dozen words of its own, and leaves the others.
	leastForeign = 10
	mostFound    = 0.7
	// mostUnreadBeside is the share of a page's letters in scripts that were not read,
	// beyond which words read for others are not known to be foreign.
	mostUnreadBeside = 0.1
	// leastPainted is the area, in CSS px, of a picture with room for that many words.
	leastPainted = 20000
)

// wholeAndOpen says whether all of the page was captured, and pixels leave open what it
// shows of the picture.
func (s *Sighting) wholeAndOpen() bool {
	return s.State == Uninformative && !s.Capture.Settled.ScriptsOff && !s.Capture.Clipped
}

// lacksWords says whether a capture lacks so many of the picture's words that it surely
// does not show it. Words that may be painted in a picture of the page do not count, nor
// does a capture whose text may not be all there.
func (s *Sighting) lacksWords() bool {
	switch {
	case !s.wholeAndOpen() || s.words == nil:
		return false
	case s.words.Words < wordsToTell || s.words.Page < wordsToTell || s.words.Found >= mostFound || s.words.Unread > mostUnreadBeside:
		return false
	}
	return len(s.foreignWords()) >= leastForeign
}

// foreignWords are the words, folded, that are surely none of the capture's text, and
// cannot be painted in its pictures. Where it is not known where those lie in the
// picture, one that is large enough may hold them all.
func (s *Sighting) foreignWords() map[string]bool {
	var painted []Rect
	for _, b := range s.Capture.Pictures {
		if !s.registration.Located || s.registration.Turned() {
			if b.W*b.H >= leastPainted {
				return nil
			}
			continue
		}
		painted = append(painted, s.onPicture(roomier(b)))
	}
	words := map[string]bool{}
	for _, w := range s.words.Foreign {
		if !anyOverlap(rect(w.Box), painted) {
			words[w.Word] = true
		}
	}
	return words
}

// roomier is a box with a quarter of its size more on every side: in another window it
// may lie there.
func roomier(b capture.Box) capture.Box {
	return capture.Box{X: b.X - b.W/4, Y: b.Y - b.H/4, W: b.W * 3 / 2, H: b.H * 3 / 2}
}

// lacksGround says whether the picture has, in a large part, another ground than the
// capture that it was found in, rendered for its window. Where another machine has other
// fonts the ground is the same.
func (s *Sighting) lacksGround() bool {
	c := s.aligned
	if s.words != nil && s.words.Words >= leastRead && s.words.Found >= asWritten {
		return false
	}
	return s.wholeAndOpen() && c.OtherOrAltered && c.Match >= fewestBeside && s.account.consistent &&
		len(c.Fresh) > 0 && c.Fresh[0] && c.LargestChanged >= otherGround
}

// noteLacking records, where no capture shows the picture, which of those that pixels
// leave open are known not to show it.
func noteLacking(c *Case) {
	if len(c.showing()) > 0 {
		return
	}
	for _, s := range c.withPage() {
		switch {
		case s.lacksWords():
			s.Why += fmt.Sprintf("; %s surely read off the picture stand nowhere on the page", count(len(s.foreignWords()), "word"))
		case s.lacksGround():
			s.Why += fmt.Sprintf("; %s of the picture has another ground than the page there", percent(s.aligned.LargestChanged))
		default:
			continue
		}
		s.lacks = true
	}
}
