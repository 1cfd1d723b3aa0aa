package intake

import (
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// Schema names the shape of a Report in JSON.
const Schema = "defacecheck/import/1"

// MaxListed is how many things that were not taken a report lists; Reasons counts all.
const MaxListed = 100_000

// maxHosts is how many ignored hosts are counted by name.
const maxHosts = 1000

// Report says what an import took, what it did not, and why.
type Report struct {
	Schema   string         `json:"schema"`
	Source   string         `json:"source"` // as it was named
	Format   Format         `json:"format"`
	Complete bool           `json:"complete"` // it was read to its end
	Messages int            `json:"messages"` // that were read; an album is one
	Pictures int            `json:"pictures"` // that the corpus did not have
	Claims   int            `json:"claims"`   // that the corpus did not have
	Postings int            `json:"postings"` // that the corpus did not have
	Known    int            `json:"known"`    // postings that it had
	Edited   int            `json:"edited"`   // messages of which it had an older version, and not this one
	Reasons  map[Reason]int `json:"reasons"`  // how many things were not taken, by reason
	Ignored  map[string]int `json:"ignored"`  // addresses that are not the victim's, by host
	Notes    []string       `json:"notes"`    // about the source as a whole
	Left     []Left         `json:"left"`     // what was not taken, but for what claims nothing; at most MaxListed
}

// Lost is how many things were offered as claims, or parts of one, and not taken.
func (r *Report) Lost() int {
	n := 0
	for why, count := range r.Reasons {
		if !why.Harmless() {
			n += count
		}
	}
	return n
}

// ByCount are the reasons that occurred, the most frequent first.
func (r *Report) ByCount() []Reason { return byCount(r.Reasons) }

// Hosts are the hosts that were ignored, the most frequent first.
func (r *Report) Hosts() []string { return byCount(r.Ignored) }

func byCount[K ~string](counts map[K]int) []K {
	all := sortedKeys(counts)
	slices.SortStableFunc(all, func(a, b K) int { return counts[b] - counts[a] })
	return all
}

// NewReport is a report of nothing yet.
func NewReport(source string, f Format) *Report {
	return &Report{Schema: Schema, Source: source, Format: f,
		Reasons: map[Reason]int{}, Ignored: map[string]int{}, Notes: []string{}, Left: []Left{}}
}

func (r *Report) leave(all []Left) {
	for _, l := range all {
		r.Reasons[l.Reason]++
		if !l.Reason.Harmless() && len(r.Left) < MaxListed {
			r.Left = append(r.Left, l.told())
		}
	}
}

func (r *Report) ignore(hosts []string) {
	for _, h := range hosts {
		if _, known := r.Ignored[h]; !known && len(r.Ignored) >= maxHosts {
			h = "others"
		}
		r.Ignored[h]++
	}
}

func (r *Report) took(a store.Added) {
	r.Pictures += a.Pictures
	r.Claims += a.Claims
	r.Postings += a.Postings
	r.Known += a.Known
	r.Edited += a.Edited
}

// maxTold bounds each text of a Left, in bytes: enough to find the place.
const maxTold = 500

// told is l as a list can hold it: its texts cut, and its address without secrets. One in
// which nothing can be secret stays as it was written, which is how it is found again.
func (l Left) told() Left {
	if strings.ContainsAny(l.Address, "@?") {
		l.Address = capture.Redact(l.Address)
	}
	for _, s := range []*string{&l.Channel, &l.Message, &l.Origin, &l.Picture, &l.Address, &l.Detail} {
		if len(*s) > maxTold {
			*s = strings.Clone((*s)[:maxTold])
		}
	}
	return l
}
