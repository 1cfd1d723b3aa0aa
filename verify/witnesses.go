package verify

import (
	"context"
	"image"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// Witnesses gets captures for a claim. The package asks and never fetches.
type Witnesses interface {
	// Live returns the page as it is now.
	Live(ctx context.Context, r capture.Request) (*capture.Capture, error)
	// TimeMap returns what all archives list for the URL within [from, to],
	// oldest first, and for each archive that could not answer why not. A zero
	// time is no bound.
	TimeMap(ctx context.Context, url string, from, to time.Time) (capture.TimeMap, []capture.Trouble)
	// Replay returns the page as the memento's archive kept it.
	Replay(ctx context.Context, m capture.Memento, r capture.Request) (*capture.Capture, error)
}

// Judgement is the result and the pictures that back it.
type Judgement struct {
	Result   *Result
	Picture  image.Image // the claim's picture as decoded, first frame
	Frame    image.Image // what surrounds the page in it, of the same size and with the page transparent; nil when nothing does
	Preview  image.Image // the preview inside the file, where a finding is about it; else nil
	Exhibits []Exhibit   // closest captures first
	Timings  []Timing    // of this run; no part of the result, which must not depend on the machine
}

// Timing is how long a phase took.
type Timing struct {
	Phase string
	Took  time.Duration
}

// Exhibit is the picture laid over one capture: both in the picture's frame,
// tile by tile.
type Exhibit struct {
	CaptureID string
	View      image.Image // the capture in the picture's frame; where the capture does not reach it is transparent. nil when not located: then Shot is shown
	Shot      image.Image // the capture's own first viewport
	Tiles     []Tile      // in pixels of the picture
}

// Tile is one square of the comparison.
type Tile struct {
	Rect
	State TileState
}

// TileState is what the comparison of one tile gave.
type TileState uint8

// The tile states; a masked tile varies by itself from one
// capture of the unchanged page to the next.
const (
	TileFlat TileState = iota
	TileMatch
	TileMismatch
	TileMasked
)
