package casebook

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"

	"github.com/defacecheck/defacecheck/verify/imprint"
	framing "github.com/defacecheck/defacecheck/verify/picture/frame"
)

// ErrAlike says that two claims on different sides of the split show nearly the same
// picture: what is measured on one was learned from the other.
var ErrAlike = errors.New("pictures on different sides of the split resemble each other")

const (
	// alikeBits is the usual radius within which two pictures are copies of one, in
	// bits of 256.
	alikeBits = 31
	// tellingEnough is the information from which no two different pages were found
	// within that radius; sparse pages are alike by chance (package imprint).
	tellingEnough = 0.5
)

// printOf is the imprint of what a picture shows within the frame of its window.
func printOf(file []byte) (string, error) {
	img, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return "", fmt.Errorf("take imprint: %w", err)
	}
	if f := framing.Find(img); f.Kind != framing.None {
		img, _ = framing.Cut(img, f)
	}
	return imprint.Of(img).String(), nil
}

// apart refuses claims whose pictures resemble one of the other side. Sites and families
// that resemble each other by their words are on one side already.
func apart(all []Known) error {
	type telling struct {
		Known
		print imprint.Imprint
	}
	var seen []telling
	for _, k := range all {
		p, err := imprint.ParseString(k.Imprint)
		if err != nil {
			return fmt.Errorf("claim %s: %w", k.Claim, err)
		}
		if p.Information < tellingEnough {
			continue
		}
		for _, other := range seen {
			if other.Split == k.Split {
				continue
			}
			if d, err := imprint.Distance(p, other.print); err == nil && d.Difference256 <= alikeBits {
				return fmt.Errorf("%w: claims %s (%s, %s) and %s (%s, %s), of which %d of 256 bits differ; leave one of the sites out",
					ErrAlike, other.Claim, other.Site, other.Split, k.Claim, k.Site, k.Split, d.Difference256)
			}
		}
		seen = append(seen, telling{k, p})
	}
	return nil
}
