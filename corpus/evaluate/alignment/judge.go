package alignment

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"path/filepath"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify"
)

// outcome is what came of one picture. Lengths are pixels.
type outcome struct {
	ID         string       `json:"id"`
	Set        string       `json:"set"`
	Kind       string       `json:"kind"`
	Group      string       `json:"group"`
	Page       string       `json:"page"`
	Claim      string       `json:"claim"`
	File       string       `json:"file"`
	Window     string       `json:"window"` // of the claimant
	Browser    string       `json:"browser"`
	Want       verify.State `json:"want"`
	Got        verify.State `json:"got"`
	Why        string       `json:"why"` // verify's reason for it
	Right      bool         `json:"right"`
	Negative   bool         `json:"negative"`
	Located    bool         `json:"located"`
	Confidence float64      `json:"confidence"`
	Fitted     string       `json:"fitted"`          // our window that explained most
	Anchors    int          `json:"anchors"`         // lines of text that tell the true place
	Placed     bool         `json:"placed"`          // where the anchors say; only if there are enough
	Error      float64      `json:"error"`           // px of the capture; only if placed
	IoU        float64      `json:"iou"`             // of the altered region; -1 where there is none
	Mask       string       `json:"mask,omitempty"`  // what was replaced
	Found      string       `json:"found,omitempty"` // what was found altered
	Frame      string       `json:"frame"`           // what was taken for a frame
	FrameError int          `json:"frame_error"`     // px by which the worst side of the content is off; -1 where the picture has no frame
	Match      int          `json:"tiles_match"`
	Mismatch   int          `json:"tiles_mismatch"`
	Captures   int          `json:"captures"` // asked for
	Asked      string       `json:"asked"`    // in which windows, with the scroll
	Seconds    float64      `json:"seconds"`
	PHash      int          `json:"phash"` // bits of 64 that differ from the first window; -1 when either is uninformative
	ORB        *orb         `json:"orb,omitempty"`
	Said       string       `json:"said"` // what the verdict says of the comparison
	Trouble    string       `json:"trouble,omitempty"`
}

// measured says whether the true place is known well enough to judge one.
func (o *outcome) measured() bool { return o.Anchors >= minAnchors }

// judge makes the picture, has verify judge it, and holds the answer against
// the truth.
func (r *run) judge(ctx context.Context, set string, d *draft) (*outcome, error) {
	o := &outcome{ID: d.id, Set: set, Kind: d.kind.name, Group: d.kind.group, Page: d.on.String(), Claim: d.claim, IoU: -1, PHash: -1, FrameError: -1,
		Want: d.want(), Negative: d.kind.negative != itself, Window: fmt.Sprintf("%dx%d@%g", d.pose.Width, d.pose.Height, d.pose.Scale), Browser: "chromium"}
	if d.pose.Firefox {
		o.Browser = "firefox"
	}
	if err := r.develop(ctx, d); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		o.Trouble = err.Error()
		if errors.Is(err, errNotPossible) {
			return nil, nil
		}
		return o, nil
	}
	o.File = filepath.Join(r.o.out, set, d.id+d.ext)
	if err := bench.Write(o.File, d.file); err != nil {
		return nil, err
	}
	began := time.Now()
	w := r.stand.before()
	j, err := verify.Judge(ctx, verify.Claim{Picture: d.file, Name: filepath.Base(o.File), URL: d.claim, ReadAt: seenAt},
		w, verify.Options{Program: "evalalign", Live: true, Parallel: 1})
	o.Seconds, o.Captures = time.Since(began).Seconds(), len(w.asked)
	o.Asked = strings.Join(w.asked, " ")
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		o.Trouble = err.Error()
		return o, nil
	}
	o.read(d, j, w)
	return o, r.baseline(ctx, d, o)
}

// read takes from the judgement what is measured.
func (o *outcome) read(d *draft, j *verify.Judgement, w *witness) {
	if len(j.Result.Captures) == 0 {
		o.Trouble = "no capture was looked at"
		return
	}
	f := j.Result.Claim.Frame
	o.Frame = f.Kind
	if !d.hole.Empty() {
		o.FrameError = farthest(f.Content, d.hole.Intersect(d.img.Rect))
	}
	c := j.Result.Captures[0]
	o.Got, o.Why = c.State, c.StateReason
	o.Fitted = fmt.Sprintf("%dx%d@%g", c.Viewport.Width, c.Viewport.Height, max(c.Viewport.Scale, 1))
	for _, s := range d.kind.want {
		o.Right = o.Right || s == c.State
	}
	for _, e := range j.Result.Evidence {
		if len(e.Captures) > 0 {
			o.Said += e.Sentence + " "
		}
	}
	if c.State == verify.NotCompared {
		o.Trouble = "capture: " + string(c.Validity) + ": " + c.Reason
		return
	}
	if c.Match == nil {
		return
	}
	m := c.Match
	o.Located, o.Confidence, o.Match, o.Mismatch = m.Located, m.Confidence, m.TilesSame, m.TilesDiff
	if o.Negative {
		return
	}
	if len(d.mask)+len(m.Regions) > 0 {
		o.Mask, o.Found = fmt.Sprint(d.mask), fmt.Sprint(m.Regions)
	}
	if v, ok := w.shot(c.Digest); ok && m.Located {
		o.Anchors, o.Placed, o.Error = d.hold(v, place{m.Scale, m.OffsetX, m.OffsetY, m.Homography})
	}
	if o.Want == verify.Altered && c.State == verify.Altered && len(d.mask) > 0 {
		o.IoU = overlap(m.Regions, d.mask, d.img.Rect)
	}
}

// farthest is the greatest distance between the same sides of two rectangles.
func farthest(a verify.Rect, b image.Rectangle) int {
	m := 0
	for _, d := range []int{a.X - b.Min.X, a.Y - b.Min.Y, a.X + a.W - b.Max.X, a.Y + a.H - b.Max.Y} {
		m = max(m, d, -d)
	}
	return m
}

// median is not a number where there is none.
func median(v []float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	return quantile(v, 0.5)
}
