package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/verify/imprint"
)

// Precedents knows earlier claims. Find returns those whose picture is the same
// file (by its SHA-256, hexadecimal) or, by perceptual hashes, a recompressed
// copy; the most alike first.
type Precedents interface {
	Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]Precedent, error)
}

// Precedent is an earlier claim with the same picture.
type Precedent struct {
	Name      string // of the picture's file
	URL       string
	Claimed   Span
	Posted    Span
	Seen      time.Time // when the corpus learned of it
	Identical bool      // the same file, byte for byte
	Bits      int       // of 256 that differ in the difference hash; 0 when identical
}

// checkCorpus tells where the picture was seen before. It weighs nothing: more
// than half of the pictures in a public mirror stand there for several victims,
// because one defacement page is put on many sites, and a picture of the page
// alone cannot tell that from a picture used again.
func checkCorpus(c *Case) ([]finding, error) {
	if c.Precedents == nil {
		return notRun("No corpus of earlier claims was given."), nil
	}
	if len(c.Earlier) == 0 {
		return []finding{{key: "corpus.new", value: value(0), unit: "earlier claims",
			sentence: "The corpus holds no earlier claim with this picture."}}, nil
	}
	p := c.Earlier[0]
	what := fmt.Sprintf("a picture that may be a copy of this one (%d of 256 bits of their hashes differ, as for a recompressed copy or one with a line of text changed)", p.Bits)
	if p.Identical {
		what = "this very file"
	}
	f := finding{key: "corpus.same_url", value: value(float64(len(c.Earlier))), unit: "earlier claims",
		sentence: fmt.Sprintf("The corpus holds %s already, for the same address.", what)}
	if p.URL != c.Claim.URL {
		f.key = "corpus.other_url"
		f.sentence = fmt.Sprintf("The corpus holds %s already, for another address (%s). One defacement page is often put on many sites, so this alone weighs nothing.", what, host(p.URL))
	}
	return []finding{f}, nil
}
