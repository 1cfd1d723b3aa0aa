package score_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/score"
)

// fitted is the embedded model as if it had been fitted.
func fitted(t *testing.T) *score.Model {
	t.Helper()
	m := embedded(t)
	digest := strings.Repeat("0a", 32)
	m.Calibrated = true
	m.Training = &score.Training{Program: "0", Corpus: digest, Rows: digest, Base: m.Digest(), Sites: []string{"a", "b"},
		Genuine: 1, False: 1, Ridge: 1, Slope: 1, CrossValidated: score.Figures{Genuine: 1, False: 1, Cllr: 0.5}}
	return m
}

func TestACalibratedModelSurvivesBeingWrittenAndRead(t *testing.T) {
	first, err := fitted(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	m, err := score.Parse(first)
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Encode()
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("written twice: %v", err)
	}
	if m.Digest() == embedded(t).Digest() || len(m.Digest()) != 64 {
		t.Errorf("digest %s", m.Digest())
	}
}

func TestACalibratedModelMustTellItsTraining(t *testing.T) {
	for name, change := range map[string]func(*score.Model){
		"calibrated on nothing":       func(m *score.Model) { m.Training = nil },
		"training of an uncalibrated": func(m *score.Model) { m.Calibrated = false },
		"no digest":                   func(m *score.Model) { m.Training.Rows = "abc" },
		"one truth":                   func(m *score.Model) { m.Training.False = 0 },
		"no sites":                    func(m *score.Model) { m.Training.Sites = nil },
		"sites out of order":          func(m *score.Model) { m.Training.Sites = []string{"b", "a"} },
		"no ridge":                    func(m *score.Model) { m.Training.Ridge = 0 },
		"negative figures":            func(m *score.Model) { m.Training.CrossValidated.Cllr = -1 },
		"negative held-out figures":   func(m *score.Model) { m.Training.HeldOut = &score.Figures{AUC: -1} },
		"a negative factor": func(m *score.Model) {
			x := -0.5
			m.Findings["brackets.ordinary"] = score.Weight{Factor: &x}
		},
		"bounds on one side": func(m *score.Model) { m.Total = score.Bounds{Lower: 0.1, Upper: 1} },
	} {
		m := fitted(t)
		change(m)
		data, err := m.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := score.Parse(data); !errors.Is(err, score.ErrModel) {
			t.Errorf("%s: got %v, want ErrModel", name, err)
		}
	}
}

func TestNumbersThatAreNoneCannotBeWritten(t *testing.T) {
	m := fitted(t)
	m.Training.CrossValidated.Cllr = math.NaN()
	if _, err := m.Encode(); err == nil {
		t.Error("NaN was written")
	}
}

func TestAComputedRatioIsBoundedThenScaledThenBounded(t *testing.T) {
	m := embedded(t)
	for _, c := range []struct{ factor, raw, want float64 }{
		{1, -0.4, -0.4}, {1, -7, -0.9}, {1, 2, 0}, {0.5, -0.4, -0.2}, {0.5, -7, -0.45}, {2, -0.4, -0.8}, {2, -0.6, -0.9}, {0, -7, 0},
	} {
		m.Findings["brackets.ordinary"] = score.Weight{Factor: &c.factor}
		got, err := m.Computed("brackets", "brackets.ordinary", c.raw)
		if err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("factor %v of %v is %v, want %v: %v", c.factor, c.raw, got, c.want, err)
		}
	}
	for _, k := range [][2]string{{"witness", "witness.not_seen"}, {"brackets", "brackets.surely"}, {"stars", "brackets.ordinary"}} {
		if _, err := m.Computed(k[0], k[1], -1); !errors.Is(err, score.ErrModel) {
			t.Errorf("%v: %v", k, err)
		}
	}
}

func TestAModelStandsInForAnotherOnlyWithTheSameKeys(t *testing.T) {
	own := embedded(t)
	for name, change := range map[string]func(*score.Model){
		"a finding less":           func(m *score.Model) { delete(m.Findings, "witness.not_seen") },
		"a finding more":           func(m *score.Model) { m.Findings["witness.surely"] = score.Weight{} },
		"a group less":             func(m *score.Model) { delete(m.Groups, "trace") },
		"a computed one looked up": func(m *score.Model) { m.Findings["brackets.ordinary"] = score.Weight{} },
	} {
		m := embedded(t)
		change(m)
		if err := m.Covers(own); !errors.Is(err, score.ErrModel) {
			t.Errorf("%s: got %v, want ErrModel", name, err)
		}
	}
	if err := fitted(t).Covers(own); err != nil {
		t.Errorf("the same keys: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	m, err := score.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	data, err := m.Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"calibrated":true,"training":{"sites":null}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := score.Parse(data)
		if err != nil {
			if !errors.Is(err, score.ErrModel) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		for name := range m.Findings {
			for group := range m.Groups {
				if _, err := m.Weight(group, name); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
