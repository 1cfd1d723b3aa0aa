package agree

import (
	"math"
	"slices"
)

// fit is a scale and an offset: picture = scale * page + offset.
type fit struct{ scale, offset float64 }

func (f fit) at(v float64) float64 { return f.scale*v + f.offset }

const (
	// wide is how far apart, as a share of the whole, two words must lie for
	// their distance to tell the scale.
	wide = 0.2
	// The scales that occur: a wide window reduced by a messenger, and a phone's.
	leastScale, mostScale = 0.2, 5
	// maxSlopes bounds the pairs of words that the scale is taken from.
	maxSlopes = 40_000
)

// fitting finds the scale and offset that most words agree on: medians of the
// slopes and of what is left (Theil 1950, Sen 1968), which up to 29 % of wrong
// pairs do not move. Words that lie too close together give the scale guess.
func fitting(from, to []float64, guess float64) fit {
	span := 0.0
	if len(from) > 0 {
		span = slices.Max(from) - slices.Min(from)
	}
	var slopes []float64
	stride := 1 + len(from)*len(from)/2/maxSlopes
	n := 0
	for i := range from {
		for j := range i {
			d := from[i] - from[j]
			if n++; n%stride != 0 || math.Abs(d) < wide*span || d == 0 {
				continue
			}
			slopes = append(slopes, (to[i]-to[j])/d)
		}
	}
	f := fit{scale: guess}
	if len(slopes) > 0 && span > 0 {
		f.scale = median(slopes)
	}
	rest := make([]float64, len(from))
	for i := range from {
		rest[i] = to[i] - f.scale*from[i]
	}
	if len(rest) > 0 {
		f.offset = median(rest)
	}
	return f
}

func (f fit) plausible() bool { return f.scale >= leastScale && f.scale <= mostScale }

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
