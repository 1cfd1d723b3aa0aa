package synth

import (
	"slices"

	"github.com/defacecheck/defacecheck/verify"
)

// Truth is what is known of a claim because it was made so.
type Truth string

// The truths.
const (
	Genuine       Truth = "genuine"       // the URL served this at the claimed time
	Edited        Truth = "edited"        // the picture, or the page in the claimant's browser, was altered
	Misattributed Truth = "misattributed" // a real picture of another site or time
	NotDefaced    Truth = "not_defaced"   // the URL served this, and it is the ordinary page
)

// Expect is what a careful person would say who has the claim, the live site
// and the archive, and nothing else. A verdict is right when each of its parts
// is among the values given.
type Expect struct {
	Words    []verify.Word    `json:"words"`
	Answers  []verify.Answer  `json:"answers"`
	Leanings []verify.Leaning `json:"leanings"` // "" is no leaning
	Why      string           `json:"why"`
}

// Met says whether a verdict is one that is expected.
func (e Expect) Met(v verify.Verdict) bool {
	return slices.Contains(e.Words, v.Word) && slices.Contains(e.Answers, v.Answer) && slices.Contains(e.Leanings, v.Leaning)
}

// Claim is one labelled claim. Paths are relative to the set's directory and
// use slashes.
type Claim struct {
	Name      string `json:"name"`
	Title     string `json:"title"` // one line for people
	Picture   string `json:"picture"`
	SHA256    string `json:"sha256"` // of the picture, hexadecimal
	Width     int    `json:"width"`  // pixels
	Height    int    `json:"height"` // pixels
	URL       string `json:"url"`
	ClaimedAt string `json:"claimed_at"`          // RFC 3339, or a date for the whole day
	PostedAt  string `json:"posted_at,omitempty"` // the same

	Archive string `json:"archive"` // WARC file; where it has nothing of the URL, the page was never archived
	Live    State  `json:"live"`    // what the site shows when the claim is judged
	LiveDir string `json:"live_dir,omitempty"`

	Truth   Truth  `json:"truth"`
	Making  string `json:"making"` // how the picture was made
	Mask    string `json:"mask,omitempty"`
	Altered int    `json:"altered"` // pixels that the mask marks
	Expect  Expect `json:"expect"`
}
