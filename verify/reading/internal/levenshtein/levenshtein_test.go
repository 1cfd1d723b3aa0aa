package levenshtein_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/verify/reading/internal/levenshtein"
)

func TestTheRowHoldsTheDistancesToEveryBeginning(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want []int
	}{
		{"", "", []int{0}},
		{"", "ab", []int{0, 1, 2}},
		{"ab", "", []int{2}},
		{"kitten", "sitting", []int{6, 6, 5, 4, 3, 3, 2, 3}},
		{"town", "townhall", []int{4, 3, 2, 1, 0, 1, 2, 3, 4}},
		{"鎮公所", "镇公所", []int{3, 3, 2, 1}},
	} {
		if got := levenshtein.Row([]rune(c.a), []rune(c.b)); !slices.Equal(got, c.want) {
			t.Errorf("%q, %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// slow is the distance by its definition.
func slow(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	return min(slow(a[1:], b[1:])+cost, slow(a[1:], b)+1, slow(a, b[1:])+1)
}

func TestTheRowIsTheDistanceByItsDefinition(t *testing.T) {
	t.Parallel()
	letters := rapid.SliceOfN(rapid.RuneFrom([]rune("abç字")), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		a, b := letters.Draw(t, "a"), letters.Draw(t, "b")
		row := levenshtein.Row(a, b)
		for j := range len(b) + 1 {
			if want := slow(a, b[:j]); row[j] != want {
				t.Fatalf("%q to %q: %d, want %d", string(a), string(b[:j]), row[j], want)
			}
		}
	})
}
