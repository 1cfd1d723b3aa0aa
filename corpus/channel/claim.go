package channel

import (
	"math"
	"net/url"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// Claim is a claim of the channel, as the record lists it.
type Claim struct {
	ID       string         `json:"id"`
	URL      string         `json:"url"`  // as claimed
	Site     string         `json:"site"` // registrable domain, or the host where there is none
	Picture  string         `json:"picture_sha256"`
	Posted   time.Time      `json:"posted,omitzero"`   // first, in this channel; zero when not known
	Postings int            `json:"postings"`          // in this channel
	Message  string         `json:"message,omitempty"` // of the first of them
	Image    string         `json:"image,omitempty"`   // name of the picture's file there
	Outcome  outcome.Kind   `json:"outcome"`
	Log10LR  *float64       `json:"log10_lr,omitempty"` // of a claim that came out as a verdict word
	Leaning  verify.Leaning `json:"leaning,omitempty"`
	Person   rows.Truth     `json:"person,omitempty"`   // the newest judgement of a person
	Opposed  bool           `json:"opposed,omitempty"`  // the person decided the other way than the program
	Reason   string         `json:"reason,omitempty"`   // why it was set aside
	Captures *int           `json:"captures,omitempty"` // of the page that archives list; of a claim that was judged
	PerYear  float64        `json:"captures_a_year"`    // from the first capture to the verdict
	Cluster  int            `json:"cluster,omitempty"`  // number of the cluster of its picture, from 1
	Relation Relation       `json:"relation,omitempty"` // of its picture to the one of the cluster that was posted first
	Rank     int            `json:"rank,omitempty"`     // of the site in the rank list; 0 when not in it
	messages []int32        // that posted it in this channel, by number
	group    int            // of claims that are not independent
	model    verify.Versions

	forwarded int // of the postings in this channel, from elsewhere
}

const (
	// maxReason bounds what is kept of why a claim was set aside, and of names, in characters.
	maxReason = 200

	// strongest bounds a log10 LR: nothing a corpus can hold supports more.
	strongest = 12
)

// add counts a posting of the claim in the channel. What names it is kept of the first, cut and
// harmless.
func (c *Claim) add(p corpus.Posting) {
	at := p.PostedAt.From
	if c.Postings == 0 || !at.IsZero() && (c.Posted.IsZero() || at.Before(c.Posted)) {
		c.Message, c.Image = plain.Text(p.Message, maxReason), plain.Text(p.Name, maxReason)
		if !at.IsZero() {
			c.Posted = at
		}
	}
	c.Postings++
	if p.Forwarded != "" {
		c.forwarded++
	}
}

// newClaim keeps what the record needs of r.
func newClaim(r *corpus.Record, channel string) Claim {
	c := Claim{ID: r.ID, URL: strings.Clone(r.Claim.URL), Picture: r.Picture.SHA256, Outcome: outcome.Of(r), Posted: r.Claim.PostedAt.From}
	c.Site, c.Image = site(c.URL), plain.Text(r.Claim.Name, maxReason)
	for _, p := range r.Postings {
		if channel != "" && p.Channel != channel {
			continue
		}
		c.add(p)
	}
	c.Posted = c.Posted.UTC()
	if a := r.Adjudicated(); a != nil {
		c.Person, c.Opposed = a.Truth, outcome.Opposed(c.Outcome, a.Truth)
	}
	if v := r.Latest(); v != nil && v.Result != nil {
		c.judged(v.Result)
	} else if r.SetAside != nil {
		c.Reason = plain.Text(r.SetAside.Reason, maxReason)
	}
	return c
}

// judged notes what a verdict says. Strings are cloned, so that none keeps the whole
// result in memory.
func (c *Claim) judged(r *verify.Result) {
	if string(c.Outcome) == string(r.Verdict.Word) {
		lr := math.Max(-strongest, math.Min(strongest, r.Verdict.Log10LR))
		c.Log10LR, c.Leaning = &lr, verify.Leaning(strings.Clone(string(r.Verdict.Leaning)))
	}
	c.model = verify.Versions{Model: strings.Clone(r.Versions.Model), ModelDigest: strings.Clone(r.Versions.ModelDigest)}
	n, first := 0, time.Time{}
	for _, p := range r.TimeLine {
		if p.Kind != capture.Archive {
			continue
		}
		if n++; first.IsZero() || p.At.Before(first) {
			first = p.At
		}
	}
	c.Captures, c.PerYear = &n, float64(n)/math.Max(1, r.Claim.ReadAt.Sub(first).Hours()/24/365.25)
}

// site is the registrable domain of an address, or its host where there is none.
func site(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return capture.RegistrableDomain(u.Hostname())
}
