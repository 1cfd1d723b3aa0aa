package verify

import (
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const (
	// looseClaim is how far a witness may lie on the other side of an ordinary
	// capture and still belong to the claimed time: people write down the day
	// they noticed or posted, not the day it happened.
	looseClaim = 3 * 24 * time.Hour
	// lastingShare is the share of defacements that are gone by the time after
	// which an unchanged look counts as ordinary, and a witness as far.
	lastingShare = 0.9
)

// checkWitness asks whether anybody else saw at the URL what the picture shows.
func checkWitness(c *Case) ([]finding, error) {
	if len(c.usable()) == 0 {
		return notRun("%s", whyNothingSeen(c)), nil
	}
	showing := c.showing()
	if len(showing) == 0 {
		return []finding{notSeen(c)}, nil
	}
	run := runAround(c.usable(), showing, c.time())
	if f, ok := ordinaryLook(c, run); ok {
		return []finding{f}, nil
	}
	return []finding{witnessed(c, run)}, nil
}

// time is the time that the claim is about: the claimed window, else the
// posting, else zero.
func (c *Case) time() Span {
	if w := c.Claim.Window(); !w.IsZero() {
		return w
	}
	return c.Claim.PostedAt
}

// runAround returns the unbroken run of captures showing the picture that lies
// nearest to the span. With no span it is the run of the latest of them.
func runAround(usable, showing []*Sighting, at Span) []*Sighting {
	var best, run []*Sighting
	for _, s := range usable {
		if !s.shows() {
			run = nil
			continue
		}
		run = append(run, s)
		if best == nil || at.IsZero() || spanGap(run, at) <= spanGap(best, at) {
			best = run
		}
	}
	return best
}

// spanGap is how far the run of captures lies from the span; 0 when it reaches
// into it.
func spanGap(run []*Sighting, at Span) time.Duration {
	first, last := run[0].seenAt(), run[len(run)-1].seenAt()
	switch {
	case last.Before(at.From):
		return at.From.Sub(last)
	case first.After(at.To):
		return first.Sub(at.To)
	}
	return 0
}

// ordinaryLook decides whether the run is the page's ordinary look: captures on
// both sides of the time agree with the picture over longer than nearly all
// defacements last.
func ordinaryLook(c *Case, run []*Sighting) (finding, bool) {
	first, last := run[0], run[len(run)-1]
	lasted := last.seenAt().Sub(first.seenAt())
	if lasted < c.Model.Lifetime.Quantile(lastingShare) {
		return finding{}, false
	}
	if at := c.time(); !at.IsZero() && (first.seenAt().After(at.To) || last.seenAt().Before(at.From)) {
		return finding{}, false
	}
	return finding{
		key: "witness.ordinary_page", answer: OrdinaryPage, captures: ids(run...),
		value: value(lasted.Hours() / 24), unit: "days",
		sentence: fmt.Sprintf("The picture shows what the page looked like from %s to %s in every capture compared (%d): its ordinary look. Nothing in the picture is defaced.",
			day(first.seenAt()), day(last.seenAt()), len(run)),
	}, true
}

// witnessed weighs a run of captures that show the picture.
func witnessed(c *Case, run []*Sighting) finding {
	s := nearest(run, c.time())
	f := finding{captures: ids(run...), leaning: Misattributed, value: value(s.Match.Agreement), unit: "share of textured tiles that agree"}
	what := witnessName(s)
	gap := time.Duration(0)
	if at := c.time(); !at.IsZero() {
		gap = spanGap(run, at)
	}
	if between := c.between(run); between != nil && gap > looseClaim {
		f.key = "witness.other_time"
		f.captures = append(f.captures, ids(between)...)
		f.sentence = fmt.Sprintf("%s shows the same content as the picture, but a capture of %s, between that and the claimed time, does not: the page showed this at another time.", what, moment(between.seenAt()))
		return f
	}
	far := gap > c.Model.Lifetime.Quantile(lastingShare)
	alone := len(c.differing()) == 0
	f.key = witnessKey(s.Capture.Origin.Kind, far, alone)
	f.sentence = witnessSentence(what, far, alone)
	return f
}

func witnessKey(kind capture.Kind, far, alone bool) string {
	key := "witness.archive_same"
	if kind == capture.Live {
		key = "witness.live_same"
	}
	switch {
	case far:
		return key + "_far"
	case alone:
		return key + "_alone"
	}
	return key
}

func witnessSentence(what string, far, alone bool) string {
	switch {
	case far:
		return what + " shows the same content as the picture, but lies further from the claimed time than most defacements last."
	case alone:
		return what + " shows the same content as the picture. No other capture tells what this page ordinarily looks like."
	}
	return what + " shows the same content as the picture; other captures of this page do not."
}

// between returns a usable capture that does not show the picture and lies
// between the run and the claimed time.
func (c *Case) between(run []*Sighting) *Sighting {
	at := c.time()
	if at.IsZero() {
		return nil
	}
	first, last := run[0].seenAt(), run[len(run)-1].seenAt()
	for _, s := range c.differing() {
		t := s.seenAt()
		if (t.After(last) && t.Before(at.From)) || (t.Before(first) && t.After(at.To)) {
			return s
		}
	}
	return nil
}

// nearest returns the capture of the run that lies closest to the span, an
// archive's before a live one at the same distance.
func nearest(run []*Sighting, at Span) *Sighting {
	best := run[0]
	if at.IsZero() {
		return run[len(run)-1]
	}
	for _, s := range run[1:] {
		if spanGap([]*Sighting{s}, at) < spanGap([]*Sighting{best}, at) {
			best = s
		}
	}
	return best
}

func notSeen(c *Case) finding {
	n := len(c.usable())
	return finding{
		key: "witness.not_seen", value: value(float64(n)), unit: "captures compared", captures: ids(c.usable()...),
		sentence: fmt.Sprintf("None of the %s compared shows what the picture shows. Most defacements are never archived, so this alone weighs nothing.", count(n, "capture")),
	}
}

func whyNothingSeen(c *Case) string {
	switch {
	case len(c.Sightings) == 0 && len(c.Troubles) > 0:
		return "No capture of the page could be had: " + c.Troubles[0].Source + " could not be asked."
	case len(c.Sightings) == 0:
		return "No capture of the page could be had: it was not looked at live and no archive lists it."
	}
	for _, s := range c.Sightings {
		if s.Capture.Validity == capture.OK {
			return "The page was seen, but the picture or the captures hold too little to tell whether they agree."
		}
	}
	return "The page could not be seen: " + c.Sightings[len(c.Sightings)-1].Capture.Reason + "."
}
