// Package capture holds the words for seeing a web page: what is asked for
// (Request), what one browser saw at one time (Capture), what an archive has
// (Memento, Record), who answers a page's requests (Source), and the errors
// that a caller can act on.
//
// The package observes and has no opinion: nothing here knows of a claim or of
// a picture that somebody posted. The ways of getting a capture are its
// subpackages: egress is the only road to the live web, browser drives Chrome,
// archive reads mementos, witness joins the three.
package capture

import (
	"time"
)

// Validity says whether a capture can speak about the content of the page.
// Only a capture that is OK can; every other value is a way of not having seen.
type Validity string

// The validities.
const (
	OK          Validity = "ok"
	Blank       Validity = "blank"       // nothing but background
	Challenge   Validity = "challenge"   // a wall against robots
	Blocked     Validity = "blocked"     // 401, 403, 451 or a firewall's page
	ErrorPage   Validity = "error"       // 4xx or 5xx: the server had no page to show
	Parked      Validity = "parked"      // a domain broker's or a host's placeholder
	Unreachable Validity = "unreachable" // no answer: DNS, connection, TLS, redirects, time
	Incomplete  Validity = "incomplete"  // too many subresources are missing to judge its look
)

// Kind is the kind of witness a capture comes from.
type Kind string

// The kinds of witness.
const (
	Live    Kind = "live"
	Archive Kind = "archive"
)

// Origin names the witness.
type Origin struct {
	Kind Kind   `json:"kind"`
	Name string `json:"name"` // "live web", an archive's base URL, or an archive file's base name
}

// Viewport is the window the page is rendered in.
type Viewport struct {
	Width  int     `json:"width"`  // CSS pixels
	Height int     `json:"height"` // CSS pixels
	Scale  float64 `json:"scale"`  // device pixels per CSS pixel; 0 means 1
	Mobile bool    `json:"mobile"` // mobile viewport rules, touch and user agent
}

// DefaultViewport is the most common desktop window, at one device pixel per
// CSS pixel.
func DefaultViewport() Viewport { return Viewport{Width: 1366, Height: 768, Scale: 1} }

// Request asks for one capture of one page.
type Request struct {
	URL      string    // URI-R; always what the browser navigates to
	Source   Source    // who answers the page's requests; nil is the live web
	At       time.Time // for an archived page: the Memento-Datetime wanted
	Viewport Viewport  // the zero value is DefaultViewport
	ScrollY  int       // CSS pixels; the first-viewport shot is taken here
	FullPage bool      // take the full-page shot as well as the viewport
	Bodies   bool      // keep the response bodies, for writing a WARC
	Another  bool      // look as another visitor on another day: other randomness, a clock that is ahead, and scrolling up to the place instead of down
}

// Capture is the page as one browser saw it at one time.
type Capture struct {
	ID       string    // stable within a run: kind, time and viewport
	URL      string    // URI-R as asked
	FinalURL string    // after redirects; "" when no document arrived
	Origin   Origin    // who answered
	SeenAt   time.Time // live: the moment of the shot; archive: Memento-Datetime of the document (UTC)
	TakenAt  time.Time // when our browser rendered it (UTC)

	Validity Validity
	Reason   string // one plain clause saying why the validity is what it is
	Err      error  // the named error behind an unreachable capture, else nil

	Status     int
	MIME       string
	Title      string
	Redirects  []Redirect
	RemoteAddr string // address the document came from, as egress dialled it; "" for archives
	TLS        *TLS   // nil when the document did not come over TLS, and for archives

	Viewport   Viewport
	PageHeight int    // CSS pixels of the whole document
	Clipped    bool   // the full-page shot ends before the document does
	FullPage   []byte // PNG, device pixels; nil unless asked for
	First      []byte // PNG of the viewport at Request.ScrollY, device pixels

	HTML     []byte    // the document as serialised after settling
	Text     []TextBox // visible text with boxes, in document order
	Pictures []Box     // boxes of img, video, canvas and background images
	Controls []Box     // boxes of media players and form fields, which every browser draws in its own way
	Moving   []Box     // boxes in which lines move without end; they were held where they are written
	// StandingGround says that a background stands still while the page is scrolled over it.
	StandingGround bool
	Requests       []Exchange // every request of the page, in order of start

	Settled Settlement
	Dialogs []Dialog // kept as evidence, dismissed
	Browser string   // product and version
}

// Box is a rectangle in CSS pixels from the top left corner of the document.
type Box struct {
	X float64 `json:"x"`
	Y float64 `json:"y"`
	W float64 `json:"w"`
	H float64 `json:"h"`
}

// TextBox is one run of visible text and where it stands.
type TextBox struct {
	Box
	Text string `json:"text"`
	Font string `json:"font,omitempty"` // the families that the page asks for, in its own words
	Held bool   `json:"held,omitempty"` // fixed or sticky: it may stay in view while the page is scrolled
}

// Redirect is one hop on the way to the document.
type Redirect struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Status int    `json:"status"`
}

// TLS holds the facts of the document's connection.
type TLS struct {
	Protocol  string    `json:"protocol"`
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
	SANs      []string  `json:"sans"`
}

// Exchange is one request of the page and what became of it.
type Exchange struct {
	URL        string            `json:"url"`
	Method     string            `json:"method"`
	Type       string            `json:"type"` // DevTools resource type: Document, Image, ...
	Status     int               `json:"status"`
	MIME       string            `json:"mime,omitempty"`
	Started    time.Time         `json:"started"`
	RemoteAddr string            `json:"remote_addr,omitempty"`
	MementoAt  time.Time         `json:"memento_at,omitzero"` // archive: time of the record that answered
	Missing    bool              `json:"missing,omitempty"`   // the archive lacks it
	Failed     string            `json:"failed,omitempty"`    // the browser's or egress's word for why not
	Bytes      int64             `json:"bytes"`
	ReqHeader  map[string]string `json:"-"`
	Header     map[string]string `json:"-"`
	Body       []byte            `json:"-"` // decoded body; only when Request.Bodies is set
}

// Settlement tells how the page came to rest before the shot.
type Settlement struct {
	Quiet      bool          `json:"quiet"`       // the network fell silent within the budget
	Loaded     bool          `json:"loaded"`      // the load event fired
	Stopped    bool          `json:"stopped"`     // loading was stopped at the budget
	ScriptsOff bool          `json:"scripts_off"` // second attempt, scripts disabled
	Attempts   int           `json:"attempts"`
	FixedClock time.Time     `json:"fixed_clock"` // what the page was told the time is
	Took       time.Duration `json:"took"`
}

// Dialog is an alert, confirm, prompt or beforeunload that the page opened.
type Dialog struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}
