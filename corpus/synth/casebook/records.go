package casebook

import "time"

// The names of the files of a corpus.
const (
	Schema       = "defacecheck/corpus/2"
	ManifestName = "corpus.json"
	ClaimName    = "claim.json"
	TruthName    = "truth.json"
	claimsDir    = "claims"
	sitesDir     = "sites"
	workDir      = ".work"
)

// Claim is what a judge may know. Paths are relative to the claim's directory and use
// slashes.
type Claim struct {
	Name      string    `json:"name"`
	Picture   string    `json:"picture"`
	SHA256    string    `json:"sha256"` // of the picture
	URL       string    `json:"url"`
	ClaimedAt string    `json:"claimed_at"`          // RFC 3339, or a date for the whole day
	PostedAt  string    `json:"posted_at,omitempty"` // RFC 3339
	JudgedAt  time.Time `json:"judged_at"`           // the time at which the live site is as given
	Archive   string    `json:"archive"`             // WARC file
	Live      Live      `json:"live"`
	Earlier   []Earlier `json:"earlier,omitempty"` // claims that the judge knows already
}

// Live is what the site serves when the claim is judged.
type Live struct {
	Host  string            `json:"host"`
	Gone  bool              `json:"gone,omitempty"`  // nobody answers
	Pages map[string]string `json:"pages,omitempty"` // by path at the host, files of the claim
	Site  string            `json:"site,omitempty"`  // folder of the corpus that has everything else; "" where there is nothing else
	Turns []string          `json:"turns,omitempty"` // files of the claim that the claimed page is in turn, from one visit to the next, where it is not always the same
}

// Earlier is an earlier claim.
type Earlier struct {
	Picture   string `json:"picture"`
	URL       string `json:"url"`
	ClaimedAt string `json:"claimed_at"`
	PostedAt  string `json:"posted_at"`
}

// Known is what is true of a claim, because it was made so.
type Known struct {
	Claim   string `json:"claim"`
	Class   string `json:"class"`
	Truth   Truth  `json:"truth"`
	Split   string `json:"split"`
	Site    string `json:"site"`
	Page    string `json:"page"`
	Family  string `json:"family,omitempty"` // of the defacement that is shown; "" shows none
	Variant uint64 `json:"variant"`

	ShownURL  string     `json:"shown_url"` // what the picture is a picture of, as served or as a base
	ShownLook look       `json:"shown_look"`
	ShownAt   time.Time  `json:"shown_at"`
	Begin     *time.Time `json:"begin,omitempty"` // of the defacement at the URL
	End       *time.Time `json:"end,omitempty"`
	Live      look       `json:"live"`
	Captures  []visit    `json:"captures"`

	Making  making `json:"making"`
	Window  window `json:"window"`
	Chain   chain  `json:"chain"`
	Width   int    `json:"width"`   // pixels of the picture
	Height  int    `json:"height"`  // pixels of the picture
	Imprint string `json:"imprint"` // of what the picture shows within its frame (package imprint), by which the sides of the split are kept apart
	Mask    string `json:"mask,omitempty"`
	Altered int    `json:"altered"` // pixels that the mask marks
	Attempt int    `json:"attempt"` // how many pages did not lend themselves

	Decidable bool `json:"decidable"` // it was made with a witness that could decide it
}

// Manifest tells of the corpus as a whole. Its digest names the corpus.
type Manifest struct {
	Schema        string         `json:"schema"`
	Program       string         `json:"program"`
	Browser       string         `json:"browser"`
	Seed          uint64         `json:"seed"`
	Input         string         `json:"input"` // digest of sites and defacements
	Classes       []string       `json:"classes"`
	Splits        []Side         `json:"splits"`
	Distributions []Distribution `json:"distributions"`
	Claims        []Entry        `json:"claims"`
	LeftOut       []LeftOut      `json:"left_out,omitempty"` // claims that were made and are not among them
}

// LeftOut is a claim of the test side whose picture resembles one of the training side.
type LeftOut struct {
	Claim     string `json:"claim"`
	Resembles string `json:"resembles"`
	Bits      int    `json:"bits"` // of 256 in which the imprints differ
}

// Side is one side of the split.
type Side struct {
	Name     string   `json:"name"`
	Sites    []string `json:"sites"`
	Families []string `json:"families"`
}

// Entry is one claim of the manifest.
type Entry struct {
	Name   string `json:"name"`
	Class  string `json:"class"`
	Split  string `json:"split"`
	SHA256 string `json:"sha256"` // of its files: names and digests, in the order of the names
}
