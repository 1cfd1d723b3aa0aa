package verify

import (
	"fmt"
	"image"
	"image/draw"
	"sort"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// maxExhibits bounds how many captures are shown beside the picture: what a
// reader takes in, and four pictures' worth of memory.
const maxExhibits = 4

// exhibits lays the captures that tell most beside the picture: those that show
// it, then those in which it was found, then the nearest in time.
func exhibits(c *Case, shots *Shots) ([]Exhibit, error) {
	shown := filter(c.Sightings, func(s *Sighting) bool { return s.Capture.Validity == capture.OK })
	at := c.time()
	distance := func(s *Sighting) time.Duration {
		if at.IsZero() {
			return c.Claim.ReadAt.Sub(s.seenAt()).Abs()
		}
		return spanGap([]*Sighting{s}, at)
	}
	sort.SliceStable(shown, func(i, j int) bool {
		a, b := shown[i], shown[j]
		if rank(a.State) != rank(b.State) {
			return rank(a.State) > rank(b.State)
		}
		if a.holdsMost() != b.holdsMost() {
			return a.holdsMost()
		}
		return distance(a) < distance(b)
	})
	var all []Exhibit
	for _, s := range shown[:min(len(shown), maxExhibits)] {
		e, err := exhibit(c, s, shots)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func exhibit(c *Case, s *Sighting, shots *Shots) (Exhibit, error) {
	e := Exhibit{CaptureID: s.Capture.ID, Tiles: s.Tiles}
	first, err := picture.DecodeCapture(s.Capture.First)
	if err != nil {
		return e, fmt.Errorf("show capture %s: %w", s.Capture.ID, err)
	}
	e.Shot = first
	if s.Match == nil || !s.registration.Located {
		return e, nil
	}
	page, err := s.shotOf(s.Capture, shots)
	if err != nil {
		return e, err
	}
	view := image.NewNRGBA(c.Picture.Image.Bounds())
	over := align.Warp(page.image, s.registration, image.Rectangle{Max: c.Frame.Content.Size()})
	draw.Draw(view, c.Frame.Content, over, image.Point{}, draw.Src)
	e.View = view
	return e, nil
}
