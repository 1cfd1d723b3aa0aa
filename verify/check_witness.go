package verify

import (
	"fmt"
	"slices"
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
	// standingShare is the same for a look that is known from before the claimed
	// time only.
	standingShare = 0.95
	// begunShare is the same for a look of which it is known that the page had another
	// before: it may be a defacement that nobody repaired for months.
	begunShare = 0.99
)

// checkWitness asks whether anybody else saw at the URL what the picture shows.
func checkWitness(c *Case) ([]finding, error) {
	showing := c.showing()
	if len(showing) == 0 {
		return nothingShows(c)
	}
	run := runAround(c.usable(), showing, c.time())
	if f, ok := ordinaryLook(c, run); ok {
		return []finding{f}, nil
	}
	return []finding{witnessed(c, run)}, nil
}

// nothingShows is what there is to say where no capture shows the picture.
func nothingShows(c *Case) ([]finding, error) {
	if s := c.resembling(); s != nil {
		return []finding{resembles(s)}, nil
	}
	if f, ok := c.changeNearly(); ok {
		return []finding{f}, nil
	}
	if len(c.usable()) == 0 {
		return notRun("%s", whyNothingSeen(c)), nil
	}
	return []finding{notSeen(c)}, nil
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

// nearly says whether a capture differs from the picture no more than a page
// does from week to week: a headline's length in one place.
func (s *Sighting) nearly() bool {
	return s.usable() && (s.State == Same || s.State == Altered && s.differsInLittle())
}

const (
	// nearlyAll and littleChanged are the share of the tiles that must agree, and of the
	// picture that may differ in one place, where a page differs by itself: a headline, a
	// line that is another at every visit.
	nearlyAll     = 0.9
	littleChanged = 0.02
)

func (s *Sighting) differsInLittle() bool {
	return s.Match.Agreement >= nearlyAll && s.Match.Changed <= littleChanged
}

// ordinaryLook decides whether the picture shows the page's ordinary look. It
// does when captures before and after the claimed time show exactly it and the
// page has looked nearly so for longer than most defacements last, or when it
// had looked so for still longer before the claimed time. A small change of the
// page that only captures at the time show is thus not ordinary, nor is a look that
// began when the page had had another, unless it stayed for longer than nearly all
// defacements.
func ordinaryLook(c *Case, run []*Sighting) (finding, bool) {
	at := c.time()
	if at.IsZero() {
		at = Span{run[0].seenAt(), run[0].seenAt()}
	}
	if inPart(run) {
		return finding{}, false
	}
	first, last := run[0], run[len(run)-1]
	if first.seenAt().After(at.From) {
		return finding{}, false
	}
	from, to := c.nearlySo(first, last)
	lasted, share := to.seenAt().Sub(from.seenAt()), lastingShare
	if last.seenAt().Before(at.To) {
		lasted, share = at.From.Sub(from.seenAt()), standingShare
	}
	if c.hadAnother(from) {
		share = begunShare
	}
	if lasted < c.Model.Lifetime.Quantile(share) || last.seenAt().Before(at.From) && c.between(run) != nil {
		return finding{}, false
	}
	return finding{
		key: "witness.ordinary_page", answer: OrdinaryPage, captures: ids(run...),
		value: value(to.seenAt().Sub(from.seenAt()).Hours() / 24), unit: "days",
		sentence: fmt.Sprintf("%s what the picture shows, and the page looked so, small changes aside, from %s to %s: its ordinary look.%s",
			runName(first, last), day(from.seenAt()), day(to.seenAt()), c.caveats(run)),
	}, true
}

// hadAnother says whether the page is known to have looked otherwise before s.
func (c *Case) hadAnother(s *Sighting) bool {
	return slices.ContainsFunc(c.differing(), func(o *Sighting) bool { return !o.nearly() && o.seenAt().Before(s.seenAt()) })
}

// runName is the beginning of a sentence on what a run of captures shows.
func runName(first, last *Sighting) string {
	if first == last {
		return "A capture of " + moment(first.seenAt()) + " shows"
	}
	return "Captures from " + moment(first.seenAt()) + " to " + moment(last.seenAt()) + " show"
}

// nearlySo widens a run of captures by their neighbours that differ from the
// picture no more than a page does by itself.
func (c *Case) nearlySo(first, last *Sighting) (from, to *Sighting) {
	usable := c.usable()
	i, j := slices.Index(usable, first), slices.Index(usable, last)
	for i > 0 && usable[i-1].nearly() {
		i--
	}
	for j < len(usable)-1 && usable[j+1].nearly() {
		j++
	}
	return usable[i], usable[j]
}

// frameCaveat says that part of the picture was taken for the frame of a window
// and left out: a banner painted along the edge would look like one.
func frameCaveat(run []*Sighting) string {
	for _, s := range run {
		if len(s.Match.Frame) > 0 {
			return " A strip along the picture's edge that looks like the frame of a window was left out of the comparison."
		}
	}
	return ""
}

// littleBeyond is the share of a picture that may lie beyond the page without a word.
const littleBeyond = 0.01

// uncoveredCaveat says how much of the picture lies beyond the page, in the capture of
// the run in which it is least.
func uncoveredCaveat(run []*Sighting) string {
	least := 1.0
	for _, s := range run {
		least = min(least, s.Match.Beyond)
	}
	if least <= littleBeyond {
		return ""
	}
	return fmt.Sprintf(" %s of the picture lies beyond the page and was not compared.", percent(least))
}

// caveats says what of the picture a comparison left out.
func (c *Case) caveats(run []*Sighting) string {
	return asideCaveat(run) + frameCaveat(run) + uncoveredCaveat(run) + c.beyondCaveat()
}

// asideCaveat says how much of the picture varies by itself and was set aside,
// in the capture of the run that set aside least.
func asideCaveat(run []*Sighting) string {
	var least *Aside
	for _, s := range run {
		if s.Match.SetAside == nil {
			return ""
		}
		if least == nil || s.Match.SetAside.Share < least.Share {
			least = s.Match.SetAside
		}
	}
	text := fmt.Sprintf(" In %s of the picture the page varies by itself, and that part was set aside.", percent(least.Share))
	if s := leastUnseen(run); s != nil {
		text += fmt.Sprintf(" In %s the picture shows there what no look at the page showed.", percent(s.Match.SetAside.Unseen))
	}
	return text
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
	if g, ok := c.changeSeen(f, run); ok && !far {
		return g
	}
	if inPart(run) {
		return agreesInPart(f, s)
	}
	if !c.exceptional(run) || run[len(run)-1].seenAt().Sub(run[0].seenAt()) >= c.Model.Lifetime.Quantile(lastingShare) {
		f.answer = Shown
	}
	alone := len(c.differing()) == 0
	f.key = witnessKey(s.Capture.Origin.Kind, far, alone)
	if leastUnseen(run) != nil {
		f.key = "witness.same_but_little"
	}
	f.sentence = witnessSentence(what, far, alone) + c.caveats(run)
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

// leastUnseen is the capture of the run in which the least of the picture is
// something that no look at the page showed, in a part that varies by itself and
// was set aside: another advert, or a message that was put in an advert's place.
// Nil when there is a capture without.
func leastUnseen(run []*Sighting) *Sighting {
	var least *Sighting
	for _, s := range run {
		if s.unseen < minUnseen {
			return nil
		}
		if least == nil || s.Match.SetAside.Unseen < least.Match.SetAside.Unseen {
			least = s
		}
	}
	return least
}

// inPart says whether such parts are larger than a date takes in all captures
// of the run.
func inPart(run []*Sighting) bool {
	s := leastUnseen(run)
	return s != nil && s.Match.SetAside.Unseen > littleUnseen
}

// agreesInPart confirms neither that the picture was shown nor that it is the
// ordinary page: what is claimed may lie in the part that was set aside.
func agreesInPart(f finding, s *Sighting) finding {
	f.key = "witness.same_in_part"
	f.sentence = witnessName(s) + " agrees with the picture in all that stays as it is from one look at the page to the next." + s.open()
	return f
}

// open says how much of the picture the sighting neither confirms nor contradicts.
func (s *Sighting) open() string {
	return fmt.Sprintf(" In %s of the picture the page varies by itself or was covered, and in %s the picture shows there what no look at the page showed: nobody confirms that part, and nothing speaks against it.",
		percent(s.Match.SetAside.Share), percent(s.Match.SetAside.Unseen))
}

// exceptional says whether what a run of captures shows is known not to be the
// page's ordinary look: the page looked otherwise before and after, and alike
// at both times. Captures of one side alone may show an older look, or a newer.
func (c *Case) exceptional(run []*Sighting) bool {
	before, after := around(c.differing(), Span{run[0].seenAt(), run[len(run)-1].seenAt()})
	return before != nil && after != nil && alike(before.Look, after.Look)
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

// clearlyAgrees is the share of textured tiles from which a picture and a
// capture are taken to show one page though they are not the same: pictures of
// one page by two browsers with different fonts agree in 0.66 to 0.9 of them,
// pictures of different pages in at most 0.14.
const clearlyAgrees = 0.6

// resembling returns a capture near the claimed time in which most of the
// picture is found, while in ordinary captures on both sides nothing of it is:
// what another browser's painting of a defaced page looks like to ours.
func (c *Case) resembling() *Sighting {
	at := c.time()
	if at.IsZero() {
		return nil
	}
	for _, s := range c.Sightings {
		near := spanGap([]*Sighting{s}, at) <= c.Model.Lifetime.Quantile(lastingShare)
		if !near || !s.holdsMost() {
			continue
		}
		moment := Span{s.seenAt(), s.seenAt()}
		others := filter(c.usable(), func(o *Sighting) bool { return !alike(o.Look, s.Look) && o.State == Other })
		before, after := around(others, moment)
		if before != nil && after != nil && alike(before.Look, after.Look) {
			return s
		}
	}
	return nil
}

// holdsMost says whether most of the picture was found in the capture, be it
// that a part was replaced or that the differences lie scattered.
func (s *Sighting) holdsMost() bool {
	if s.Capture.Validity != capture.OK || s.Match == nil || !s.Match.Located {
		return false
	}
	return (s.State == Altered || s.State == Uninformative) && s.Match.Agreement >= clearlyAgrees
}

func resembles(s *Sighting) finding {
	return finding{
		key: "witness.resembles", captures: ids(s), at: s.alteredParts(), value: value(s.Match.Agreement), unit: "share of textured tiles that agree",
		sentence: fmt.Sprintf("%s resembles the picture closely (%s of it agrees), though not to the letter, as the same page painted by another browser would. The page's ordinary look before and after shows nothing of it.",
			witnessName(s), percent(s.Match.Agreement)),
	}
}

func notSeen(c *Case) finding {
	n := len(c.usable())
	who := fmt.Sprintf("None of the %d captures compared shows", n)
	if n == 1 {
		who = "The one capture compared does not show"
	}
	f := finding{
		key: "witness.not_seen", value: value(float64(n)), unit: "captures compared", captures: ids(c.usable()...),
		sentence: who + " what the picture shows. Most defacements are never archived, so this alone weighs nothing.",
	}
	if s := bestFit(c.located()); s != nil && len(s.Match.Regions) > 0 {
		f.at = s.alteredParts()
		f.sentence += fmt.Sprintf(" %s agrees with the picture but for %s.", witnessName(s), count(len(s.Match.Regions), "part"))
	}
	return f
}

// alteredParts are the parts of the picture that hold something else than the
// page that the sighting shows, the largest first; none where the picture is not
// the same page with a part replaced.
func (s *Sighting) alteredParts() []Rect {
	if s.State != Altered || s.Match == nil {
		return nil
	}
	return s.Match.Regions
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
	return "The page could not be seen: " + unseenWhy(c.Sightings[len(c.Sightings)-1].Capture) + "."
}
