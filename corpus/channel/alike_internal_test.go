package channel

import (
	"math/bits"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

func TestAlikeFindsWhatComparingAllWithAllFinds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	var pictures []corpus.Picture
	for range 60 { // centres, each with pictures at many distances of it
		centre := [4]uint64{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()}
		for range 10 {
			hash := centre
			for range r.IntN(2 * store.Radius) {
				hash[r.IntN(4)] ^= 1 << r.IntN(64)
			}
			pictures = append(pictures, corpus.Picture{Print: imprint.Imprint{Difference256: hash, Informative: r.IntN(10) > 0}})
		}
	}
	got, err := Alike{}.Groups(t.Context(), pictures)
	if err != nil {
		t.Fatal(err)
	}
	s, close := newSets(len(pictures)), 0
	for i, a := range pictures {
		for j, b := range pictures[:i] {
			far := 0
			for w := range a.Print.Difference256 {
				far += bits.OnesCount64(a.Print.Difference256[w] ^ b.Print.Difference256[w])
			}
			if a.Print.Informative && b.Print.Informative && far <= store.Radius {
				s.join(i, j)
				close++
			}
		}
	}
	if want := s.groups(); !reflect.DeepEqual(got, want) || close < 100 {
		t.Errorf("%d groups, want %d; %d pairs are alike", len(got), len(want), close)
	}
}
