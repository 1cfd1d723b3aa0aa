package reuse

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// subject is a decoded picture that is compared with others.
type subject struct {
	sha256   string
	img      *image.NRGBA
	luma     *image.Gray
	frame    frame.Frame
	features *align.Features // nil until they are needed
}

func subjectOf(p *picture.Picture) *subject {
	return &subject{sha256: p.SHA256, img: p.Image, luma: align.Luma(p.Image), frame: frame.Find(p.Image)}
}

func (s *subject) described() *align.Features {
	if s.features == nil {
		s.features = align.Describe(s.luma, align.Options{Upright: true})
	}
	return s.features
}

// Landmarks are what a picture is kept by: none where it, or what its frame leaves of it, holds too
// little to be told from others.
func landmarksOf(img *image.NRGBA, kept bool) []align.Landmark {
	f := frame.Find(img)
	if !imprint.Of(img.SubImage(f.Content)).Informative && !imprint.Of(img).Informative {
		return nil
	}
	if kept {
		return align.Landmarks(align.Luma(img))
	}
	return align.LandmarksSought(align.Luma(img))
}
