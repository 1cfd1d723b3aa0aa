package channel

import (
	"slices"

	"github.com/defacecheck/defacecheck/corpus"
)

// messages numbers the messages of a channel.
type messages map[string]int32

// of are the messages that posted a claim in the channel. One that was only verified is a message of
// its own.
func (m messages) of(r *corpus.Record, channel string) (all []int32) {
	posted := r.Postings
	if len(posted) == 0 {
		posted = []corpus.Posting{{Channel: channel}}
	}
	for _, p := range posted {
		if channel != "" && p.Channel != channel {
			continue
		}
		name := p.In(r.ID)
		if _, ok := m[name]; !ok {
			m[name] = int32(len(m))
		}
		if !slices.Contains(all, m[name]) {
			all = append(all, m[name])
		}
	}
	return all
}
