package verify

import (
	"context"
	"time"

	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// Precedents knows earlier claims. Find returns those whose picture is the same
// file (by its SHA-256, hexadecimal) or, by perceptual hashes, a recompressed
// copy; the most alike first.
type Precedents interface {
	Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]Precedent, error)
}

// Examiner is what Precedents may be able to do beyond finding: lay the pictures beside
// each other and say what they are to one another. Those that prove most come first.
type Examiner interface {
	Examine(ctx context.Context, p *picture.Picture) ([]Precedent, error)
}

// Relation is what the picture of an earlier claim is to this one's.
type Relation string

// The relations. A defacement page is put on many sites, and bare pictures of two of
// them can be one file: only what surrounds the page in a picture, its address bar and
// clock, belongs to one moment (Precedent.Address and Clock).
const (
	Unexamined     Relation = ""                // found by hashes alone
	IdenticalFile  Relation = "identical file"  // byte for byte
	SameScreenshot Relation = "same screenshot" // recompressed, rescaled, cropped or with something around it
	SamePage       Relation = "same page"       // another screenshot of what the page shows, or one whose frame was edited
	CannotTell     Relation = "cannot tell"     // the same page, but what would tell screenshots apart was not seen in both
	Different      Relation = "different"
)

// Precedent is an earlier claim with the same picture.
type Precedent struct {
	Name      string // of the picture's file
	URL       string
	Claimed   Span
	Posted    Span
	Seen      time.Time // when the corpus learned of it
	Identical bool      // the same file, byte for byte
	Bits      int       // of 256 that differ in the difference hash; 0 when identical, -1 when they are not alike

	Picture  string // SHA-256 of its file, hexadecimal
	Relation Relation
	Address  bool   // both pictures show the address bar, and it is the same to the letter
	Clock    bool   // the same of the clock
	Why      string // one clause on how the relation came about; "" when unexamined
}

// ofOneAddress says whether both pictures were taken of one address: all that both show
// agrees, the address bar with it.
func (p *Precedent) ofOneAddress() bool {
	return p.Address && (p.Relation == SameScreenshot || p.Relation == IdenticalFile || p.Relation == CannotTell)
}

// ofOneMoment says whether they are one screenshot.
func (p *Precedent) ofOneMoment() bool {
	return p.Clock && (p.Relation == SameScreenshot || p.Relation == IdenticalFile)
}
