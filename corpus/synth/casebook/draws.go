package casebook

import (
	"math"
	"math/rand/v2"
	"time"
)

// Everything that is drawn is drawn here, and from these distributions. None is taken
// from the score's own model of lifetimes: a corpus that agreed with it by making
// would confirm it by making.

// Distribution tells of one of them in words, for the manifest.
type Distribution struct {
	Of     string `json:"of"`
	Form   string `json:"form"`
	Source string `json:"source"`
}

const assumed = "assumed"

// Distributions lists what the corpus is drawn from.
func Distributions() []Distribution {
	return []Distribution{
		{"how often a page was archived", "no capture for 20 %, 2 to 5 for 30 %, 6 to 10 for 10 %, 11 to 60 for 40 % of pages; times uniform over three years",
			"Ainsworth, AlSum, SalahEldeen, Weigle, Nelson: How Much of the Web Is Archived? (JCDL 2011) finds 35 to 90 % of pages with a capture, 17 to 49 % with two to five, 1 to 8 % with six to ten, 8 to 63 % with more; shares within these ranges and times are assumed"},
		{"how long a defacement stays up", "log-normal, median 48 hours, sigma 2.0 of the natural logarithm, from 10 minutes to two years",
			"Bartoli, Davanzo, Medvet: The Reaction Time to Web Site Defacements (IEEE Internet Computing 2009) reports times in the order of several days with a long tail; median and sigma are assumed"},
		{"when in a defacement's life the picture is taken", "uniform over its first half", assumed},
		{"how long after the picture the claim is judged", "log-normal, median 3 days, sigma 1.3, from 2 hours to one year", assumed},
		{"how long after the picture it is posted", "log-normal, median 1 hour, sigma 1.5, at most until the judging; said in 70 % of claims", assumed},
		{"how the time is claimed", "as a date in 60 % of claims, as a moment in the others; as a moment in 70 % of those with tight brackets", assumed},
		{"tight brackets", "a capture 0.2 to 12 hours before and one after, uniform", assumed},
		{"wide brackets", "no capture within 3 days; one 3 to 45 days before and one after where that is past, uniform", assumed},
		{"captures of a defacement that was archived", "one or two, uniform over its life, where the page's own captures have none there", assumed},
		{"what the site shows when the claim is judged, where the class leaves it open", "its ordinary page in 90 % of claims, nothing in 10 %", assumed},
		{"window", "seven content areas of desktop browsers; 1 device pixel per CSS pixel in 70 %, 1.25, 1.5 and 2 in 10 % each; in 20 % one of four of phones, at 2.625 to 3", assumed},
		{"smoothing of letters", "for a screen's sub-pixels in half of the desktop windows at up to 1.25 device pixels, else in grey", assumed},
		{"frame", "on desktops none in 45 %, a browser's window in 35 %, one with a task bar in 20 %; a phone's screen is whole in 80 %; always where the class is about the address", assumed},
		{"picture file", "PNG 40 %; JPEG of quality 75 to 95 35 %; a messenger's (longest side 1280 or 1600, quality 70 to 85) 18 %; scaled to 60 to 95 % 3 %; a photograph of the screen 4 %; a crop of up to a fifth on each side in 15 % of pictures without frame", assumed},
		{"what is left of an old version", "at least 12 squares of 32 pixels show what the archive's nearest copy of the old version has and its copies around the claimed time have not, else another page is drawn", assumed},
		{"page change", "news every 10 days, a rewritten passage every 40, exponentially spaced; half of the pages have an item that is another at every visit",
			"Poisson changes: Cho, Garcia-Molina: The Evolution of the Web and Implications for an Incremental Crawler (VLDB 2000); rates are assumed"},
	}
}

const (
	hour = time.Hour
	day  = 24 * hour
	year = 365 * day
)

// logNormal draws a duration by its median and the sigma of its natural logarithm.
func logNormal(r *rand.Rand, median time.Duration, sigma float64, least, most time.Duration) time.Duration {
	d := float64(median) * math.Exp(sigma*r.NormFloat64())
	return time.Duration(math.Min(math.Max(d, float64(least)), float64(most)))
}

func lifetime(r *rand.Rand) time.Duration { return logNormal(r, 48*hour, 2, 10*time.Minute, 2*year) }
func judging(r *rand.Rand) time.Duration  { return logNormal(r, 3*day, 1.3, 2*hour, year) }
func posting(r *rand.Rand) time.Duration  { return logNormal(r, hour, 1.5, time.Minute, 60*day) }

// between draws uniformly.
func between(r *rand.Rand, least, most time.Duration) time.Duration {
	return least + time.Duration(r.Float64()*float64(most-least))
}

// captures draws when a page was archived in the three years before now.
func captures(r *rand.Rand, now time.Time) []time.Time {
	n := 0
	switch x := r.Float64(); {
	case x < 0.2:
	case x < 0.5:
		n = 2 + r.IntN(4)
	case x < 0.6:
		n = 6 + r.IntN(5)
	default:
		n = 11 + r.IntN(50)
	}
	var out []time.Time
	for range n {
		out = append(out, now.Add(-between(r, hour, history)))
	}
	return out
}

// history is how far back sites and archives reach.
const history = 3 * year

// epoch is before every judging; judgings lie within a year after it.
func epoch() time.Time { return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }

// chain is what becomes of a picture between the screen and the posting.
type chain struct {
	Frame  string  `json:"frame"` // "none", "window", "desktop" or "phone"
	Dark   bool    `json:"dark,omitempty"`
	Crop   bool    `json:"crop,omitempty"`
	Form   string  `json:"form"` // "png", "jpeg", "messenger", "scaled" or "photograph"
	Length int     `json:"longest,omitempty"`
	Scale  float64 `json:"scale,omitempty"`
	JPEG   int     `json:"quality,omitempty"`
	Draw   uint64  `json:"-"`
}

func drawChain(r *rand.Rand, phone, framed bool) chain {
	c := chain{Frame: "none", Dark: r.Float64() < 0.3, Draw: r.Uint64()}
	switch x := r.Float64(); {
	case phone && (x < 0.8 || framed):
		c.Frame = "phone"
	case phone:
	case x < 0.2:
		c.Frame = "desktop"
	case x < 0.55 || framed:
		c.Frame = "window"
	}
	c.Crop = r.Float64() < 0.15 && c.Frame == "none"
	switch x := r.Float64(); {
	case x < 0.40:
		c.Form = "png"
	case x < 0.75:
		c.Form, c.JPEG = "jpeg", 75+r.IntN(21)
	case x < 0.93:
		c.Form, c.Length, c.JPEG = "messenger", []int{1280, 1600}[r.IntN(2)], 70+r.IntN(16)
	case x < 0.96:
		c.Form, c.Scale = "scaled", 0.6+0.35*r.Float64()
	default:
		c.Form, c.JPEG = "photograph", 80
	}
	return c
}

// window is how the claimant looks at the page.
type window struct {
	Width    int     `json:"width"`  // CSS pixels of the content
	Height   int     `json:"height"` // CSS pixels of the content
	Scale    float64 `json:"scale"`  // device pixels per CSS pixel
	Scroll   float64 `json:"scroll"` // 0 is the top, 1 the bottom
	Phone    bool    `json:"phone,omitempty"`
	Subpixel bool    `json:"subpixel,omitempty"` // letters are smoothed for a screen's sub-pixels
}

func drawWindow(r *rand.Rand) window {
	w := desktopWindow(r)
	if r.Float64() < 0.2 {
		screens := [...]window{{Width: 360, Height: 640, Scale: 3}, {Width: 390, Height: 664, Scale: 3}, {Width: 393, Height: 704, Scale: 2.75}, {Width: 412, Height: 760, Scale: 2.625}}
		w = screens[r.IntN(len(screens))]
		w.Phone = true
	}
	if r.Float64() < 0.4 {
		w.Scroll = r.Float64()
	}
	return w
}

func desktopWindow(r *rand.Rand) window {
	sizes := [...][2]int{{1280, 593}, {1440, 765}, {1536, 730}, {1600, 765}, {1680, 915}, {1920, 945}, {1366, 641}}
	s := sizes[r.IntN(len(sizes))]
	w := window{Width: s[0], Height: s[1], Scale: 1}
	if x := r.Float64(); x < 0.3 {
		w.Scale = []float64{1.25, 1.5, 2}[int(x*10)%3]
	}
	w.Subpixel = w.Scale <= 1.25 && r.Float64() < 0.5
	return w
}
