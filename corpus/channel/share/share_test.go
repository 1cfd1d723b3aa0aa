package share_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/corpus/channel/share"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// channel draws claims whose LRs are right: the logarithm of the LR of a genuine claim is
// normal around spread²/2, that of any other around -spread²/2, which makes the ratio of
// the two densities the LR itself.
type channel struct {
	share  float64
	groups int
	size   func(*rand.Rand) int // claims of a group: all genuine or none
	copied bool                 // the claims of a group have one LR
	spread float64
	open   func(genuine bool, r *rand.Rand) bool // claims that nothing can be found out about
}

// draw gives the claims and how many are genuine.
func (c channel) draw(r *rand.Rand) (claims []share.Claim, genuine int) {
	for g := range c.groups {
		is := r.Float64() < c.share
		first := c.score(is, r)
		for range c.size(r) {
			claim := share.Claim{Log10LR: first, Group: g}
			if !c.copied {
				claim.Log10LR = c.score(is, r)
			}
			if c.open != nil && c.open(is, r) {
				claim.Log10LR = 0
			}
			claim.Open = math.Abs(claim.Log10LR) < 0.3
			claims = append(claims, claim)
			if is {
				genuine++
			}
		}
	}
	return claims, genuine
}

func (c channel) score(genuine bool, r *rand.Rand) float64 {
	centre := c.spread * c.spread / 2
	if !genuine {
		centre = -centre
	}
	return (centre + c.spread*r.NormFloat64()) / math.Ln10
}

func one(*rand.Rand) int { return 1 }

// some gives groups of 1 to 12 claims, most of them small.
func some(r *rand.Rand) int { return 1 + int(12*math.Pow(r.Float64(), 3)) }

func holds(i share.Interval, x float64) bool { return i.Low <= x && x <= i.High }

// covered is how often an interval holds the share, over simulated channels.
func covered(seed uint64, n int, make func(*rand.Rand) channel, in func(channel, []share.Claim, int) bool) float64 {
	r, hits := rand.New(rand.NewPCG(seed, 7)), 0
	for range n {
		c := make(r)
		claims, genuine := c.draw(r)
		if in(c, claims, genuine) {
			hits++
		}
	}
	return float64(hits) / float64(n)
}

func asScored(c channel, claims []share.Claim, _ int) bool {
	return holds(share.Of(claims).AsScored.Interval, c.share)
}

func inRange(c channel, claims []share.Claim, _ int) bool {
	return holds(share.Of(claims).Range, c.share)
}

const runs = 200 // the standard error of a rate of 0.95 is 0.015

func TestTheIntervalHoldsTheShareAtItsRateWhenTheScoresAreRight(t *testing.T) {
	t.Parallel()
	got := covered(1, 4*runs, func(r *rand.Rand) channel {
		return channel{share: r.Float64(), groups: 5 + r.IntN(100), size: one, spread: 0.5 + 2*r.Float64()}
	}, asScored)
	t.Logf("any share: %.3f", got)
	if got < 0.935 || got > 0.965 {
		t.Errorf("the interval holds the share in %.3f of channels, not in about 0.95", got)
	}
}

func TestTheIntervalHoldsEveryShareWhenTheScoresAreRight(t *testing.T) {
	t.Parallel()
	for _, p := range []float64{0, 0.02, 0.1, 0.3, 0.5, 0.8, 1} {
		got := covered(2, runs, func(*rand.Rand) channel {
			return channel{share: p, groups: 60, size: one, spread: 1.8}
		}, asScored)
		t.Logf("share %.2f: %.3f", p, got)
		if got < 0.91 {
			t.Errorf("a share of %.2f is held in %.3f of channels only", p, got)
		}
	}
}

func TestTheShareOfTheVeryClaimsIsHeldToo(t *testing.T) {
	t.Parallel()
	got := covered(3, runs, func(r *rand.Rand) channel {
		return channel{share: r.Float64(), groups: 10 + r.IntN(60), size: one, spread: 1.8}
	}, func(_ channel, claims []share.Claim, genuine int) bool {
		return holds(share.Of(claims).AsScored.Interval, float64(genuine)/float64(len(claims)))
	})
	t.Logf("share of these claims: %.3f", got)
	if got < 0.95 {
		t.Errorf("held in %.3f of channels", got)
	}
}

func TestClaimsThatGoTogetherDoNotMakeTheIntervalTooNarrow(t *testing.T) {
	t.Parallel()
	for _, copied := range []bool{false, true} {
		draw := func(r *rand.Rand) channel {
			return channel{share: 0.1 + 0.8*r.Float64(), groups: 30, size: some, copied: copied, spread: 1.8}
		}
		got, narrow := covered(4, runs, draw, inRange), covered(4, runs, draw, asScored)
		apart := covered(4, runs, draw, func(c channel, claims []share.Claim, genuine int) bool {
			for i := range claims {
				claims[i].Group = i
			}
			return asScored(c, claims, genuine)
		})
		t.Logf("groups, one LR each %v: range %.3f, as scored %.3f; taken for independent: %.3f", copied, got, narrow, apart)
		if got < 0.93 || narrow < 0.88 {
			t.Errorf("copied %v: held in %.3f of channels, as scored in %.3f", copied, got, narrow)
		}
		if apart > 0.75 {
			t.Errorf("copied %v: taken for independent they are held in %.3f: this test shows nothing", copied, apart)
		}
	}
}

func TestTheRangeHoldsTheShareWhenTheScoreClaimsTooMuch(t *testing.T) {
	t.Parallel()
	draw := func(r *rand.Rand) channel {
		return channel{share: r.Float64(), groups: 80, size: one, spread: 1.2}
	}
	double := func(in func(channel, []share.Claim, int) bool) func(channel, []share.Claim, int) bool {
		return func(c channel, claims []share.Claim, genuine int) bool {
			for i := range claims {
				claims[i].Log10LR *= 2
			}
			return in(c, claims, genuine)
		}
	}
	wide, narrow := covered(5, runs, draw, double(inRange)), covered(5, runs, draw, double(asScored))
	right := covered(5, runs, draw, inRange)
	t.Logf("log10 LRs twice too strong: range %.3f, as scored %.3f; right ones: range %.3f", wide, narrow, right)
	if wide < 0.94 || right < 0.95 {
		t.Errorf("the range holds the share in %.3f and, with right scores, %.3f of channels", wide, right)
	}
	if narrow > 0.93 {
		t.Errorf("as scored the share is held in %.3f of channels: this test shows nothing", narrow)
	}
}

func TestTheRangeHoldsTheShareWhenTheScoresZeroIsOff(t *testing.T) {
	t.Parallel()
	draw := func(r *rand.Rand) channel {
		return channel{share: r.Float64(), groups: 80, size: one, spread: 1.2}
	}
	for _, off := range []float64{-share.Offset, share.Offset} {
		shifted := func(in func(channel, []share.Claim, int) bool) func(channel, []share.Claim, int) bool {
			return func(c channel, claims []share.Claim, genuine int) bool {
				for i := range claims {
					claims[i].Log10LR += off
				}
				return in(c, claims, genuine)
			}
		}
		wide, narrow := covered(8, runs, draw, shifted(inRange)), covered(8, runs, draw, shifted(asScored))
		t.Logf("log10 LRs off by %+.1f: range %.3f, as scored %.3f", off, wide, narrow)
		if wide < 0.94 || narrow > 0.8 {
			t.Errorf("off by %+.1f: the range holds the share in %.3f of channels, the interval as scored in %.3f", off, wide, narrow)
		}
	}
}

func TestManyUndecidedClaimsDoNotAddUpToAShare(t *testing.T) {
	t.Parallel()
	for _, lr := range []float64{-0.25, -0.1, 0.1, 0.25} {
		claims := make([]share.Claim, 1000)
		for i := range claims {
			claims[i] = share.Claim{Log10LR: lr, Group: i, Open: true}
		}
		if e := share.Of(claims); e.Range.Width() < 0.99 {
			t.Errorf("a thousand claims of log10 LR %v give %v", lr, e.Range)
		}
	}
}

func TestOpenClaimsThatAreOfOneKindStayWithinIfOpen(t *testing.T) {
	t.Parallel()
	draw := func(r *rand.Rand) channel {
		return channel{share: 0.1 + 0.8*r.Float64(), groups: 100, size: one, spread: 1.8,
			open: func(genuine bool, r *rand.Rand) bool { return !genuine && r.Float64() < 0.7 }}
	}
	of := func(pick func(share.Estimate) share.Interval) func(channel, []share.Claim, int) bool {
		return func(_ channel, claims []share.Claim, genuine int) bool {
			return holds(pick(share.Of(claims)), float64(genuine)/float64(len(claims)))
		}
	}
	wide := covered(6, runs, draw, of(func(e share.Estimate) share.Interval { return e.IfOpen }))
	narrow := covered(6, runs, draw, of(func(e share.Estimate) share.Interval { return e.AsScored.Interval }))
	t.Logf("claims stay open because they are false: if open %.3f, as scored %.3f", wide, narrow)
	if wide < 0.95 || narrow > 0.6 {
		t.Errorf("held in %.3f, and in %.3f where being open is taken to mean nothing", wide, narrow)
	}
}

func TestWithoutEvidenceEveryShareIsPossible(t *testing.T) {
	t.Parallel()
	for _, claims := range [][]share.Claim{nil, {{}}, {{Open: true}, {Group: 1, Open: true}}} {
		e := share.Of(claims)
		if e.Range != (share.Interval{Low: 0, High: 1}) || e.AsScored.Mean != 0.5 || e.Effective != 0 || e.Claims != len(claims) {
			t.Errorf("%d claims: %+v", len(claims), e)
		}
	}
}

// TestOneClaimIsAsComputedByHand: for one claim of LR 10 the posterior of the share is
// (1 + 9p) / 5.5, with mean (1/2 + 9/3) / 5.5; of highest density is everything above the
// p below which 1/20 lies: 4.5 p² + p = 0.275.
func TestOneClaimIsAsComputedByHand(t *testing.T) {
	t.Parallel()
	got := share.Of([]share.Claim{{Log10LR: 1}}).AsScored
	low := (math.Sqrt(1+4*4.5*0.275) - 1) / 9
	if math.Abs(got.Mean-3.5/5.5) > 1e-4 || math.Abs(got.Interval.Low-low) > 4e-3 || got.Interval.High != 1 {
		t.Errorf("mean %v, interval %v; want %v, %v to 1", got.Mean, got.Interval, 3.5/5.5, low)
	}
}

func TestManyCopiesOfOneClaimTellNoMoreThanTheClaim(t *testing.T) {
	t.Parallel()
	one := share.Of([]share.Claim{{Log10LR: -0.9}})
	many := make([]share.Claim, 500)
	for i := range many {
		many[i] = share.Claim{Log10LR: -0.9}
	}
	got := share.Of(many)
	// The power is taken at another share, so that the two differ a little.
	if got.Range.Width() < 0.8*one.Range.Width() || got.Effective > 1.001 {
		t.Errorf("500 copies give %v (as %.2f claims), one gives %v", got.Range, got.Effective, one.Range)
	}
}

func TestEstimatesAreShares(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		claims := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) share.Claim {
			return share.Claim{Log10LR: rapid.Float64Range(-300, 300).Draw(t, "log10 LR"),
				Group: rapid.IntRange(0, 9).Draw(t, "group"), Open: rapid.Bool().Draw(t, "open")}
		}), 0, 40).Draw(t, "claims")
		e := share.Of(claims)
		for name, i := range map[string]share.Interval{"as scored": e.AsScored.Interval, "weakened": e.Weakened.Interval, "shifted": e.Shifted, "range": e.Range, "if open": e.IfOpen} {
			if !(0 <= i.Low && i.Low <= i.High && i.High <= 1) {
				t.Fatalf("%s: %+v of %+v", name, i, claims)
			}
		}
		if !(e.AsScored.Mean > 0 && e.AsScored.Mean < 1) || e.Effective > float64(len(claims))+1e-9 || math.IsNaN(e.Effective) {
			t.Fatalf("%+v of %+v", e, claims)
		}
	})
}

func BenchmarkOfAHundredThousandClaims(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	claims := make([]share.Claim, 100_000)
	for i := range claims {
		claims[i] = share.Claim{Log10LR: 2*r.Float64() - 1, Group: r.IntN(30_000)}
	}
	for b.Loop() {
		share.Of(claims)
	}
}
