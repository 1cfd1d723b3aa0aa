package reuse

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align"
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
