package reuse

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/near"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// TestRealDefacementsAreFoundByPartsOfThemAndInLargerPictures is where Radius and MinVotes come
// from; -v prints how many landmarks were found, of the picture itself and of the most alike other.
func TestRealDefacementsAreFoundByPartsOfThemAndInLargerPictures(t *testing.T) {
	t.Parallel()
	all := realPictures(t)
	index, owners := near.New256(), []int{}
	for i, p := range all {
		for _, l := range align.Landmarks(align.Luma(p.Image)) {
			index.Add(l, uint32(len(owners)))
			owners = append(owners, i)
		}
	}
	own, other := map[string][]int{}, map[string][]int{}
	for i, p := range all[:4] {
		for how, q := range copies(t, rand.New(rand.NewPCG(uint64(i), 1)), p) {
			votes := make([]int, len(all))
			seen := map[uint32]bool{}
			for _, l := range align.LandmarksSought(align.Luma(q.Image)) {
				for _, m := range index.Within(l, Radius) {
					if !seen[m.ID] {
						seen[m.ID] = true
						votes[owners[m.ID]]++
					}
				}
			}
			own[how] = append(own[how], votes[i])
			if votes[i] < MinVotes || votes[i] < slices.Max(votes) {
				t.Errorf("picture %d, %s: %d landmarks of its own, %v", i, how, votes[i], votes)
			}
			votes[i] = 0
			other[how] = append(other[how], slices.Max(votes))
		}
	}
	t.Logf("own %v, the most alike other %v", own, other)
}

func realPictures(t *testing.T) (all []*picture.Picture) {
	t.Helper()
	names, _ := filepath.Glob("../../../shared/data/defacement/*/screenshot.png")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var img image.Image
		if img, err = png.Decode(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		all = append(all, pictureOf(t, img))
	}
	if len(all) < 5 {
		t.Skip("skipped: no real screenshots in ../shared/data/defacement")
	}
	return all
}
