package verify

import (
	"sort"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
	"github.com/defacecheck/defacecheck/verify/score"
)

// Case is everything that the checks may look at: the claim, its picture, what
// the file says of itself, and what each witness saw. Checks read it and change
// nothing.
type Case struct {
	Claim      Claim
	Picture    *picture.Picture
	Frame      frame.Frame // what surrounds the page in the picture
	Beyond     string      // on which sides of the page something was taken off by where the page lies, in words; "" on none
	Imprint    imprint.Imprint
	Facts      *metadata.Facts
	Sightings  []*Sighting // by the time the page was seen, oldest first
	TimeMap    capture.TimeMap
	Troubles   []capture.Trouble
	Model      *score.Model
	Precedents Precedents // nil: no corpus was given
	Earlier    []Precedent
	AskedLive  bool
	Effort     Effort
	Readout    readout // what was read off the picture
	Traces     traces  // what the pixels say of how they were made
}

// Sighting is one capture with the picture laid beside it.
type Sighting struct {
	Capture *capture.Capture
	Memento *capture.Memento // nil for the live page
	State   State
	Why     string // one clause on how the state came about
	Match   *Match
	Tiles   []Tile
	Look    Look // what the page looked like, for telling captures of one page apart

	registration align.Registration
	down         float64 // px from the content's top to the page's, of what moves when the page is scrolled
	scroll       int     // CSS px at which the viewport was shot
	full         bool    // compared with the full-page shot
	shot         string  // SHA-256 of the shot compared
	unseen       int     // tiles set aside in which the picture shows what no look at the page did
	apart        []Rect  // tiles in which it differs from the capture that an altered picture fits best
	account      account
	edged        bool             // all agrees but strips along the edges, in which something can be read
	aligned      align.Comparison // the tiles as they were compared, in pixels of the content
	words        *agree.Agreement // of the picture's text with the capture's; nil when not read
	lacks        bool             // pixels leave open what it shows, and it is known not to be the picture
}

// usable says whether the sighting can speak about what the page showed: whether it
// shows the picture, though it may be open what it shows else.
func (s *Sighting) usable() bool {
	return s.Capture.Validity == capture.OK && (s.State == Same || s.State == Altered || s.State == Other || s.lacks)
}

// shows says whether the capture shows what the picture shows.
func (s *Sighting) shows() bool { return s.usable() && s.State == Same }

func (s *Sighting) seenAt() time.Time { return s.Capture.SeenAt }

// usable returns the sightings that can speak about content, oldest first.
func (c *Case) usable() []*Sighting {
	return filter(c.Sightings, (*Sighting).usable)
}

// showing returns those that show what the picture shows.
func (c *Case) showing() []*Sighting {
	return filter(c.Sightings, (*Sighting).shows)
}

// differing returns the usable sightings that do not show the picture.
func (c *Case) differing() []*Sighting {
	return filter(c.Sightings, func(s *Sighting) bool { return s.usable() && !s.shows() })
}

func filter(all []*Sighting, keep func(*Sighting) bool) []*Sighting {
	var kept []*Sighting
	for _, s := range all {
		if keep(s) {
			kept = append(kept, s)
		}
	}
	return kept
}

func byTime(all []*Sighting) {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if !a.seenAt().Equal(b.seenAt()) {
			return a.seenAt().Before(b.seenAt())
		}
		return a.Capture.ID < b.Capture.ID
	})
}

// around returns the last sighting before the window and the first after it;
// one that lies inside the window is neither. Sightings are sorted by time.
func around(sorted []*Sighting, w Span) (before, after *Sighting) {
	for _, s := range sorted {
		if s.seenAt().Before(w.From) {
			before = s
		}
		if after == nil && s.seenAt().After(w.To) {
			after = s
		}
	}
	return before, after
}

func ids(all ...*Sighting) []string {
	var out []string
	for _, s := range all {
		if s != nil {
			out = append(out, s.Capture.ID)
		}
	}
	return out
}
