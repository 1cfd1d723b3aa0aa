package imprint

import (
	"image"

	"github.com/corona10/goimagehash"
)

// Imprint is the perceptual hashes of one picture. The zero value is that of a
// picture without content; it is not informative and matches nothing.
type Imprint struct {
	Average       uint64
	Difference    uint64
	Perception    uint64
	Difference256 [4]uint64
	Information   float64 // 0 for a blank picture, 1 for a busy one
	Informative   bool    // Information is at least MinInformation
}

// side256 is the side of the extended difference hash. It must be square:
// goimagehash v1.1.0 reads and writes the wrong cells of any other shape.
const side256 = 16

// Of returns the imprint of img, transparency laid on white. The same pixels
// give the same imprint whatever the file or Go type they come in. A picture
// without area has the zero Imprint.
func Of(img image.Image) Imprint {
	small := reduce(img)
	if small == nil {
		return Imprint{}
	}
	// None of these fails on a picture that is there: their only errors are for
	// nil. A failure leaves the hashes at zero, which is the honest value.
	average, err1 := goimagehash.AverageHash(small)
	difference, err2 := goimagehash.DifferenceHash(small)
	perception, err3 := goimagehash.PerceptionHash(small)
	wide, err4 := goimagehash.ExtDifferenceHash(small, side256, side256)
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return Imprint{}
	}
	i := Imprint{
		Average:     average.GetHash(),
		Difference:  difference.GetHash(),
		Perception:  perception.GetHash(),
		Information: information(small),
	}
	copy(i.Difference256[:], wide.GetHash())
	i.Informative = i.Information >= MinInformation
	return i
}
