package lr_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
)

func sample(t interface{ Fatal(...any) }, genuine, untrue []float64) lr.Sample {
	s, err := lr.NewSample(genuine, untrue)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestWithoutAnyEvidenceTheFiguresAreThoseOfACoin(t *testing.T) {
	s := sample(t, []float64{0, 0, 0}, []float64{0})
	near(t, "Cllr", s.Cllr(), 1, 1e-12)
	near(t, "minimum", s.CllrMin(), 1, 1e-12)
	near(t, "calibration loss", s.CllrCal(), 0, 1e-12)
	near(t, "AUC", s.AUC(), 0.5, 1e-12)
	near(t, "Brier", s.Brier(), 0.25, 1e-12)
	near(t, "ECE", s.ECE(0), 0, 1e-12)
	if lo, hi := s.ELUB(); lo != 0 || hi != 0 {
		t.Errorf("bounds %v ... %v of no evidence", lo, hi)
	}
}

// LR 3 for a genuine claim costs log2(4/3), LR 1/3 costs 2 bits; of false claims the
// other way round.
func TestCllrIsTheMeanOfPenaltiesWorkedOutByHand(t *testing.T) {
	three := math.Log10(3)
	s := sample(t, []float64{three, -three}, []float64{-three})
	near(t, "Cllr", s.Cllr(), ((math.Log2(4.0/3)+2)/2+math.Log2(4.0/3))/2, 1e-12)
	near(t, "Brier", s.Brier(), ((1.0/16+9.0/16)/2+1.0/16)/2, 1e-12)
}

// In ascending order the truths are F G F F G G: the second to fourth violate the
// order and are pooled into one block of one genuine and two false claims. Of three
// claims each, that block costs (1/3 log2(1+2) + 2/3 log2(1+1/2)) / 2.
func TestPoolingAdjacentViolatorsWorkedOutByHand(t *testing.T) {
	s := sample(t, []float64{-1, 1, 2}, []float64{-2, -0.5, 0.5})
	near(t, "minimum", s.CllrMin(), (math.Log2(3)/3+2*math.Log2(1.5)/3)/2, 1e-12)
	near(t, "AUC", s.AUC(), 7.0/9, 1e-12) // 7 of 9 pairs in order
	s = sample(t, []float64{1, 2}, []float64{-3, -2})
	near(t, "minimum of what is apart", s.CllrMin(), 0, 0)
	near(t, "AUC of what is apart", s.AUC(), 1, 0)
	s = sample(t, []float64{-1, -2}, []float64{3, 2})
	near(t, "minimum of what is reversed", s.CllrMin(), 1, 1e-12)
	near(t, "AUC of what is reversed", s.AUC(), 0, 0)
}

func TestEqualRatiosAreNeverPartedByPooling(t *testing.T) {
	s := sample(t, []float64{0.5, 0.5, 0.5}, []float64{0.5})
	near(t, "minimum", s.CllrMin(), 1, 1e-12)
	near(t, "AUC", s.AUC(), 0.5, 1e-12)
}

// Where nothing misleads, at a threshold t > 1 a system costs 1/(G+1) + t/(F+1),
// which reaches 1 at t = G(F+1)/(G+1).
func TestBoundsWithoutMisleadingEvidenceComeFromTheNumberOfClaims(t *testing.T) {
	for _, n := range [][2]int{{1, 1}, {10, 10}, {50, 20}, {300, 1000}} {
		genuine, untrue := repeat(9, n[0]), repeat(-9, n[1])
		lo, hi := sample(t, genuine, untrue).ELUB()
		g, f := float64(n[0]), float64(n[1])
		near(t, "upper", hi, math.Log10(g*(f+1)/(g+1)), 1e-12)
		near(t, "lower", lo, -math.Log10(f*(g+1)/(f+1)), 1e-12)
	}
}

func TestBoundsNeverGoBeyondWhatWasSeen(t *testing.T) {
	lo, hi := sample(t, repeat(0.7, 1000), repeat(-0.4, 1000)).ELUB()
	near(t, "upper", hi, 0.7, 0)
	near(t, "lower", lo, -0.4, 0)
}

// One of 99 false claims has LR 1000. Above 1 it and the added one pass: the cost
// 1/100 + t*2/100 reaches 1 at t = 49.5.
func TestOneMisleadingClaimHalvesTheBound(t *testing.T) {
	_, hi := sample(t, repeat(4, 99), append(repeat(-4, 98), 3)).ELUB()
	near(t, "upper", hi, math.Log10(49.5), 1e-12)
}

func TestEvidenceThatMisleadsHasNoRoom(t *testing.T) {
	if lo, hi := sample(t, repeat(-1, 30), repeat(1, 30)).ELUB(); lo != 0 || hi != 0 {
		t.Errorf("bounds %v ... %v", lo, hi)
	}
}

func repeat(x float64, n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = x
	}
	return xs
}

func TestStronglyMisleadingBeginsAtTenOnTheWrongSide(t *testing.T) {
	s := sample(t, []float64{-1, -0.99, 3}, []float64{1, 0.99, -3, -3})
	if g, f := s.StronglyMisleading(); g != 1 || f != 1 {
		t.Errorf("%d genuine and %d false", g, f)
	}
}

// The ends for none and for all are solved by hand: (1-p)^n = 0.025.
func TestTheExactIntervalOfARateIsClopperAndPearsons(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{
		{0, 10, 0, 1 - math.Pow(0.025, 0.1)}, {10, 10, math.Pow(0.025, 0.1), 1},
		{2, 10, 0.02521073, 0.55609546}, {0, 0, 0, 1}, // the third from the tables of Clopper and Pearson, as R's binom.test has it
	} {
		i := lr.Exact(c.k, c.n)
		near(t, "low", i.Low, c.low, 1e-6)
		near(t, "high", i.High, c.high, 1e-6)
	}
}

func TestTippettCurvesAreTheSharesAtOrAbove(t *testing.T) {
	genuine, untrue := sample(t, []float64{1, 0, 1, 2}, []float64{-1}).Tippett()
	want := []lr.Point{{X: 0, Y: 1}, {X: 1, Y: 0.75}, {X: 2, Y: 0.25}}
	if len(genuine) != 3 || genuine[0] != want[0] || genuine[1] != want[1] || genuine[2] != want[2] {
		t.Errorf("genuine %v, want %v", genuine, want)
	}
	if len(untrue) != 1 || untrue[0] != (lr.Point{X: -1, Y: 1}) {
		t.Errorf("false %v", untrue)
	}
}

func TestReliabilityBinsHoldEqualMassAndAreExactWhereTheRatiosAre(t *testing.T) {
	// At LR 3, three of four claims (by weight) are genuine: 3/4 of the genuine and
	// 1/4 of the false ones; the rest has LR 1/3.
	three := math.Log10(3)
	s := sample(t, []float64{three, three, three, -three}, []float64{three, -three, -three, -three})
	bins := s.Reliability(2)
	if len(bins) != 2 {
		t.Fatalf("%d bins", len(bins))
	}
	for i, want := range []float64{0.25, 0.75} {
		near(t, "said", bins[i].Said, want, 1e-12)
		near(t, "true", bins[i].True, want, 1e-12)
		near(t, "mass", bins[i].Weight, 0.5, 1e-12)
	}
	near(t, "ECE", s.ECE(2), 0, 1e-12)
	// The same twice as sure: says 9/10, true 3/4.
	s = sample(t, []float64{2 * three, 2 * three, 2 * three, -2 * three}, []float64{2 * three, -2 * three, -2 * three, -2 * three})
	near(t, "ECE of the overconfident", s.ECE(2), 0.15, 1e-12)
}

func TestWhatCannotBeMeasuredIsRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		genuine, untrue []float64
		want            error
	}{
		"nothing":      {nil, nil, lr.ErrEmpty},
		"no false":     {[]float64{1}, nil, lr.ErrOneTruth},
		"no genuine":   {nil, []float64{1}, lr.ErrOneTruth},
		"not a number": {[]float64{1}, []float64{math.NaN()}, lr.ErrNotFinite},
		"endless":      {[]float64{math.Inf(1)}, []float64{0}, lr.ErrNotFinite},
		"too large":    {[]float64{1}, []float64{-301}, lr.ErrNotFinite},
	} {
		if _, err := lr.NewSample(c.genuine, c.untrue); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// The values are those of LiR 1.3.1 of the Netherlands Forensic Institute, in Python,
// whose bounds lie on a grid of 0.0005.
func TestFiguresAgreeWithAnotherProgram(t *testing.T) {
	var g, f []float64
	for i := range 200 {
		g = append(g, 1.0+1.2*math.Sin(float64(i)))
	}
	for i := range 300 {
		f = append(f, -0.8+1.5*math.Sin(1.7*float64(i)))
	}
	for _, c := range []struct {
		genuine, untrue           []float64
		cllr, least, lower, upper float64
	}{
		{[]float64{-0.4, 0.1, 0.7, 0.7, 1.2, 2.0, 2.5}, []float64{-2.1, -1.3, -1.3, -0.6, -0.2, 0.3, 0.9, 1.1}, 0.840431625533109, 0.5339955171330197, -0.2495, 0.148},
		{g, f, 0.5777210689219594, 0.39156908929412104, -1.7485, 1.865},
	} {
		s := sample(t, c.genuine, c.untrue)
		lo, hi := s.ELUB()
		near(t, "Cllr", s.Cllr(), c.cllr, 1e-9)
		near(t, "minimum", s.CllrMin(), c.least, 1e-9)
		near(t, "lower", lo, c.lower, 0.0011)
		near(t, "upper", hi, c.upper, 0.0011)
	}
}

func draws(t *rapid.T, name string) []float64 {
	// Few different values, so that ties are common.
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
		return float64(rapid.IntRange(-30, 30).Draw(t, "tenths")) / 10
	}), 1, 40).Draw(t, name)
}

func TestTheMinimumIsNoMoreThanCllrAndKeepsUnderRisingTransforms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, f := draws(t, "genuine"), draws(t, "false")
		s := sample(t, g, f)
		if s.CllrMin() > s.Cllr()+1e-12 || s.CllrMin() < 0 || s.CllrMin() > 1 {
			t.Fatalf("minimum %v of Cllr %v", s.CllrMin(), s.Cllr())
		}
		bend := func(xs []float64) []float64 {
			out := make([]float64, len(xs))
			for i, x := range xs {
				out[i] = 3*math.Atan(x) + x*x*x + 5
			}
			return out
		}
		b := sample(t, bend(g), bend(f))
		if s.CllrMin() != b.CllrMin() || math.Abs(s.AUC()-b.AUC()) > 1e-12 {
			t.Fatalf("a rising transform changes the minimum from %v to %v, AUC from %v to %v", s.CllrMin(), b.CllrMin(), s.AUC(), b.AUC())
		}
	})
}

func TestAUCIsTheShareOfPairsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, f := draws(t, "genuine"), draws(t, "false")
		pairs := 0.0
		for _, x := range g {
			for _, y := range f {
				switch {
				case x > y:
					pairs++
				case x == y:
					pairs += 0.5
				}
			}
		}
		if got, want := sample(t, g, f).AUC(), pairs/float64(len(g)*len(f)); math.Abs(got-want) > 1e-9 {
			t.Fatalf("AUC %v, want %v", got, want)
		}
	})
}

// The bound found by walking the steps is held against the definition on a grid.
func TestBoundsAreThoseOfTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, f := draws(t, "genuine"), draws(t, "false")
		lo, hi := sample(t, g, f).ELUB()
		cost := func(x float64) float64 { // x is the log10 of the threshold
			missed, passed := 1.0, 1.0
			for _, v := range g {
				if v < x {
					missed++
				}
			}
			for _, v := range f {
				if v >= x {
					passed++
				}
			}
			return missed/float64(len(g)+1) + math.Pow(10, x)*passed/float64(len(f)+1)
		}
		for x := 0.0005; x < hi; x += 0.001 {
			if c := cost(x); c > 1+1e-9 {
				t.Fatalf("cost %v at %v below the upper bound %v", c, x, hi)
			}
		}
		for x := -0.0005; x > lo; x -= 0.001 {
			if c := cost(x); c > math.Pow(10, x)*(1+1e-9) {
				t.Fatalf("cost %v at %v above the lower bound %v", c, x, lo)
			}
		}
	})
}

func TestWidthsOfIntervalsComeFromSitesAndTheSeed(t *testing.T) {
	var cases []lr.Case
	for i := range 20 { // twenty sites, each of one mind
		x := float64(i%5)/4 + 0.1
		for range 30 {
			name := string(rune('a' + i))
			cases = append(cases, lr.Case{Site: name, Log10LR: x, Genuine: true}, lr.Case{Site: name, Log10LR: -x})
		}
	}
	b := lr.Bootstrap{Seed: 7, Replicates: 200}
	sites, err := b.Intervals(t.Context(), cases, lr.Sample.Cllr, lr.Sample.AUC)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := b.Intervals(t.Context(), cases, lr.Sample.Cllr, lr.Sample.AUC)
	if sites[0] != again[0] || sites[1] != again[1] {
		t.Errorf("the same seed gives %v and %v", sites, again)
	}
	s, _ := lr.SampleOf(cases)
	if c := s.Cllr(); c < sites[0].Low || c > sites[0].High {
		t.Errorf("Cllr %v lies outside of %v", c, sites[0])
	}
	for i := range cases { // every claim a site of its own
		cases[i].Site = string(rune(0x4e00 + i))
	}
	claims, err := b.Intervals(t.Context(), cases, lr.Sample.Cllr)
	if err != nil {
		t.Fatal(err)
	}
	if wide, narrow := sites[0].High-sites[0].Low, claims[0].High-claims[0].Low; wide < 3*narrow {
		t.Errorf("width %v by site, %v by claim", wide, narrow)
	}
}

func TestTooFewSitesGiveNoInterval(t *testing.T) {
	one := []lr.Case{{Site: "a", Log10LR: 1, Genuine: true}, {Site: "a", Log10LR: -1}}
	if _, err := (lr.Bootstrap{}).Intervals(t.Context(), one, lr.Sample.Cllr); !errors.Is(err, lr.ErrFewSites) {
		t.Errorf("one site: %v", err)
	}
	if _, err := (lr.Bootstrap{}).Intervals(t.Context(), one[:1], lr.Sample.Cllr); !errors.Is(err, lr.ErrOneTruth) {
		t.Errorf("one truth: %v", err)
	}
}

func FuzzFiguresAreFiniteOrRefused(f *testing.F) {
	f.Add(1.0, -1.0, 0.0, uint8(2))
	f.Add(math.NaN(), math.Inf(1), 0.0, uint8(1))
	f.Add(300.0, -300.0, 300.0, uint8(3))
	f.Add(5e-324, -5e-324, 0.0, uint8(0))
	f.Fuzz(func(t *testing.T, a, b, c float64, genuine uint8) {
		xs := []float64{a, b, c}
		n := int(genuine) % 4
		s, err := lr.NewSample(xs[:n], xs[n:])
		if err != nil {
			if !errors.Is(err, lr.ErrEmpty) && !errors.Is(err, lr.ErrOneTruth) && !errors.Is(err, lr.ErrNotFinite) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		lo, hi := s.ELUB()
		for _, x := range []float64{s.Cllr(), s.CllrMin(), s.CllrCal(), s.AUC(), s.Brier(), s.ECE(0), lo, hi} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("a figure of %v is %v", xs, x)
			}
		}
		if lo > 0 || hi < 0 {
			t.Fatalf("bounds %v ... %v", lo, hi)
		}
	})
}

func BenchmarkBootstrapOfTwoThousandClaims(b *testing.B) {
	var cases []lr.Case
	for i := range 2000 {
		cases = append(cases, lr.Case{Site: string(rune('a' + i%40)), Log10LR: math.Sin(float64(i)) + float64(i%2), Genuine: i%2 == 1})
	}
	for b.Loop() {
		if _, err := (lr.Bootstrap{Replicates: 100}).Intervals(b.Context(), cases, lr.Sample.Cllr, lr.Sample.CllrMin, lr.Sample.AUC); err != nil {
			b.Fatal(err)
		}
	}
}
