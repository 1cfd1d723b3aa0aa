package browser

import (
	"crypto/x509"
	"log/slog"
	"time"

	"github.com/defacecheck/defacecheck/capture/egress"
)

// Config says how the browser is started and what a capture may cost. The
// zero value finds a browser by itself, keeps the sandbox and uses the default
// budgets; it captures archived pages only, because a live page needs a
// Gateway.
type Config struct {
	// Path is the browser's executable; empty means Find.
	Path string
	// Variant is the kind of browser that Find looks for. Any takes the
	// headless shell when there is one, because it paints the same, but for one
	// generic font, and is faster; full Chrome otherwise.
	Variant Variant
	// Gateway is the only way out for live pages. Without one, and for
	// archived pages, the browser is given a proxy that refuses everything.
	Gateway *egress.Gateway
	// NoSandbox runs Chrome without its sandbox. A hostile page then needs one
	// defect less to reach the machine; it is never chosen silently.
	NoSandbox bool
	// TrustedCertificates are accepted besides the system's, by the hash of
	// their public key. Certificate errors are otherwise never ignored.
	TrustedCertificates []*x509.Certificate
	// Budgets bound the phases of a capture; zero fields take the default.
	Budgets Budgets
	// Tabs is how many captures run at the same time; 0 is DefaultTabs.
	Tabs int
	// TempDir is where the profile is made; empty is the system's.
	TempDir string
	// Clock tells the time; nil is time.Now.
	Clock func() time.Time
	// Logger receives what the browser did; nil discards.
	Logger *slog.Logger
}

// DefaultTabs is two: on two processors a third tab costs memory and gains
// nothing.
const DefaultTabs = 2

// Budgets are the longest times that the phases of one capture may take, and
// the most that it may keep.
type Budgets struct {
	Launch   time.Duration // from starting the process to its first answer
	Open     time.Duration // context, tab and stabilising
	Navigate time.Duration // until the document's first bytes are committed
	Settle   time.Duration // until load, fonts, pictures and a quiet network
	Archive  time.Duration // instead of Navigate and Settle, each, when an archive answers
	Quiet    time.Duration // how long the network must be silent to be quiet
	Freeze   time.Duration // stopping, scrolling for lazy pictures, measuring
	Shoot    time.Duration // each picture
	Read     time.Duration // HTML and boxes
	Close    time.Duration // tab and context; the browser's own exit

	Rows     int   // height of the full-page picture in CSS pixels
	HTML     int   // bytes of serialised document
	Texts    int   // text boxes
	Pictures int   // picture boxes
	Requests int   // requests that are remembered
	Body     int64 // bytes of one response body
	Bodies   int64 // bytes of all response bodies of a capture
	Dialogs  int   // dialogs kept; one more than Patience ends the attempt
	Patience int   // dialogs after which the attempt is given up
	Children int   // frames with a process of their own; more stay empty
	Workers  int   // workers that run; more stay paused
}

// The defaults of Budgets.
const (
	DefaultLaunch   = 20 * time.Second       // a cold disk and a busy machine
	DefaultOpen     = 10 * time.Second       // ordinarily 0.1 s
	DefaultNavigate = 15 * time.Second       // slow shared hosting is the ordinary victim
	DefaultSettle   = 8 * time.Second        // longer waits gained no picture in trials
	DefaultArchive  = 30 * time.Second       // archives answer at a pace; local files are done long before
	DefaultQuiet    = 100 * time.Millisecond // longer ones cost throughput and changed no picture
	DefaultFreeze   = 5 * time.Second        // a full scroll of 16,384 rows takes 1 s
	DefaultShoot    = 10 * time.Second       // 16,384 rows at scale 2 take 3 s
	DefaultRead     = 5 * time.Second        // 20,000 text boxes take 0.5 s
	DefaultClose    = 5 * time.Second        // then the process group is killed
	DefaultRows     = 16384                  // beyond it some graphics stacks repeat or blank bands silently
	DefaultHTML     = 16 << 20               // the largest honest pages seen are under 10 MB
	DefaultTexts    = 20000                  // a page of 16,384 rows has under 10,000 lines
	DefaultPictures = 4000                   //
	DefaultRequests = 5000                   // ordinary pages make 50-300
	DefaultBody     = int64(16 << 20)        //
	DefaultBodies   = int64(96 << 20)        // own process stays under 300 MB
	DefaultDialogs  = 20                     // kept as evidence
	DefaultPatience = 10                     // more than ten is a trap
	DefaultChildren = 64                     // advert-heavy pages have about 20
	DefaultWorkers  = 8                      // ordinary pages have 0 to 3; a hundred busy ones starve the browser itself
	answerIn        = time.Second            // for a page's scripts to answer to a scroll
	passIn          = 200 * time.Millisecond // the same while passing by
	restIn          = 3 * time.Second / 2    // for what they move from frame to frame to end
	pollEvery       = 10 * time.Millisecond  // how often a wait looks again
)

func pick[T comparable](v, def T) T {
	var zero T
	if v == zero {
		return def
	}
	return v
}

func (b Budgets) withDefaults() Budgets {
	return Budgets{
		Launch: pick(b.Launch, DefaultLaunch), Open: pick(b.Open, DefaultOpen),
		Navigate: pick(b.Navigate, DefaultNavigate), Settle: pick(b.Settle, DefaultSettle),
		Archive: pick(b.Archive, DefaultArchive), Quiet: pick(b.Quiet, DefaultQuiet), Freeze: pick(b.Freeze, DefaultFreeze),
		Shoot: pick(b.Shoot, DefaultShoot), Read: pick(b.Read, DefaultRead),
		Close: pick(b.Close, DefaultClose), Rows: pick(b.Rows, DefaultRows),
		HTML: pick(b.HTML, DefaultHTML), Texts: pick(b.Texts, DefaultTexts),
		Pictures: pick(b.Pictures, DefaultPictures), Requests: pick(b.Requests, DefaultRequests),
		Body: pick(b.Body, DefaultBody), Bodies: pick(b.Bodies, DefaultBodies),
		Dialogs: pick(b.Dialogs, DefaultDialogs), Patience: pick(b.Patience, DefaultPatience),
		Children: pick(b.Children, DefaultChildren), Workers: pick(b.Workers, DefaultWorkers),
	}
}

func (c Config) withDefaults() Config {
	c.Budgets = c.Budgets.withDefaults()
	c.Tabs = pick(c.Tabs, DefaultTabs)
	if c.Clock == nil {
		c.Clock = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	return c
}
