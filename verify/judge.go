package verify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/score"
)

// DefaultCaptures is how many archived captures are looked at: the nearest on
// both sides of the claimed time, those next to them, and a few further off to
// tell versions of the page apart. Each costs one to three page loads.
const DefaultCaptures = 6

// DefaultPrior is the prior probability used unless the user sets one. It is
// neutral, not an estimate of how often claims are genuine.
const DefaultPrior = 0.5

// ErrPrior is returned for a prior that is no probability one can update.
var ErrPrior = errors.New("a prior must lie between 0 and 1, both excluded")

// Options say how a claim is judged.
type Options struct {
	Program    string        // name and version of the program, for the result
	Browser    func() string // names the browser that was used; nil when there is none
	Model      *score.Model  // nil is the embedded one
	Prior      float64       // in (0, 1); 0 is DefaultPrior
	Live       bool          // look at the page as it is now
	Captures   int           // most archived captures to look at; 0 is DefaultCaptures
	Versions   int           // most older captures to look at besides, for the version that the picture was made from; 0 is DefaultVersions, less is none
	Precedents Precedents    // earlier claims; nil when there is no corpus
	Reader     Reader        // reads text off the picture; nil reads nothing
	NotRead    string        // where Reader is nil, one sentence on why
	Parallel   int           // captures at the same time; 0 is 2
	Shots      *Shots        // keeps what captures look like for other claims; nil keeps some for this one
	Notes      []string      // unusual settings in force, for the result
	Progress   func(Step)    // told of every step; nil is nobody. Called from one goroutine at a time
}

// ownShots is how many bytes of decoded shots are kept for one claim alone: those of seven
// captures of pages some screens high, each of which is compared two or three times.
const ownShots = 256 << 20

// Step is one step of the work on a claim.
type Step struct {
	Done, Total int    // captures, of those planned so far
	What        string // what was just done
}

// Judge reads the claim's picture, asks the witnesses, and weighs what they and
// the file say. An error means that the claim could not be judged at all: the
// picture is not one (errors of package picture), our own browser failed
// (capture.ErrNoBrowser, ErrSandbox, ErrBrowserGone), or ctx ended. A page that
// could not be seen is not an error but a result.
func Judge(ctx context.Context, claim Claim, w Witnesses, opts Options) (*Judgement, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	watch := newStopwatch()
	pic, err := picture.Read(ctx, claim.Picture)
	if err != nil {
		return nil, fmt.Errorf("read picture %s: %w", claim.Name, err)
	}
	facts, err := metadata.Read(ctx, claim.Picture)
	if err != nil {
		return nil, fmt.Errorf("read metadata of %s: %w", claim.Name, err)
	}
	if err := facts.CompareThumbnails(ctx, pic); err != nil {
		return nil, fmt.Errorf("read metadata of %s: %w", claim.Name, err)
	}
	c := &Case{Claim: claim, Picture: pic, Facts: facts, Model: opts.Model, AskedLive: opts.Live, Precedents: opts.Precedents}
	c.Imprint, c.Frame = imprint.Of(pic.Image), frame.Find(pic.Image)
	if c.Precedents != nil {
		if c.Earlier, err = earlierClaims(ctx, c.Precedents, pic, c.Imprint); err != nil {
			return nil, fmt.Errorf("look for %s among earlier claims: %w", claim.Name, err)
		}
	}
	watch.lap("read the file")
	if err := observe(ctx, c, w, opts, watch); err != nil {
		return nil, fmt.Errorf("look at %s: %w", capture.Redact(claim.URL), err)
	}
	if err := read(ctx, c, opts); err != nil {
		return nil, fmt.Errorf("read text off %s: %w", claim.Name, err)
	}
	noteLacking(c)
	watch.lap("read the text")
	if err := lookForTraces(ctx, c); err != nil {
		return nil, fmt.Errorf("look at the pixels of %s: %w", claim.Name, err)
	}
	watch.lap("look at the pixels")
	evidence, answer, err := gather(c)
	if err != nil {
		return nil, err
	}
	j, err := conclude(c, evidence, answer, opts)
	if err != nil {
		return nil, err
	}
	watch.lap("weigh and lay out")
	j.Timings = watch.laps
	return j, nil
}

// stopwatch notes how long the phases of a judgement took.
type stopwatch struct {
	last time.Time
	laps []Timing
}

func newStopwatch() *stopwatch { return &stopwatch{last: time.Now()} }

func (w *stopwatch) lap(phase string) {
	now := time.Now()
	w.laps = append(w.laps, Timing{phase, now.Sub(w.last)})
	w.last = now
}

func (o Options) withDefaults() (Options, error) {
	if o.Model == nil {
		m, err := score.Embedded()
		if err != nil {
			return o, err
		}
		o.Model = m
	}
	if o.Prior == 0 {
		o.Prior = DefaultPrior
	}
	if !(o.Prior > 0 && o.Prior < 1) {
		return o, fmt.Errorf("set prior %v: %w", o.Prior, ErrPrior)
	}
	if o.Captures == 0 {
		o.Captures = DefaultCaptures
	}
	if o.Versions == 0 {
		o.Versions = DefaultVersions
	}
	if o.Parallel == 0 {
		o.Parallel = 2
	}
	if o.Shots == nil {
		o.Shots = NewShots(ownShots)
	}
	if o.Progress == nil {
		o.Progress = func(Step) {}
	}
	return o, nil
}
