package align

import (
	"image"

	"github.com/defacecheck/defacecheck/verify/align/internal/keypoint"
	"github.com/defacecheck/defacecheck/verify/align/internal/raster"
)

// Landmark is a place in a picture by which the picture is found among many, whole or in
// part: an upright BRIEF-256 of a corner, taken where the picture is so small that a
// patch shows several lines of text and not a letter, which stands on every page.
type Landmark [4]uint64

const (
	// landmarkSide is the longer side, in pixels, at which the finest landmarks are taken.
	landmarkSide = 640
	// Pictures are kept at half octaves and asked for at quarter octaves: see Options.
	// Five levels reach from a picture to what is left of a desktop around it.
	keptLevels, keptPerOctave, keptLandmarks    = 5, 2, 60
	askedLevels, askedPerOctave, askedLandmarks = 9, 4, 500
)

// Landmarks are those of a picture to be kept, some sixty.
func Landmarks(img *image.Gray) []Landmark {
	return landmarks(img, keypoint.Plan{Levels: keptLevels, PerOctave: keptPerOctave, Budget: keptLandmarks})
}

// LandmarksSought are those of a picture that others are sought for: several hundred, so
// that those which were kept of a copy, of a part or of what it is a part of are among them.
func LandmarksSought(img *image.Gray) []Landmark {
	return landmarks(img, keypoint.Plan{Levels: askedLevels, PerOctave: askedPerOctave, Budget: askedLandmarks})
}

func landmarks(img *image.Gray, plan keypoint.Plan) []Landmark {
	size := img.Rect.Size()
	if by := float64(max(size.X, size.Y)) / landmarkSide; by > 1 {
		img = shrunk(raster.Luma(img), 1/by)
	}
	points := keypoint.Find(img, plan)
	out := make([]Landmark, len(points))
	for i, p := range points {
		out[i] = Landmark(p.Descriptor)
	}
	return out
}
