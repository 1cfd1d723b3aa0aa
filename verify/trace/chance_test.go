package trace

import (
	"math"
	"testing"
)

func TestTheTailIsTheSumOfTheBinomial(t *testing.T) {
	for _, c := range []struct{ n, k, p float64 }{{10, 3, 1.0 / 64}, {100, 5, 1.0 / 64}, {100, 90, 0.5}, {5, 5, 0.25}, {200, 3, 1.0 / 64}} {
		want := 0.0
		for i := c.k; i <= c.n; i++ {
			want += math.Exp(lchoose(c.n, i) + i*math.Log(c.p) + (c.n-i)*math.Log1p(-c.p))
		}
		if k := c.n * c.p; c.k <= k {
			want = 1
		}
		if got := tail(c.n, c.k, c.p); math.Abs(got-math.Log10(want)) > 1e-6 {
			t.Errorf("tail(%v, %v, %v) = %v, want %v", c.n, c.k, c.p, got, math.Log10(want))
		}
	}
}
