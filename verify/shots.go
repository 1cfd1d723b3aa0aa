package verify

import (
	"image"
	"sync"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/recent"
)

// Shots keeps what captures' shots look like, decoded and described, for the claims about
// the same page that are judged next. It changes no result. It may be used from several
// goroutines. Nil keeps nothing.
type Shots struct {
	mu   sync.Mutex
	kept *recent.Cache[shotKey, *shot]
}

// NewShots keeps about so many bytes of shots.
func NewShots(bytes int64) *Shots { return &Shots{kept: recent.New[shotKey, *shot](bytes)} }

// shotKey is what two shots have in common that look the same: their bytes, and the
// size at which they are compared.
type shotKey struct {
	digest string
	share  float64
}

// shot is one shot of a capture at the size at which it is compared. Nothing changes it.
type shot struct {
	digest   string
	image    image.Image
	imprint  func() imprint.Imprint // of the shot as it was taken
	features func() *align.Features
}

// open decodes the bytes of a capture's shot, or gives what is kept of them.
func (s *Shots) open(data []byte, v capture.Viewport) (*shot, error) {
	key := shotKey{digest(data), sight(v) / scaleOf(v)}
	if got := s.look(key); got != nil {
		return got, nil
	}
	whole, err := picture.DecodeCapture(data)
	if err != nil {
		return nil, err
	}
	got := &shot{digest: key.digest, image: atSight(whole, v), imprint: sync.OnceValue(func() imprint.Imprint { return imprint.Of(whole) })}
	got.features = sync.OnceValue(func() *align.Features { return align.Describe(align.Luma(got.image), align.Options{Page: true}) })
	size := pixels(got.image) * 6 // four bytes of colour, one of brightness, and points
	if key.share != 1 {
		size += pixels(whole) * 4 // until its imprint is asked for
	}
	s.add(key, got, size)
	return got, nil
}

func (s *Shots) look(key shotKey) *shot {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	got, _ := s.kept.Get(key)
	return got
}

func (s *Shots) add(key shotKey, got *shot, size int64) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept.Put(key, got, size)
}

func pixels(img image.Image) int64 {
	b := img.Bounds().Size()
	return int64(b.X) * int64(b.Y)
}
