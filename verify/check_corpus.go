package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/reading/address"
)

// earlierClaims asks for earlier claims with the picture, examined where that can be had.
func earlierClaims(ctx context.Context, from Precedents, p *picture.Picture, i imprint.Imprint) ([]Precedent, error) {
	if x, ok := from.(Examiner); ok {
		return x.Examine(ctx, p)
	}
	return from.Find(ctx, p.SHA256, i)
}

// checkCorpus tells where the picture was seen before. That one screenshot was posted before
// for another address, or before the claimed time, counts against the claim; it takes an address
// bar or a clock to know that it is one. All else weighs nothing: more
// than half of the pictures in a public mirror stand there for several victims,
// because one defacement page is put on many sites, and a picture of the page
// alone cannot tell that from a picture used again.
func checkCorpus(c *Case) ([]finding, error) {
	if c.Precedents == nil {
		return notRun("No corpus of earlier claims was given."), nil
	}
	earlier := relevant(c.Earlier)
	if len(earlier) == 0 {
		return []finding{{key: "corpus.new", value: value(0), unit: "earlier claims",
			sentence: "The corpus holds no earlier claim with this picture."}}, nil
	}
	f := c.retold(earlier)
	for i := range earlier {
		if against, ok := c.recycled(&earlier[i]); ok {
			f = against
			break
		}
	}
	f.value, f.unit = value(float64(len(earlier))), "earlier claims"
	return []finding{f}, nil
}

// relevant leaves out what turned out to be another picture.
func relevant(all []Precedent) (kept []Precedent) {
	for _, p := range all {
		if p.Relation != Different {
			kept = append(kept, p)
		}
	}
	return kept
}

const (
	// postedApart is how long before the claim an earlier one must have been posted: one message with
	// several addresses is several claims, and clocks of platforms differ.
	postedApart = time.Hour
	// claimedApart is the same against the claimed time, which people give by the day, and not
	// always by that of UTC.
	claimedApart = 24 * time.Hour
)

// recycled says whether p shows that the claim's picture was taken of another address, or
// before the claimed time.
func (c *Case) recycled(p *Precedent) (finding, bool) {
	if p.Posted.IsZero() {
		return finding{}, false
	}
	beforeClaimed := p.Posted.To.Add(claimedApart).Before(c.Claim.ClaimedAt.From) // never of the zero time
	before := beforeClaimed || p.Posted.To.Add(postedApart).Before(c.Claim.PostedAt.From)
	switch {
	case p.ofOneAddress() && before && !sameSite(p.URL, c.Claim.URL) && !c.namesItself():
		return finding{key: "corpus.recycled_other_url", leaning: Misattributed, sentence: fmt.Sprintf(
			"The picture was posted before for another address (%s): %s. Its address bar is the same to the letter, so that both were taken of one address.",
			host(p.URL), p.told())}, true
	case p.ofOneMoment() && beforeClaimed:
		return finding{key: "corpus.recycled_before", leaning: Misattributed, sentence: fmt.Sprintf(
			"This screenshot was posted before the claimed time: %s. The clock in it is the same.", p.told())}, true
	}
	return finding{}, false
}

// told is when and as what p was posted.
func (p *Precedent) told() string {
	return fmt.Sprintf("the corpus holds %s of %s", p.as(), p.Posted.To.UTC().Format(time.DateOnly))
}

func (p *Precedent) as() string {
	switch {
	case p.Relation == IdenticalFile || p.Relation == Unexamined && p.Identical:
		return "this very file"
	case p.Relation == SameScreenshot:
		return "the same screenshot"
	case p.Relation == SamePage:
		return "another screenshot of the same page, or one whose frame was edited"
	case p.Relation == CannotTell && p.Address:
		return "this picture, or another of the same page in the same window"
	case p.Relation == CannotTell:
		return "a picture of the same page"
	}
	return fmt.Sprintf("a picture that may be a copy of this one (%d of 256 bits of their hashes differ, as for a recompressed copy or one with a line of text changed)", p.Bits)
}

// sameSite says whether two addresses belong to one site, as far as names tell: who corrects
// an address mostly goes to another host of the same site.
func sameSite(a, b string) bool {
	return capture.RegistrableDomain(host(a)) == capture.RegistrableDomain(host(b))
}

// namesItself says whether the picture's address bar reads the claimed host: then it was
// the earlier claim that was misattributed.
func (c *Case) namesItself() bool {
	b := c.Readout.bar
	return b != nil && b.read.Judge(c.hosts()...).Outcome == address.Claimed
}

// retold tells of the nearest earlier claim, which weighs nothing.
func (c *Case) retold(earlier []Precedent) finding {
	p := &earlier[0]
	f := finding{key: "corpus.same_url", sentence: fmt.Sprintf("The corpus holds %s already, for the same address.", p.as())}
	if p.URL != c.Claim.URL {
		f.key = "corpus.other_url"
		f.sentence = fmt.Sprintf("The corpus holds %s already, for another address (%s). One defacement page is often put on many sites, so this alone weighs nothing.", p.as(), host(p.URL))
	}
	if p.Relation == SamePage {
		f.key = "corpus.same_page"
	}
	return f
}
