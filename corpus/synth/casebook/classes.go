package casebook

import (
	"fmt"
	"slices"
	"strings"
)

// Truth is what is known of a claim.
type Truth string

// The truths.
const (
	Genuine       Truth = "genuine"       // the URL served this, and it is a defacement
	Edited        Truth = "edited"        // the picture, or the page in the claimant's browser, was altered
	Misattributed Truth = "misattributed" // a real picture of another site or time
	NotDefaced    Truth = "not_defaced"   // the URL served this, and it is the ordinary page
)

// Class is a way in which a claim comes about.
type Class struct {
	Name  string
	Truth Truth
	What  string // one line
	draw  func(*plan)

	// decidable says of a claim of the class whether it is made with a witness that could
	// decide it: a capture of what the picture shows, or captures between which it
	// cannot lie, or of which it is a copy. Of a defacement that nobody else saw, and of
	// a picture altered where no capture is near, nothing can be known by making.
	decidable func(*plan) bool
}

// Classes lists the classes, in the order in which claims take turns.
func Classes() []Class {
	return []Class{
		{"still_live", Genuine, "the page is defaced, and still is when the claim is judged", stillLive, always},
		{"archived_meanwhile", Genuine, "restored when the claim is judged; an archive has the defacement", archivedMeanwhile, always},
		{"unwitnessed", Genuine, "served and restored, and nobody but the claimant saw it", unwitnessed, never},
		{"ordinary", NotDefaced, "the ordinary page, claimed to be defaced", ordinaryPage, never},
		{"spliced_tight", Edited, "a defacement pasted into a picture; ordinary captures within hours on both sides", forged(spliced, tight), always},
		{"spliced_wide", Edited, "the same; ordinary captures days and weeks away", forged(spliced, wide), never},
		{"spliced_none", Edited, "the same; the page was never archived", forged(spliced, none), never},
		{"devtools_tight", Edited, "the page altered in the claimant's browser; captures within hours", forged(inPage, tight), always},
		{"devtools_wide", Edited, "the same; captures days and weeks away", forged(inPage, wide), never},
		{"devtools_none", Edited, "the same; the page was never archived", forged(inPage, none), never},
		{"partial_archived", Genuine, "a part of the page was replaced, and archived so", partialArchived, always},
		{"spliced_old", Edited, "a defacement pasted into a picture of an old version of the page", splicedOld, always},
		{"other_site", Misattributed, "a real defacement of another site", otherSite, never},
		{"same_page_elsewhere", Genuine, "the defacement page was on another victim before, and is honestly on this one", samePage, never},
		{"posted_earlier", Misattributed, "a picture of another site that was posted before", postedEarlier, withAddress},
		{"mock_up", Edited, "a page from the claimant's disk in a window with a painted address", mockUp, never},
		{"look_alike", Misattributed, "the defacement stands at another path or at a host that looks alike", lookAlike, never},
	}
}

func always(*plan) bool { return true }
func never(*plan) bool  { return false }

// withAddress: a bare page is put on many sites, and looks the same on each.
func withAddress(p *plan) bool { return p.chain.Frame != "none" }

// pick returns the classes that are named, all for none.
func pick(names []string) ([]Class, error) {
	all := Classes()
	if len(names) == 0 {
		return all, nil
	}
	var out []Class
	for _, n := range names {
		i := slices.IndexFunc(all, func(c Class) bool { return c.Name == n })
		if i < 0 {
			return nil, fmt.Errorf("%w: no class is called %q; there are %s", ErrOptions, n, strings.Join(ClassNames(), ", "))
		}
		out = append(out, all[i])
	}
	return out, nil
}

// ClassNames are the names of the classes.
func ClassNames() []string {
	var out []string
	for _, c := range Classes() {
		out = append(out, c.Name)
	}
	return out
}
