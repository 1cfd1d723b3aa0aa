package imprint

import (
	"errors"
	"math/bits"
)

// ErrUninformative says that one of two pictures has too little content for
// its hashes to mean anything: that they agree or differ says nothing.
var ErrUninformative = errors.New("too little content to compare hashes")

// Distances are the bits in which two imprints differ.
type Distances struct {
	Average       int // of 64
	Difference    int // of 64
	Perception    int // of 64
	Difference256 int // of 256
}

// Distance returns how far a and b are apart. The error is ErrUninformative
// when either says too little; two blank pictures are not alike.
func Distance(a, b Imprint) (Distances, error) {
	if !a.Informative || !b.Informative {
		return Distances{}, ErrUninformative
	}
	d := Distances{
		Average:    bits.OnesCount64(a.Average ^ b.Average),
		Difference: bits.OnesCount64(a.Difference ^ b.Difference),
		Perception: bits.OnesCount64(a.Perception ^ b.Perception),
	}
	for i := range a.Difference256 {
		d.Difference256 += bits.OnesCount64(a.Difference256[i] ^ b.Difference256[i])
	}
	return d, nil
}
