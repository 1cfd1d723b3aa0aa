package corpus

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

const (
	// MaxBytes bounds a corpus file. A verdict has 10 to 100 kB, so this is
	// some thousands of them.
	MaxBytes = 256 << 20
	// MaxWide is the most bits of 256 in which the difference hashes of a
	// picture and its recompressed copy differ; 99 % of copies lie within, and
	// 0.1 % of pages of other sites.
	MaxWide = 31
	// MaxPerception is the same for the 64 bits of the perception hash, which
	// a copy hardly moves (median 0) and other pages of one site do (median 30).
	MaxPerception = 6
)

// Earlier is a list of claims that were judged before. It is safe for
// concurrent use.
type Earlier struct{ claims []known }

// known is what is kept of an earlier claim.
type known struct {
	verify.Precedent
	sha256  string
	imprint imprint.Imprint
}

var _ verify.Precedents = (*Earlier)(nil)

// document is the part of a verdict that is used here.
type document struct {
	Schema string            `json:"schema"`
	Claim  verify.ClaimFacts `json:"claim"`
}

// ReadEarlier reads verdict documents until r ends. Errors wrap
// capture.ErrMalformed or capture.ErrTooLarge, or are those of r, and name the
// document by its number.
func ReadEarlier(r io.Reader) (*Earlier, error) {
	limited := &io.LimitedReader{R: r, N: MaxBytes + 1}
	e := &Earlier{}
	for d := json.NewDecoder(limited); ; {
		var doc document
		err := d.Decode(&doc)
		if limited.N <= 0 {
			return nil, fmt.Errorf("read corpus: %w of %d bytes", capture.ErrTooLarge, MaxBytes)
		}
		if err == io.EOF {
			return e, nil
		}
		if err == nil {
			err = e.add(doc)
		}
		if err != nil {
			return nil, fmt.Errorf("read corpus: verdict %d: %w", len(e.claims)+1, malformed(err))
		}
	}
}

// malformed marks what the decoder refused; errors of the reader stay what they
// are.
func malformed(err error) error {
	var syntax *json.SyntaxError
	var typ *json.UnmarshalTypeError
	if errors.As(err, &syntax) || errors.As(err, &typ) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", capture.ErrMalformed, err)
	}
	return err
}

func (e *Earlier) add(doc document) error {
	if doc.Schema != verify.Schema {
		return fmt.Errorf("%w: its schema is %.60q, not %q", capture.ErrMalformed, doc.Schema, verify.Schema)
	}
	c := doc.Claim
	k := known{sha256: c.SHA256, Precedent: verify.Precedent{Name: c.Image, URL: c.URL, Seen: c.ReadAt}}
	if c.ClaimedAt != nil {
		k.Claimed = *c.ClaimedAt
	}
	if c.PostedAt != nil {
		k.Posted = *c.PostedAt
	}
	if c.SHA256 == "" || c.URL == "" {
		return fmt.Errorf("%w: it names no picture or no address", capture.ErrMalformed)
	}
	if c.Hashes.Informative {
		h := imprint.Hex{Average: c.Hashes.Average, Difference: c.Hashes.Difference,
			Perception: c.Hashes.Perception, Difference256: c.Hashes.Difference256}
		var err error
		if k.imprint, err = h.Parse(c.Hashes.Information); err != nil {
			return fmt.Errorf("%w: %w", capture.ErrMalformed, err)
		}
	}
	e.claims = append(e.claims, k)
	return nil
}

// Len is the number of claims.
func (e *Earlier) Len() int { return len(e.claims) }

// Find returns the earlier claims whose picture is the same file, then those
// with what may be a recompressed copy, the most alike first.
func (e *Earlier) Find(ctx context.Context, sha256 string, i imprint.Imprint) ([]verify.Precedent, error) {
	var found []verify.Precedent
	for _, k := range e.claims {
		p := k.Precedent
		if p.Identical = k.sha256 == sha256; !p.Identical {
			d, err := imprint.Distance(k.imprint, i)
			if err != nil || d.Difference256 > MaxWide || d.Perception > MaxPerception {
				continue // an uninformative picture matches nothing
			}
			p.Bits = d.Difference256
		}
		found = append(found, p)
	}
	slices.SortStableFunc(found, func(a, b verify.Precedent) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Seen.Compare(b.Seen), cmp.Compare(a.Name, b.Name))
	})
	return found, ctx.Err()
}

// rank orders the same file before every copy.
func rank(p verify.Precedent) int {
	if p.Identical {
		return -1
	}
	return p.Bits
}
