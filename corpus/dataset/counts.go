package dataset

import (
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// Counts are how much a dataset has of what.
type Counts struct {
	Claims   int `json:"claims"`
	Pictures int `json:"pictures"` // by content
	Files    int `json:"files"`    // pictures whose bytes are in it
	Postings int `json:"postings"`
	Verdicts int `json:"verdicts"` // that the corpus has; without images they are not in it
	Judged   int `json:"judged"`   // claims with a verdict
	Sites    int `json:"sites"`
	Groups   int `json:"groups"`
	SetAside int `json:"set_aside"`

	Splits   map[rows.Split]int   `json:"splits"`   // claims
	Labels   map[rows.Truth]int   `json:"labels"`   // claims; "" is those that no person judged
	Outcomes map[outcome.Kind]int `json:"outcomes"` // claims, as their newest verdict has it
	Channels map[string]int       `json:"channels"`
	Programs map[string]int       `json:"programs"` // claims by the version of the newest verdict
	First    time.Time            `json:"first"`    // posting whose time is known; zero without any
	Last     time.Time            `json:"last"`

	sites, groups, pictures, files map[string]bool
}

// maxChannels is how many channels are counted by name.
const maxChannels = 1000

func newCounts() *Counts {
	return &Counts{Splits: map[rows.Split]int{rows.Train: 0, rows.Test: 0}, Labels: map[rows.Truth]int{}, Outcomes: map[outcome.Kind]int{},
		Channels: map[string]int{}, Programs: map[string]int{},
		sites: map[string]bool{}, groups: map[string]bool{}, pictures: map[string]bool{}, files: map[string]bool{}}
}

// add counts a claim. file says that the picture's bytes are there.
func (c *Counts) add(r *corpus.Record, p placed, file bool) {
	c.Claims++
	c.Postings += len(r.Postings)
	c.Verdicts += len(r.Verdicts)
	c.Splits[p.split]++
	c.sites[p.site], c.groups[p.group], c.pictures[r.Picture.SHA256] = true, true, true
	if file {
		c.files[r.Picture.SHA256] = true
	}
	c.Sites, c.Groups, c.Pictures, c.Files = len(c.sites), len(c.groups), len(c.pictures), len(c.files)
	c.decided(r)
	for _, q := range r.Postings {
		name := q.Channel
		if _, known := c.Channels[name]; !known && len(c.Channels) >= maxChannels {
			name = "(others)"
		}
		c.Channels[name]++
	}
	if at := r.Claim.PostedAt; !at.IsZero() {
		if c.First.IsZero() || at.From.Before(c.First) {
			c.First = at.From
		}
		if at.To.After(c.Last) {
			c.Last = at.To
		}
	}
}

func (c *Counts) decided(r *corpus.Record) {
	label := rows.Truth("")
	if j := r.Adjudicated(); j != nil {
		label = j.Truth
	}
	c.Labels[label]++
	if v := r.Latest(); v != nil {
		c.Judged++
		c.Outcomes[outcome.Of(r)]++
		c.Programs[v.Result.Versions.Program]++
	}
	if r.SetAside != nil {
		c.SetAside++
	}
}
