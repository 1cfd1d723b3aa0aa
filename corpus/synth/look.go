package synth

import "time"

// The hosts of the set. Names under .example are reserved (RFC 2606) and lead
// nowhere.
const (
	TownHost = "www.mirebrook.example"
	ClubHost = "www.hollowfield-ac.example"
)

// Look is what a site shows to its visitors.
type Look string

// The looks.
const (
	Ordinary Look = "ordinary" // the site's own page as of its time
	Partial  Look = "partial"  // the news are replaced by the group's message
	Full     Look = "full"     // the start page is replaced
	Gone     Look = "gone"     // nobody answers
)

// State is one site at one time.
type State struct {
	Host string    `json:"host"`
	At   time.Time `json:"at"`
	Look Look      `json:"look"`
}

// redesign is when the town's second design went online.
func redesign() time.Time { return time.Date(2025, 5, 6, 6, 0, 0, 0, time.UTC) }

// visitors is the counter on the page: it rises through the day and with every
// visit, so that no two captures of one unchanged page agree everywhere.
func (s State) visitors(visit int) int {
	minutes := s.At.UTC().Hour()*60 + s.At.UTC().Minute()
	return 31 + s.At.YearDay()%17 + minutes*3/10 + 3*visit
}
