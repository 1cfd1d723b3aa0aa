package verify

import (
	"image"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// Schema names the shape of Result in JSON. It changes when the shape does.
const Schema = "defacecheck/verdict/1"

// Result is everything that was found about one claim. JSON is its archival
// form; every report is a view of it.
type Result struct {
	Schema   string        `json:"schema"`
	Versions Versions      `json:"versions"`
	Claim    ClaimFacts    `json:"claim"`
	Verdict  Verdict       `json:"verdict"`
	Evidence []Evidence    `json:"evidence"` // strongest first
	Captures []CaptureView `json:"captures"` // by time
	Fits     []VersionFit  `json:"fits"`     // of an altered picture: which captures its untouched part fits, by time
	Effort   Effort        `json:"effort"`
	TimeLine []TimePoint   `json:"time_line"`
	Limits   []string      `json:"limits"`  // what no tool can do, and what could not be checked here
	Changes  []string      `json:"changes"` // what would change this verdict
	Context  []string      `json:"context"` // how much of a public the page had; carries no weight
	Notes    []string      `json:"notes"`   // unusual settings in force, e.g. a browser without sandbox
}

// Versions names everything that a score depends on.
type Versions struct {
	Program     string            `json:"program"`
	Browser     string            `json:"browser"`          // "" when none was started
	Reader      string            `json:"reader,omitempty"` // of text, with digests of its data; "" when there was none
	Model       string            `json:"model"`            // name and version of the score table
	ModelDigest string            `json:"model_digest"`
	Methods     map[string]string `json:"methods"` // evidence id -> version of the method
}

// ClaimFacts is the claim as it was judged.
type ClaimFacts struct {
	Image     string     `json:"image"` // file name
	SHA256    string     `json:"sha256"`
	Bytes     int64      `json:"bytes"`
	Format    string     `json:"format"`
	Width     int        `json:"width"`
	Height    int        `json:"height"`
	Frames    int        `json:"frames"` // only the first is judged
	URL       string     `json:"url"`
	ClaimedAt *Span      `json:"claimed_at,omitempty"`
	PostedAt  *Span      `json:"posted_at,omitempty"`
	Notifier  string     `json:"notifier,omitempty"` // who is said to have made or told of it
	Words     string     `json:"words,omitempty"`    // that the picture is said to show
	ReadAt    time.Time  `json:"read_at"`
	Hashes    HashValues `json:"hashes"`
	Frame     FrameFacts `json:"frame"`
	Metadata  any        `json:"metadata,omitempty"` // what the file says of itself, as `inspect` prints it
}

// FrameFacts tells what of the picture was taken for the frame of a window and
// left out of comparisons.
type FrameFacts struct {
	Kind       string       `json:"kind"`                   // none, browser, desktop, phone, letterbox, or known: found by where the page lies
	Confidence float64      `json:"confidence"`             // 0 to 1
	Content    Rect         `json:"content"`                // the page
	Address    *Rect        `json:"address,omitempty"`      // where an address bar seems to be
	Tab        *Rect        `json:"tab,omitempty"`          // where the active tab seems to be
	Clock      *Rect        `json:"clock,omitempty"`        // where a clock seems to be
	Strips     []FrameStrip `json:"strips,omitempty"`       // everything but the content
	Read       *AddressRead `json:"address_read,omitempty"` // what was read in the address bar; absent where no host was read surely enough to be told
	Picture    string       `json:"picture,omitempty"`      // name of the file, where reports are kept in one directory, that shows the strips and nothing of the content; of the picture's size
}

// AddressRead is what was read in the picture's address bar.
type AddressRead struct {
	Host    string `json:"host"`              // as name servers have it: lower case, without "www.", letters beyond a to z in punycode; what stands before the registered domain is less sure
	Letters string `json:"letters,omitempty"` // the host with its punycode decoded, where it has any
	Path    string `json:"path,omitempty"`    // what was read after the host, query included, values that look like secrets removed; weighs nothing, since 0 and O, 1 and l are read for each other
}

// FrameStrip is one piece of a frame.
type FrameStrip struct {
	Rect
	Side string `json:"side"` // top, bottom, left or right of the content
	Part string `json:"part"` // bars, task bar, navigation, border, bar or remainder
}

// FramePicture is the name of the file that keeps the frame of a picture.
const FramePicture = "frame.png"

// HashValues are the picture's perceptual hashes in hexadecimal, for
// interoperability and the corpus; they are never the verdict.
type HashValues struct {
	Average       string  `json:"average"`
	Difference    string  `json:"difference"`
	Perception    string  `json:"perception"`
	Difference256 string  `json:"difference_256"`
	Information   float64 `json:"information"` // 0 to 1
	Informative   bool    `json:"informative"` // false: the hashes mean nothing and match nothing
}

// Word is the verdict in one of five bands of log10 LR.
type Word string

// The verdict words, from the most to the least genuine.
const (
	Supported    Word = "supported"
	LeansGenuine Word = "leans genuine"
	Inconclusive Word = "inconclusive"
	LeansFalse   Word = "leans false"
	Contradicted Word = "contradicted"
)

// Leaning is which of the two hypotheses against the claim the evidence points to.
type Leaning string

// The leanings.
const (
	NoLeaning     Leaning = ""
	Edited        Leaning = "edited"
	Misattributed Leaning = "misattributed"
)

// Answer tells apart what must never be confused: a claim that was judged, a
// page that could not be seen, a picture that shows the ordinary page, and one
// that shows what the page did show, while nobody knows its ordinary look.
type Answer string

// The answers.
const (
	Judged       Answer = "judged"
	PageNotSeen  Answer = "page_not_seen"
	OrdinaryPage Answer = "ordinary_page"
	Shown        Answer = "shown" // whether what was shown is a defacement was not judged
)

// Verdict is how strongly the evidence supports the claim.
type Verdict struct {
	Word        Word    `json:"word"`
	Answer      Answer  `json:"answer"`
	Log10LR     float64 `json:"log10_lr"`
	Probability float64 `json:"probability"` // of genuine, given Prior and the evidence
	Prior       float64 `json:"prior"`
	Leaning     Leaning `json:"leaning"`
	Strength    string  `json:"strength"` // verbal scale, e.g. "moderate support"
	Sentence    string  `json:"sentence"` // the sentence one can print
}

// Evidence is the outcome of one test.
type Evidence struct {
	ID       string   `json:"id"`
	Group    string   `json:"group"` // items of one group share a cause and are counted once
	Method   string   `json:"method"`
	Version  string   `json:"version"`
	Ran      bool     `json:"ran"`
	Finding  string   `json:"finding"` // key in the model's table; "" when the test did not run
	Value    *float64 `json:"value,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Log10LR  float64  `json:"log10_lr"`
	Computed *float64 `json:"-"`       // log10 LR before the model's bounds, where it was computed and not looked up: for calibration
	Counted  float64  `json:"counted"` // what of Log10LR entered the sum after grouping and bounds
	Leaning  Leaning  `json:"leaning"`
	Sentence string   `json:"sentence"`
	Captures []string `json:"captures,omitempty"` // ids of the captures it rests on
	At       []Rect   `json:"at,omitempty"`       // the parts of the picture that it is about, the most telling first; at most 16

	// How often such a finding was wrong where it was measured, in words, as the score
	// model has it; "not measured" where it was not. Absent where the test did not run
	// or the model does not say.
	FalseAlarms string `json:"false_alarms,omitempty"`

	// In how many claims of known truth the finding counted when the score model was
	// fitted; 0 is a weight set by hand. Absent where the test did not run or the model was
	// not fitted.
	FittedOn *int `json:"fitted_on,omitempty"`
}

// State is the match state of a picture in a capture.
type State string

// The match states.
const (
	Same          State = "same"
	Altered       State = "altered"
	Other         State = "other"
	Uninformative State = "uninformative"
	NotCompared   State = "" // the capture cannot speak about content
)

// CaptureView is a capture and what the picture is to it.
type CaptureView struct {
	ID          string             `json:"id"`
	Kind        capture.Kind       `json:"kind"`
	Source      string             `json:"source"`
	URL         string             `json:"url"`
	FinalURL    string             `json:"final_url"`
	SeenAt      time.Time          `json:"seen_at"`
	Validity    capture.Validity   `json:"validity"`
	Reason      string             `json:"reason"`
	Status      int                `json:"status"`
	Title       string             `json:"title"`
	RemoteAddr  string             `json:"remote_addr,omitempty"`
	TLS         *capture.TLS       `json:"tls,omitempty"`
	Redirects   []capture.Redirect `json:"redirects,omitempty"`
	Viewport    capture.Viewport   `json:"viewport"`
	PageHeight  int                `json:"page_height"`
	Clipped     bool               `json:"clipped"`
	Settled     capture.Settlement `json:"settled"`
	Dialogs     []capture.Dialog   `json:"dialogs,omitempty"`
	Missing     int                `json:"missing"` // subresources the archive lacks
	Requests    int                `json:"requests"`
	State       State              `json:"state"`
	StateReason string             `json:"state_reason,omitempty"` // one clause on how the state came about
	NotShown    bool               `json:"not_shown,omitempty"`    // the state is uninformative, and yet the capture is known not to show the picture
	Ordinary    bool               `json:"ordinary"`               // agrees with captures of other times
	Match       *Match             `json:"match,omitempty"`
	Words       *Words             `json:"words,omitempty"` // the picture's words in the capture's text; absent when not read
	HTMLSHA256  string             `json:"html_sha256,omitempty"`
	Digest      string             `json:"image_sha256,omitempty"` // of the shot compared
}

// Match is how the picture lies in a capture. Lengths are pixels of the picture.
type Match struct {
	Located    bool        `json:"located"`
	Scale      float64     `json:"scale"`    // picture pixels per capture pixel
	OffsetX    float64     `json:"offset_x"` // picture position of the capture's left edge
	OffsetY    float64     `json:"offset_y"`
	Homography *[9]float64 `json:"homography,omitempty"` // from the capture to a photograph; scale and offset then hold in the middle only
	Confidence float64     `json:"confidence"`           // 0 to 1
	TilesSame  int         `json:"tiles_match"`
	TilesDiff  int         `json:"tiles_mismatch"`
	TilesFlat  int         `json:"tiles_flat"`
	Agreement  float64     `json:"agreement"`           // share of textured tiles that match, 0 to 1
	Changed    float64     `json:"changed"`             // share of the picture in the largest changed region, 0 to 1
	Beyond     float64     `json:"beyond,omitempty"`    // share of the picture, without the claim's frame, that lies beyond the page and was not compared, 0 to 1
	Regions    []Rect      `json:"regions,omitempty"`   // changed regions, largest first
	Outlines   []Shape     `json:"outlines,omitempty"`  // the same as polygons, in the same order
	Frame      []Rect      `json:"frame,omitempty"`     // strips along the edges that look like window frame and were left out
	SetAside   *Aside      `json:"set_aside,omitempty"` // what varies by itself and was left out
}

// Shape is a polygon on the picture: its corners in order, without the first
// one again at the end.
type Shape []Point

// Point is a place on the picture, in pixels from its top left corner.
type Point struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Words is how far the words read off the picture are those of a capture.
// Shares are from 0 to 1; short words count a quarter.
type Words struct {
	Read      float64  `json:"read"`              // weight of the words read
	Found     float64  `json:"found"`             // share of them in the capture's text
	PageFound float64  `json:"page_found"`        // share of the capture's words in view that were read
	Placed    float64  `json:"placed"`            // share of those found that stand in their place
	Rare      float64  `json:"rare"`              // different long words found
	Unread    float64  `json:"unread"`            // share of the capture's letters in scripts that could not be read
	Strange   int      `json:"strange"`           // words surely read that the capture does not have
	Swapped   []string `json:"swapped,omitempty"` // words read, each with the capture's in its place
	Whole     bool     `json:"whole"`             // the two texts agree
}

// Rect is a rectangle in pixels of the picture.
type Rect struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

func (r Rect) image() image.Rectangle { return image.Rect(r.X, r.Y, r.X+r.W, r.Y+r.H) }

// TimePoint is one entry of the time line: a capture that an archive lists,
// whether or not it was looked at.
type TimePoint struct {
	At      time.Time    `json:"at"`
	Kind    capture.Kind `json:"kind"`
	Source  string       `json:"source"`
	Status  int          `json:"status,omitempty"`
	Digest  string       `json:"digest,omitempty"`
	Capture string       `json:"capture,omitempty"` // id of the capture that looked at it
}
