package score_test

import (
	"errors"
	"math"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/verify/score"
)

func embedded(t *testing.T) *score.Model {
	t.Helper()
	m, err := score.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheModelSetByHandSaysSoAndBoundsItself(t *testing.T) {
	m, err := score.ByHand()
	if err != nil {
		t.Fatal(err)
	}
	if m.Calibrated || !strings.Contains(m.Note, "by hand") {
		t.Error("the model does not say that it was set by hand")
	}
	if m.Total.Upper > 1 || m.Total.Lower < -1 {
		t.Errorf("an uncalibrated model claims likelihood ratios beyond ten: %+v", m.Total)
	}
	if len(m.Digest()) != 64 {
		t.Errorf("digest %q is not a SHA-256", m.Digest())
	}
	for name, w := range m.Findings {
		if w.Why == "" || w.FalseAlarms == "" {
			t.Errorf("finding %s has no reason, or does not say how often it is wrong", name)
		}
		if m.FittedOn(name) != nil {
			t.Errorf("finding %s says on how many claims it was fitted", name)
		}
	}
}

// The embedded model knows what the one set by hand knows, and differs from it only in
// what claims can tell: weights, factors and the total.
func TestTheEmbeddedModelIsFittedAboutTheOneSetByHand(t *testing.T) {
	m := embedded(t)
	hand, err := score.ByHand()
	if err != nil {
		t.Fatal(err)
	}
	if !m.Calibrated || m.Training.Base != hand.Digest() {
		t.Error("the embedded model was not fitted about the one set by hand")
	}
	if !reflect.DeepEqual(m.Groups, hand.Groups) || m.Bands != hand.Bands || len(m.Findings) != len(hand.Findings) {
		t.Error("groups, bands or findings are others")
	}
	fitted := 0
	for name, w := range m.Findings {
		h := hand.Findings[name]
		if w.Why != h.Why || w.FalseAlarms != h.FalseAlarms {
			t.Errorf("%s has another reason or rate", name)
		}
		if w.Log10LR*h.Log10LR < 0 {
			t.Errorf("%s weighs %v, against its sign by hand, %v", name, w.Log10LR, h.Log10LR)
		}
		if n := m.FittedOn(name); n == nil || *n != w.Claims {
			t.Errorf("%s does not say on how many claims it rests", name)
		}
		if w.Claims > 0 {
			fitted++
		}
	}
	if fitted == 0 {
		t.Error("no weight rests on claims")
	}
}

// TestRatesOfFalseAlarmsAreThoseOfTheMethod holds every number against METHOD.md:
// a rate that was measured again must change in both.
func TestRatesOfFalseAlarmsAreThoseOfTheMethod(t *testing.T) {
	text, err := os.ReadFile("../../METHOD.md")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	number := regexp.MustCompile(`[0-9]+(?:[,.][0-9]+)*`)
	for _, n := range number.FindAllString(string(text), -1) {
		words[n] = true
	}
	measured := 0
	for name, w := range embedded(t).Findings {
		if w.FalseAlarms == "not measured" {
			continue
		}
		measured++
		numbers := number.FindAllString(w.FalseAlarms, -1)
		if len(numbers) < 2 {
			t.Errorf("%s has no rate: %q", name, w.FalseAlarms)
		}
		for _, n := range numbers {
			if len(n) > 1 && !words[n] {
				t.Errorf("%s: METHOD.md has no %s, of %q", name, n, w.FalseAlarms)
			}
		}
	}
	if measured < 30 {
		t.Errorf("only %d findings have a rate", measured)
	}
}

func TestAModelNeedNotTellRates(t *testing.T) {
	m := embedded(t)
	if got := m.FalseAlarms("clock.contradicts"); !strings.HasPrefix(got, "0 of 450 clocks") {
		t.Errorf("%q", got)
	}
	for name, w := range m.Findings {
		w.FalseAlarms = ""
		m.Findings[name] = w
	}
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	bare, err := score.Parse(data)
	if err != nil || bare.FalseAlarms("clock.contradicts") != "" || bare.Covers(embedded(t)) != nil {
		t.Errorf("%v", err)
	}
}

func TestABrokenModelIsRefusedWithANamedError(t *testing.T) {
	for name, text := range map[string]string{
		"not JSON":       "nonsense",
		"unknown field":  `{"surprise": 1}`,
		"bands reversed": `{"name":"x","bands":{"supported":-1,"leans_genuine":0.3,"leans_false":-0.3,"contradicted":1}}`,
		"no lifetime":    `{"name":"x","bands":{"supported":1,"leans_genuine":0.3,"leans_false":-0.3,"contradicted":-1}}`,
	} {
		if _, err := score.Parse([]byte(text)); !errors.Is(err, score.ErrModel) {
			t.Errorf("%s: got %v, want ErrModel", name, err)
		}
	}
}

func TestOfAGroupOnlyTheStrongestOnEachSideCounts(t *testing.T) {
	m := embedded(t)
	items := []score.Item{
		{Group: "witness", Log10LR: 0.4}, {Group: "witness", Log10LR: 0.9},
		{Group: "witness", Log10LR: -0.2}, {Group: "file", Log10LR: -0.4}, {Group: "file", Log10LR: -0.3},
	}
	sum, err := m.Combine(items)
	if err != nil {
		t.Fatal(err)
	}
	if want := 0.9 - 0.2 - 0.4; math.Abs(sum-want) > 1e-12 {
		t.Errorf("sum %v, want %v", sum, want)
	}
	if items[0].Counted != 0 || items[1].Counted != 0.9 || items[4].Counted != 0 {
		t.Errorf("counted: %+v", items)
	}
}

func TestTheSumIsBoundedAndDoesNotDependOnTheOrder(t *testing.T) {
	m := embedded(t)
	groups := []string{"witness", "brackets", "version", "file", "corpus"}
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) score.Item {
			g := rapid.SampledFrom(groups).Draw(t, "group")
			lr, err := m.Bound(g, rapid.Float64Range(-3, 3).Draw(t, "lr"))
			if err != nil {
				t.Fatal(err)
			}
			return score.Item{Group: g, Log10LR: lr}
		}), 0, 12).Draw(t, "items")
		first, err := m.Combine(items)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := m.Combine(rapid.Permutation(items).Draw(t, "permuted"))
		if first != again {
			t.Fatalf("order changes the sum: %v and %v", first, again)
		}
		if first < m.Total.Lower || first > m.Total.Upper {
			t.Fatalf("%v lies outside of %+v", first, m.Total)
		}
	})
}

func TestAnUnknownFindingOrGroupIsAnErrorAndNotSilence(t *testing.T) {
	m := embedded(t)
	if _, err := m.Weight("witness", "witness.surely"); !errors.Is(err, score.ErrModel) {
		t.Errorf("unknown finding: %v", err)
	}
	if _, err := m.Bound("stars", 1); !errors.Is(err, score.ErrModel) {
		t.Errorf("unknown group: %v", err)
	}
	if _, err := m.Combine([]score.Item{{Group: "stars", Log10LR: 1}}); !errors.Is(err, score.ErrModel) {
		t.Errorf("combine: %v", err)
	}
}

func TestBandsAndWordsFollowTheDesign(t *testing.T) {
	m := embedded(t)
	for _, c := range []struct {
		lr             float64
		band, strength string
	}{
		{1, "supported", "moderate support for the claim"},
		{0.99, "leans genuine", "weak support for the claim"},
		{0.3, "leans genuine", "weak support for the claim"},
		{0.29, "inconclusive", "no support either way"},
		{-0.29, "inconclusive", "no support either way"},
		{-0.3, "leans false", "weak support against the claim"},
		{-1, "contradicted", "moderate support against the claim"},
	} {
		if got := m.Band(c.lr); got != c.band {
			t.Errorf("Band(%v) = %q, want %q", c.lr, got, c.band)
		}
		if got := score.Strength(c.lr); got != c.strength {
			t.Errorf("Strength(%v) = %q, want %q", c.lr, got, c.strength)
		}
	}
}

func TestProbabilityIsPriorOddsTimesLikelihoodRatio(t *testing.T) {
	if got := score.Probability(0, 0.2); math.Abs(got-0.2) > 1e-12 {
		t.Errorf("no evidence moves the prior to %v", got)
	}
	if got := score.Probability(1, 0.5); math.Abs(got-10.0/11) > 1e-12 {
		t.Errorf("LR 10 at even odds gives %v", got)
	}
}

func TestTheTighterTheBracketTheLessRoomForADefacement(t *testing.T) {
	l := embedded(t).Lifetime
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	last := 0.0
	for _, gap := range []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 30 * 24 * time.Hour, 3000 * 24 * time.Hour} {
		p := l.UnseenProbability(at, at, []time.Time{at.Add(-gap), at.Add(gap)})
		if p <= last || p > 1 {
			t.Errorf("gap %v: probability %v after %v", gap, p, last)
		}
		last = p
	}
	if last < 0.98 {
		t.Errorf("years of room leave only %v", last)
	}
}

func TestAWideClaimedTimeLeavesMoreRoomThanAMoment(t *testing.T) {
	l := embedded(t).Lifetime
	noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	looks := []time.Time{noon.Add(-20 * time.Minute), noon.Add(20 * time.Minute)}
	moment := l.UnseenProbability(noon, noon, looks)
	day := l.UnseenProbability(noon.Add(-12*time.Hour), noon.Add(12*time.Hour), looks)
	if day <= moment {
		t.Errorf("a day leaves %v, a moment %v", day, moment)
	}
	if got := l.UnseenProbability(noon, noon, nil); got != 1 {
		t.Errorf("without captures the probability is %v", got)
	}
}

// A finer grid made from halves of the window and of its averages changes the
// logarithm by less than the hundredth that the grid sizes promise.
func TestTheGridIsFineEnough(t *testing.T) {
	l := embedded(t).Lifetime
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	looks := []time.Time{from.Add(-3 * time.Hour), from.Add(9 * time.Hour), from.Add(50 * time.Hour)}
	mid, to := from.Add(12*time.Hour), from.Add(24*time.Hour)
	whole := l.UnseenProbability(from, to, looks)
	halves := (l.UnseenProbability(from, mid, looks) + l.UnseenProbability(mid, to, looks)) / 2
	if d := math.Abs(math.Log10(whole) - math.Log10(halves)); d > 0.01 {
		t.Errorf("the grid changes log10 by %v", d)
	}
}
