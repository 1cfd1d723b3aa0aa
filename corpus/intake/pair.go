package intake

import "fmt"

// Pairing says what is done with a message that has several pictures and several
// addresses. Where there is one of either, every picture is paired with every address:
// that is what such a message says.
type Pairing string

// The ways of pairing.
const (
	PairSure  Pairing = "sure"  // such messages are left out
	PairOrder Pairing = "order" // as many pictures as addresses: the first with the first; other such messages are left out
	PairAll   Pairing = "all"   // every picture with every address
)

// Pairings are all ways, for help texts.
func Pairings() []Pairing { return []Pairing{PairSure, PairOrder, PairAll} }

// MaxPairs is how many claims one message may make. A list of thousands of addresses
// under one picture is a list and not a claim about each.
const MaxPairs = 1000

// claimed is one picture with one address.
type claimed struct {
	picture string // path in the folder
	url     string
}

// pair says which picture is claimed of which address, and what is left.
func pair(m message, found addresses, how Pairing) ([]claimed, []Left) {
	left := m.left
	for _, raw := range found.bad {
		l := m.where(BadAddress, "")
		l.Address = raw
		left = append(left, l)
	}
	p, u := len(m.pictures), len(found.urls)
	switch {
	case p == 0:
		return nil, append(left, withoutPicture(m, found)...)
	case u == 0:
		return nil, append(left, withoutAddress(m, found)...)
	case p > 1 && u > 1 && how == PairOrder && p == u:
		return inOrder(m.pictures, found.urls), left
	case p > 1 && u > 1 && how != PairAll:
		return nil, append(left, m.where(Ambiguous, fmt.Sprintf("%d pictures, %d addresses", p, u)))
	case p*u > MaxPairs:
		return nil, append(left, m.where(TooMany, fmt.Sprintf("%d pictures, %d addresses, at most %d pairs", p, u, MaxPairs)))
	}
	var all []claimed
	for _, picture := range m.pictures {
		for _, url := range found.urls {
			all = append(all, claimed{picture, url})
		}
	}
	return all, left
}

func inOrder(pictures, urls []string) []claimed {
	var all []claimed
	for i := range pictures {
		all = append(all, claimed{pictures[i], urls[i]})
	}
	return all
}

// withoutPicture tells of a message that has no picture, unless that was told.
func withoutPicture(m message, found addresses) []Left {
	if len(m.left) > 0 || len(found.bad) > 0 {
		return nil
	}
	if len(found.urls) == 0 {
		return []Left{m.where(NoClaim, "")}
	}
	var out []Left
	for _, u := range found.urls {
		l := m.where(NoPicture, "")
		l.Address = u
		out = append(out, l)
	}
	return out
}

// withoutAddress tells of the pictures of a message that has no address, unless one was told
// that cannot be visited: that is why they were not taken.
func withoutAddress(m message, found addresses) []Left {
	if len(found.bad) > 0 {
		return nil
	}
	why := NoAddress
	if len(found.ignored) > 0 {
		why = OnlyIgnored
	}
	var out []Left
	for _, picture := range m.pictures {
		l := m.where(why, "")
		l.Picture = picture
		out = append(out, l)
	}
	return out
}
