package channel

import (
	"cmp"
	"io"
	"slices"
)

// Site is one claimed site and how well it is known.
type Site struct {
	Site     string  `json:"site"`
	Claims   int     `json:"claims"`
	Looked   bool    `json:"looked_up"` // a claim about it was judged, so that captures could be listed
	Captures int     `json:"captures"`  // that archives list, of the claimed page that has most
	PerYear  float64 `json:"captures_a_year"`
	Rank     int     `json:"rank,omitempty"` // 0 when not in the list
}

// Public is how much public the claimed sites have.
type Public struct {
	Sites    int     `json:"sites"`
	Looked   int     `json:"looked_up"`              // sites with a claim that was judged
	Unlisted int     `json:"unlisted"`               // of them, without a listed capture of a claimed page
	Median   float64 `json:"median_captures_a_year"` // of the sites looked up
	Bands    []Band  `json:"bands"`                  // of the sites looked up
	List     int     `json:"rank_list"`              // entries of the rank list; 0 when none was given
	Ranked   int     `json:"ranked"`                 // sites in it
	Best     int     `json:"best_rank,omitempty"`
}

// Band is how many sites have so many captures a year.
type Band struct {
	Captures string `json:"captures_a_year"`
	Sites    int    `json:"sites"`
}

// rank sums up sites and finds their places in the rank list, nil where there is none.
func (s *Study) rank(list io.Reader) error {
	s.Sites = sites(s.claims)
	s.Public.Sites = len(s.Sites)
	if list != nil {
		wanted := make(map[string]bool, len(s.Sites))
		for _, x := range s.Sites {
			wanted[x.Site] = true
		}
		found, err := readRanks(list, wanted)
		if err != nil {
			return err
		}
		s.place(found)
	}
	slices.SortFunc(s.Sites, better)
	s.Public.captures(s.Sites)
	return nil
}

func sites(claims []Claim) []Site {
	at, all := map[string]int{}, []Site{}
	for _, c := range claims {
		i, ok := at[c.Site]
		if !ok {
			i = len(all)
			at[c.Site] = i
			all = append(all, Site{Site: c.Site})
		}
		x := &all[i]
		x.Claims++
		if c.Captures != nil {
			x.Looked = true
			x.Captures, x.PerYear = max(x.Captures, *c.Captures), max(x.PerYear, c.PerYear)
		}
	}
	return all
}

// place notes the ranks of sites, in the claims too.
func (s *Study) place(found *ranks) {
	s.Public.List, s.Public.Ranked = found.entries, len(found.of)
	for i := range s.Sites {
		x := &s.Sites[i]
		if x.Rank = found.of[x.Site]; x.Rank > 0 && (s.Public.Best == 0 || x.Rank < s.Public.Best) {
			s.Public.Best = x.Rank
		}
	}
	for i := range s.claims {
		s.claims[i].Rank = found.of[s.claims[i].Site]
	}
}

// better puts sites that are better known first.
func better(a, b Site) int {
	switch {
	case (a.Rank > 0) != (b.Rank > 0):
		return cmp.Compare(b.Rank, a.Rank)
	case a.Rank != b.Rank:
		return cmp.Compare(a.Rank, b.Rank)
	}
	return cmp.Or(cmp.Compare(b.PerYear, a.PerYear), cmp.Compare(b.Claims, a.Claims), cmp.Compare(a.Site, b.Site))
}

// bands are by captures a year, from below the first bound to above the last.
func bands() []struct {
	below float64
	name  string
} {
	return []struct {
		below float64
		name  string
	}{{1, "fewer than 1"}, {12, "1 to 11"}, {100, "12 to 99"}, {1e18, "100 and more"}}
}

// captures sums up how often archives came by.
func (p *Public) captures(all []Site) {
	p.Bands = append(p.Bands, Band{Captures: "none listed"})
	for _, b := range bands() {
		p.Bands = append(p.Bands, Band{Captures: b.name})
	}
	var rates []float64
	for _, x := range all {
		if !x.Looked {
			continue
		}
		rates = append(rates, x.PerYear)
		p.Bands[bandOf(x)].Sites++
	}
	p.Looked, p.Unlisted = len(rates), p.Bands[0].Sites
	if n := len(rates); n > 0 {
		slices.Sort(rates)
		p.Median = (rates[(n-1)/2] + rates[n/2]) / 2
	}
}

// bandOf is the place of a site in Bands.
func bandOf(x Site) int {
	if x.Captures == 0 {
		return 0
	}
	return 1 + slices.IndexFunc(bands(), func(b struct {
		below float64
		name  string
	}) bool {
		return x.PerYear < b.below
	})
}
