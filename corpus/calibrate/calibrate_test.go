package calibrate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/calibrate"
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// base is a model set by hand with a computed finding, one for and one against.
func base(t *testing.T) *score.Model {
	t.Helper()
	m, err := score.Parse([]byte(`{"name":"base","version":"1","calibrated":false,"note":"",
	 "bands":{"supported":1,"leans_genuine":0.3,"leans_false":-0.3,"contradicted":-1},
	 "total":{"lower":-1,"upper":1},
	 "groups":{"g":{"lower":-12,"upper":12},"h":{"lower":-2,"upper":2}},
	 "findings":{
	  "g.computed":{"log10_lr":0,"factor":1,"why":"computed"},
	  "h.for":{"log10_lr":0.1,"why":"for"},"h.little":{"log10_lr":0.05,"why":"for"},
	  "h.against":{"log10_lr":-0.1,"why":"against"},"h.nothing":{"log10_lr":0,"why":"nothing"}},
	 "lifetime":{"distribution":"log-normal","median_hours":12,"sigma":2.5,"age_share":0.25,"source":""}}`))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func config(t *testing.T) calibrate.Config {
	return calibrate.Config{Base: base(t), Program: "0.0.0-test"}
}

// set makes rows, half of them of genuine claims: 40 sites, of which 30 are for
// training, and for each claim the evidence that the function draws.
func set(n int, seed uint64, evidence func(rng *rand.Rand, genuine bool) []rows.Evidence) *rows.Set {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := &rows.Set{Header: rows.Header{Schema: rows.Schema, Corpus: strings.Repeat("ab", 32)}, Digest: strings.Repeat("cd", 32)}
	for i := range n {
		site := rng.IntN(40)
		r := rows.Row{Claim: fmt.Sprintf("c%05d", i), Site: fmt.Sprintf("s%02d", site), Class: "served", Truth: rows.Genuine, Split: rows.Train}
		if i%2 == 1 {
			r.Class, r.Truth = "spliced", rows.Edited
		}
		if site >= 30 {
			r.Split = rows.Test
		}
		r.Family = fmt.Sprintf("%s%d", r.Split, rng.IntN(12))
		r.Evidence = evidence(rng, r.Truth == rows.Genuine)
		s.Rows = append(s.Rows, r)
	}
	return s
}

func computed(x float64) rows.Evidence {
	return rows.Evidence{Group: "g", Finding: "g.computed", Log10LR: &x}
}

func found(name string) rows.Evidence { return rows.Evidence{Group: "h", Finding: name} }

// gaussians draws a score from a normal distribution of standard deviation 1 with mean
// +1 for genuine and -1 for false claims. Its ln LR is 2*score, so its log10 LR is
// 2*score/ln 10. The evidence says twice that.
func gaussians(rng *rand.Rand, genuine bool) []rows.Evidence {
	x := rng.NormFloat64() - 1
	if genuine {
		x += 2
	}
	return []rows.Evidence{computed(4 * x / math.Ln10)}
}

// analyticCllr integrates the penalty of the true LR over the genuine distribution; by
// symmetry the false one costs as much.
func analyticCllr() float64 {
	sum, step := 0.0, 0.001
	for x := -9.0; x < 11; x += step {
		sum += step * math.Exp(-(x-1)*(x-1)/2) / math.Sqrt(2*math.Pi) * lr.Penalty(2*x/math.Ln10, true)
	}
	return sum
}

func TestTheFittedRatioComesNearTheTrueOneOfTwoGaussians(t *testing.T) {
	m, err := calibrate.Fit(t.Context(), set(4000, 1, gaussians), config(t))
	if err != nil {
		t.Fatal(err)
	}
	// The evidence says twice the true log10 LR: the factor must be near a half.
	if f := *m.Findings["g.computed"].Factor; math.Abs(f-0.5) > 0.05 {
		t.Errorf("factor %v, want 0.5", f)
	}
	want := analyticCllr()
	for name, f := range map[string]score.Figures{"cross-validated": m.Training.CrossValidated, "held out": *m.Training.HeldOut} {
		if math.Abs(f.Cllr-want) > 0.02 {
			t.Errorf("%s: Cllr %v, analytic %v", name, f.Cllr, want)
		}
		// AUC of two normals two standard deviations apart is Phi(2/sqrt 2).
		if auc := 0.5 * math.Erfc(-1); math.Abs(f.AUC-auc) > 0.02 {
			t.Errorf("%s: AUC %v, analytic %v", name, f.AUC, auc)
		}
	}
	if math.Abs(m.Training.Shift) > 0.25 {
		t.Errorf("the symmetric case leaves a shift of %v", m.Training.Shift)
	}
	t.Logf("factor %v, Cllr %v held out %v, analytic %.4f, bounds %+v", *m.Findings["g.computed"].Factor, m.Training.CrossValidated.Cllr, m.Training.HeldOut.Cllr, want, m.Total)
}

// Of genuine claims 60 % show the finding for and 10 % the one against, of false ones
// 12 % and 50 %; the rest has none. LRs are 5 and 1/5. The rest's own LR (30:38) is not
// learned: missing is zero.
func TestFindingsGetTheRatioOfTheirFrequencies(t *testing.T) {
	draw := func(rng *rand.Rand, genuine bool) []rows.Evidence {
		x, forIt, against := rng.Float64(), 0.12, 0.50
		if genuine {
			forIt, against = 0.60, 0.10
		}
		switch {
		case x < forIt:
			return []rows.Evidence{found("h.for"), found("h.nothing")}
		case x < forIt+against:
			return []rows.Evidence{found("h.against")}
		}
		return nil
	}
	m, err := calibrate.Fit(t.Context(), set(6000, 2, draw), config(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{"h.for": math.Log10(5), "h.against": -math.Log10(5), "h.nothing": 0, "h.little": 0} {
		if got := m.Findings[name].Log10LR; math.Abs(got-want) > 0.07 {
			t.Errorf("%s carries %v, want %v", name, got, want)
		}
	}
	if f := m.Findings["g.computed"]; f.Factor == nil || math.Abs(*f.Factor-m.Training.Slope) > 1e-4 {
		t.Errorf("what never came up has another factor than by hand: %v", f.Factor)
	}
	if n := m.Findings["h.for"].Claims; n < 1000 {
		t.Errorf("h.for rests on %d claims", n)
	}
	if s, err := (rows.Row{Claim: "x"}).Score(m); err != nil || s != 0 {
		t.Errorf("a claim without evidence has %v, %v", s, err)
	}
}

func TestAComputedRatioIsNeverRaised(t *testing.T) {
	m, err := calibrate.Fit(t.Context(), set(1000, 4, func(rng *rand.Rand, genuine bool) []rows.Evidence {
		e := gaussians(rng, genuine)
		*e[0].Log10LR /= 8 // says a quarter of what is true
		return e
	}), config(t))
	if err != nil {
		t.Fatal(err)
	}
	if f := *m.Findings["g.computed"].Factor; f != 1 {
		t.Errorf("factor %v of what the reasoning supports", f)
	}
}

// A finding three times as frequent among genuine claims as among false ones, with the
// base model saying 30 times: its log10 LR comes from the base where it was seen a few
// times, and from the data where it was seen in hundreds of claims.
func TestWhatIsSeldomSeenKeepsAboutItsWeightByHand(t *testing.T) {
	const byHand, right = 1.5, 0.4771
	weight := func(share float64) float64 {
		cfg := config(t)
		w := cfg.Base.Findings["h.for"]
		w.Log10LR = byHand
		cfg.Base.Findings["h.for"] = w
		m, err := calibrate.Fit(t.Context(), set(2000, 5, func(rng *rand.Rand, genuine bool) []rows.Evidence {
			e := gaussians(rng, genuine)
			if p := rng.Float64(); p < share/3 || genuine && p < share {
				e = append(e, found("h.for"))
			}
			return e
		}), cfg)
		if err != nil {
			t.Fatal(err)
		}
		return m.Findings["h.for"].Log10LR
	}
	if few := weight(0.002); few < 0.8 {
		t.Errorf("seen a few times it has %v, and %v by hand", few, byHand)
	}
	if many := weight(0.6); math.Abs(many-right) > 0.12 {
		t.Errorf("seen often it has %v, and %v is true", many, right)
	}
}

// What no claim shows keeps what it has by hand, and says that it rests on none.
func TestWhatIsNeverSeenKeepsItsWeightByHand(t *testing.T) {
	cfg := config(t)
	w := cfg.Base.Findings["h.for"]
	w.Log10LR = 0.7
	cfg.Base.Findings["h.for"] = w
	m, err := calibrate.Fit(t.Context(), set(2000, 5, gaussians), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Findings["h.for"]; math.Abs(got.Log10LR-0.7*m.Training.Slope) > 1e-4 || got.Claims != 0 {
		t.Errorf("never seen it has %v of %d claims, the slope is %v", got.Log10LR, got.Claims, m.Training.Slope)
	}
}

// A corpus in which a witness speaks for lies must not turn it against claims.
func TestAWitnessNeverCountsAgainst(t *testing.T) {
	draw := func(rng *rand.Rand, genuine bool) []rows.Evidence {
		e := gaussians(rng, genuine)
		if rng.Float64() < 0.6 != genuine {
			e = append(e, found("h.for"))
		}
		if rng.Float64() < 0.6 == genuine {
			e = append(e, found("h.against"))
		}
		return e
	}
	m, err := calibrate.Fit(t.Context(), set(2000, 3, draw), config(t))
	if err != nil {
		t.Fatal(err)
	}
	if f, a := m.Findings["h.for"].Log10LR, m.Findings["h.against"].Log10LR; f != 0 || a != 0 {
		t.Errorf("against theory's signs: for %v, against %v", f, a)
	}
}

// Two findings of one group that always come together are one: summed, they would
// count twice what is known once.
func TestWhatSharesACauseIsCountedOnce(t *testing.T) {
	draw := func(rng *rand.Rand, genuine bool) []rows.Evidence {
		if rng.Float64() < 0.2 != genuine {
			return []rows.Evidence{found("h.for"), found("h.little")}
		}
		return []rows.Evidence{found("h.against")}
	}
	s := set(3000, 4, draw)
	m, err := calibrate.Fit(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := rows.Row{Evidence: draw(rand.New(rand.NewPCG(0, 0)), true)}.Score(m)
	if err != nil {
		t.Fatal(err)
	}
	if want := math.Log10(4); math.Abs(math.Abs(got)-want) > 0.08 {
		t.Errorf("the two together carry %v, want %v", got, want)
	}
}

func TestCapsOfGroupsHoldWhateverTheDataSay(t *testing.T) {
	cfg := config(t)
	cfg.Base.Groups["h"] = score.Bounds{Lower: -0.2, Upper: 0.1}
	draw := func(rng *rand.Rand, genuine bool) []rows.Evidence {
		if genuine {
			return []rows.Evidence{found("h.for")}
		}
		return []rows.Evidence{found("h.against")}
	}
	m, err := calibrate.Fit(t.Context(), set(1000, 5, draw), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if f, a := m.Findings["h.for"].Log10LR, m.Findings["h.against"].Log10LR; f != 0.1 || a != -0.2 {
		t.Errorf("for %v, against %v", f, a)
	}
}

func TestBoundsGrowWithTheData(t *testing.T) {
	last := 0.0
	for _, n := range []int{200, 1000, 6000} {
		m, err := calibrate.Fit(t.Context(), set(n, 6, gaussians), config(t))
		if err != nil {
			t.Fatal(err)
		}
		if width := m.Total.Upper - m.Total.Lower; width <= last || m.Total.Upper > math.Log10(float64(n)) {
			t.Errorf("%d claims: bounds %+v after a width of %v", n, m.Total, last)
		} else {
			last = width
		}
	}
}

func TestTheSameRowsGiveTheSameBytesInWhateverOrder(t *testing.T) {
	s := set(600, 7, gaussians)
	encode := func() []byte {
		m, err := calibrate.Fit(t.Context(), s, config(t))
		if err != nil {
			t.Fatal(err)
		}
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	first := encode()
	if !bytes.Equal(first, encode()) {
		t.Error("two fits of the same rows differ")
	}
	slices.Reverse(s.Rows)
	if !bytes.Equal(first, encode()) {
		t.Error("the order of the rows changes the model")
	}
	m, err := score.Parse(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the model does not survive being read and written: %v", err)
	}
	if !m.Calibrated || len(m.Training.Sites) != 30 || m.Training.Genuine+m.Training.False >= 600 {
		t.Errorf("training %+v", m.Training)
	}
}

func TestTheTestSideNeverReachesTheFit(t *testing.T) {
	s := set(800, 8, gaussians)
	first, err := calibrate.Fit(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Rows {
		if s.Rows[i].Split == rows.Test {
			*s.Rows[i].Evidence[0].Log10LR *= -3
		}
	}
	second, err := calibrate.Fit(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if *first.Findings["g.computed"].Factor != *second.Findings["g.computed"].Factor || first.Total != second.Total {
		t.Error("other test claims give other weights")
	}
	if first.Training.HeldOut.Cllr == second.Training.HeldOut.Cllr {
		t.Error("other test claims give the same held-out figures")
	}
}

func TestClaimsOfTheOrdinaryPageAreNeitherGenuineNorFalse(t *testing.T) {
	s := set(600, 9, gaussians)
	want, err := calibrate.Fit(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	x := -2.0
	for i := range 300 {
		s.Rows = append(s.Rows, rows.Row{Claim: fmt.Sprintf("o%d", i), Site: "s01", Class: "ordinary", Truth: rows.NotDefaced,
			Split: s.Rows[slices.IndexFunc(s.Rows, func(r rows.Row) bool { return r.Site == "s01" })].Split, Evidence: []rows.Evidence{computed(x)}})
	}
	got, err := calibrate.Fit(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if *got.Findings["g.computed"].Factor != *want.Findings["g.computed"].Factor {
		t.Error("ordinary pages moved the fit")
	}
}

func TestAnInterruptedFitEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := calibrate.Fit(ctx, set(400, 10, gaussians), config(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWhatCannotBeCalibratedIsRefusedByName(t *testing.T) {
	good := func() *rows.Set { return set(400, 10, gaussians) }
	cases := map[string]struct {
		change func(*rows.Set, *calibrate.Config)
		want   error
	}{
		"a site on both sides": {func(s *rows.Set, _ *calibrate.Config) { s.Rows[0].Split = rows.Test; s.Rows[0].Family = "" }, rows.ErrSplit},
		"a family on both sides": {func(s *rows.Set, _ *calibrate.Config) {
			for i := range s.Rows {
				s.Rows[i].Family = "one"
			}
		}, rows.ErrSplit},
		"an unknown finding": {func(s *rows.Set, _ *calibrate.Config) { s.Rows[0].Evidence[0].Finding = "g.surprise" }, score.ErrModel},
		"an unknown group":   {func(s *rows.Set, _ *calibrate.Config) { s.Rows[0].Evidence[0].Group = "x" }, score.ErrModel},
		"a finding in two groups": {func(s *rows.Set, _ *calibrate.Config) {
			for i := range s.Rows[:50] {
				s.Rows[i].Evidence[0].Group = "h"
			}
		}, rows.ErrRows},
		"a number for a finding from the table": {func(s *rows.Set, _ *calibrate.Config) {
			for i := range s.Rows {
				s.Rows[i].Evidence = []rows.Evidence{{Group: "h", Finding: "h.for", Log10LR: new(float64)}}
			}
		}, score.ErrModel},
		"a computed finding without a number": {func(s *rows.Set, _ *calibrate.Config) {
			s.Rows[0].Split, s.Rows[0].Evidence[0].Log10LR = s.Rows[1].Split, nil
			s.Rows[0].Site, s.Rows[0].Family = s.Rows[1].Site, ""
		}, rows.ErrRows},
		"one truth": {func(s *rows.Set, _ *calibrate.Config) {
			s.Rows = slices.DeleteFunc(s.Rows, func(r rows.Row) bool { return r.Truth == rows.Genuine })
		}, calibrate.ErrTooFew},
		"few sites": {func(s *rows.Set, _ *calibrate.Config) {
			s.Rows = slices.DeleteFunc(s.Rows, func(r rows.Row) bool { return r.Site > "s03" })
		}, calibrate.ErrTooFew},
		"only a test side": {func(s *rows.Set, _ *calibrate.Config) {
			for i := range s.Rows {
				s.Rows[i].Split = rows.Test
			}
		}, calibrate.ErrTooFew},
		"evidence that is noise": {func(s *rows.Set, _ *calibrate.Config) {
			for i := range s.Rows {
				s.Rows[i].Evidence = []rows.Evidence{found("h.nothing")}
			}
		}, calibrate.ErrNoSignal},
		"no base model": {func(_ *rows.Set, c *calibrate.Config) { c.Base = nil }, score.ErrModel},
		"a fitted base": {func(_ *rows.Set, c *calibrate.Config) {
			m, err := calibrate.Fit(t.Context(), good(), *c)
			if err != nil {
				t.Fatal(err)
			}
			c.Base = m
		}, score.ErrModel},
	}
	for name, c := range cases {
		s, cfg := good(), config(t)
		c.change(s, &cfg)
		if _, err := calibrate.Fit(t.Context(), s, cfg); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func BenchmarkFitOfTwoThousandClaims(b *testing.B) {
	s := set(2000, 11, gaussians)
	m, err := score.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for i := range s.Rows {
		s.Rows[i].Evidence[0] = rows.Evidence{Group: "brackets", Finding: "brackets.ordinary", Log10LR: s.Rows[i].Evidence[0].Log10LR}
	}
	for b.Loop() {
		if _, err := calibrate.Fit(b.Context(), s, calibrate.Config{Base: m, Program: "bench"}); err != nil {
			b.Fatal(err)
		}
	}
}
