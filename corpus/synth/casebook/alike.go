package casebook

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"

	"github.com/defacecheck/defacecheck/verify/imprint"
	framing "github.com/defacecheck/defacecheck/verify/picture/frame"
)

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

// apart finds the claims of the test side whose picture resembles one of the training
// side: what would be measured on them was learned. Sites and families that resemble
// each other by their words are on one side already.
func apart(all []Known) (left []LeftOut, err error) {
	type telling struct {
		claim string
		print imprint.Imprint
	}
	var learned, asked []telling
	for _, k := range all {
		p, err := imprint.ParseString(k.Imprint)
		switch {
		case err != nil:
			return nil, fmt.Errorf("claim %s: %w", k.Claim, err)
		case p.Information < tellingEnough:
		case k.Split == trainSide:
			learned = append(learned, telling{k.Claim, p})
		default:
			asked = append(asked, telling{k.Claim, p})
		}
	}
	for _, a := range asked {
		for _, l := range learned {
			if d, err := imprint.Distance(a.print, l.print); err == nil && d.Difference256 <= alikeBits {
				left = append(left, LeftOut{Claim: a.claim, Resembles: l.claim, Bits: d.Difference256})
				break
			}
		}
	}
	return left, nil
}
