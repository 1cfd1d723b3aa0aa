package verify

import (
	"sort"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/score"
)

// conclude weighs the evidence and writes the result.
func conclude(c *Case, evidence []Evidence, answer Answer, opts Options) (*Judgement, error) {
	total, err := combine(c.Model, evidence)
	if err != nil {
		return nil, err
	}
	if answer == Judged && len(c.usable()) == 0 && !c.valid() {
		answer = PageNotSeen
	}
	sort.SliceStable(evidence, func(i, j int) bool { return stronger(evidence[i], evidence[j]) })
	v := Verdict{
		Word: Word(c.Model.Band(total)), Answer: answer, Log10LR: total,
		Prior: opts.Prior, Probability: score.Probability(total, opts.Prior),
		Strength: score.Strength(total), Leaning: leaning(evidence, Word(c.Model.Band(total))),
	}
	v.Sentence = verdictSentence(c, v, evidence)
	around := keptFrame(c)
	r := &Result{
		Schema: Schema, Versions: versions(c.Model, evidence, opts), Claim: claimFacts(c, around),
		Verdict: v, Evidence: evidence, Captures: captureViews(c), TimeLine: timeLine(c),
		Fits: versionFits(c), Effort: c.Effort,
		Limits: limits(c, evidence), Changes: changes(c, v), Context: publicContext(c), Notes: notes(c, opts),
	}
	shown, err := exhibits(c, opts.Shots)
	if err != nil {
		return nil, err
	}
	j := &Judgement{Result: r, Picture: c.Picture.Image, Exhibits: shown}
	if p := frame.Picture(c.Picture.Image, around); p != nil {
		j.Frame = p
	}
	j.showPreview(c.Facts)
	return j, nil
}

// combine adds up the evidence and notes in each item what of it counted.
func combine(m *score.Model, evidence []Evidence) (float64, error) {
	items := make([]score.Item, len(evidence))
	for i, e := range evidence {
		items[i] = score.Item{Group: e.Group, Log10LR: e.Log10LR}
	}
	total, err := m.Combine(items)
	for i := range items {
		evidence[i].Counted = items[i].Counted
	}
	return total, err
}

// stronger orders evidence: by weight whichever side it favours, then what ran
// before what did not.
func stronger(a, b Evidence) bool {
	x, y := abs(a.Counted), abs(b.Counted)
	if x != y {
		return x > y
	}
	return a.Ran && !b.Ran
}

func abs(x float64) float64 { return max(x, -x) }

// leaning is which way of being false the strongest evidence against the claim
// points to, where the verdict is against it.
func leaning(evidence []Evidence, word Word) Leaning {
	if word != LeansFalse && word != Contradicted {
		return NoLeaning
	}
	for _, e := range evidence {
		if e.Counted < 0 && e.Leaning != NoLeaning {
			return e.Leaning
		}
	}
	return NoLeaning
}

// valid says whether any capture showed the page at all.
func (c *Case) valid() bool {
	for _, s := range c.Sightings {
		if s.Capture.Validity == capture.OK {
			return true
		}
	}
	return false
}

func versions(m *score.Model, evidence []Evidence, opts Options) Versions {
	v := Versions{Program: opts.Program, Model: m.Name + " " + m.Version, ModelDigest: m.Digest(), Methods: map[string]string{}}
	if opts.Reader != nil {
		v.Reader = opts.Reader.Provenance()
	}
	if opts.Browser != nil {
		v.Browser = opts.Browser()
	}
	for _, e := range evidence {
		v.Methods[e.ID] = e.Version
	}
	return v
}

func claimFacts(c *Case, around frame.Frame) ClaimFacts {
	p := c.Picture
	f := ClaimFacts{
		Image: c.Claim.Name, SHA256: p.SHA256, Bytes: p.Bytes, Format: string(p.Format),
		Width: p.Width, Height: p.Height, Frames: p.Frames, URL: c.Claim.URL, ReadAt: c.Claim.ReadAt.UTC(),
		Notifier: c.Claim.Notifier, Words: c.Claim.Words,
		Frame: frameFacts(around), Metadata: c.Facts, Hashes: hashValues(c.Imprint),
	}
	f.Frame.Read = addressRead(c)
	if !c.Claim.ClaimedAt.IsZero() {
		f.ClaimedAt = &c.Claim.ClaimedAt
	}
	if !c.Claim.PostedAt.IsZero() {
		f.PostedAt = &c.Claim.PostedAt
	}
	return f
}

// versionFits is the table of fits, nil where there is none.
func versionFits(c *Case) []VersionFit {
	if f := c.fits(); f != nil {
		return f.all
	}
	return nil
}

func captureViews(c *Case) []CaptureView {
	views := make([]CaptureView, 0, len(c.Sightings))
	for _, s := range c.Sightings {
		views = append(views, captureView(c, s))
	}
	return views
}

func captureView(c *Case, s *Sighting) CaptureView {
	g := s.Capture
	v := CaptureView{
		ID: g.ID, Kind: g.Origin.Kind, Source: g.Origin.Name, URL: g.URL, FinalURL: g.FinalURL,
		SeenAt: g.SeenAt.UTC(), Validity: g.Validity, Reason: g.Reason, Status: g.Status, Title: g.Title,
		RemoteAddr: g.RemoteAddr, TLS: g.TLS, Redirects: g.Redirects, Viewport: g.Viewport,
		PageHeight: g.PageHeight, Clipped: g.Clipped, Settled: g.Settled, Dialogs: g.Dialogs,
		Requests: len(g.Requests), State: s.State, StateReason: s.Why, Match: s.Match, Digest: s.shot,
		Ordinary: s.usable() && c.ordinary(s), NotShown: s.lacks,
	}
	v.Words = wordsView(s.words)
	if g.HTML != nil {
		v.HTMLSHA256 = digest(g.HTML)
	}
	for _, x := range g.Requests {
		if x.Missing {
			v.Missing++
		}
	}
	return v
}

// ordinary says whether a capture of another time looks like the sighting.
func (c *Case) ordinary(s *Sighting) bool {
	for _, other := range c.usable() {
		if other != s && !other.seenAt().Equal(s.seenAt()) && other.State == s.State && alike(s.Look, other.Look) {
			return true
		}
	}
	return false
}

func timeLine(c *Case) []TimePoint {
	looked := map[capture.Memento]string{}
	points := make([]TimePoint, 0, len(c.TimeMap)+1)
	for _, s := range c.Sightings {
		if s.Memento != nil {
			looked[*s.Memento] = s.Capture.ID
			continue
		}
		points = append(points, TimePoint{At: s.seenAt().UTC(), Kind: capture.Live, Source: s.Capture.Origin.Name,
			Status: s.Capture.Status, Capture: s.Capture.ID})
	}
	for _, m := range c.TimeMap {
		points = append(points, TimePoint{At: m.At.UTC(), Kind: capture.Archive, Source: m.Archive,
			Status: m.Status, Digest: m.Digest, Capture: looked[m]})
	}
	sort.SliceStable(points, func(i, j int) bool { return points[i].At.Before(points[j].At) })
	return points
}

func hashValues(i imprint.Imprint) HashValues {
	return HashValues{
		Average: hex64(i.Average), Difference: hex64(i.Difference), Perception: hex64(i.Perception),
		Difference256: hex64(i.Difference256[:]...), Information: i.Information, Informative: i.Informative,
	}
}
