package score

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

//go:embed model.json
var embedded []byte

//go:embed byhand.json
var byHand []byte

// ErrModel is wrapped by every error about a model file.
var ErrModel = errors.New("unusable score model")

// Bounds are the least and greatest log10 LR that may be claimed.
type Bounds struct {
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
}

func (b Bounds) clamp(x float64) float64 { return math.Max(b.Lower, math.Min(b.Upper, x)) }

// Bands are the log10 LRs at which the verdict words begin.
type Bands struct {
	Supported    float64 `json:"supported"`
	LeansGenuine float64 `json:"leans_genuine"`
	LeansFalse   float64 `json:"leans_false"`
	Contradicted float64 `json:"contradicted"`
}

// Weight is what one finding carries.
type Weight struct {
	Log10LR float64  `json:"log10_lr"`
	Factor  *float64 `json:"factor,omitempty"` // of a finding whose log10 LR is computed, and of no other; from 0
	Claims  int      `json:"claims,omitempty"` // in how many claims of the training it counted
	Why     string   `json:"why"`

	// FalseAlarms is how often the finding was said where it should not have been, as
	// it was measured, in plain words such as "0 of 450 clocks, at most 0.7 %" (95 %
	// confidence); "not measured" where it was not. A model need not say.
	FalseAlarms string `json:"false_alarms,omitempty"`
}

// Model is a score table. Weights are keyed by finding.
type Model struct {
	Name       string            `json:"name"`
	Version    string            `json:"version"`
	Calibrated bool              `json:"calibrated"`
	Note       string            `json:"note"`
	Bands      Bands             `json:"bands"`
	Total      Bounds            `json:"total"`
	Groups     map[string]Bounds `json:"groups"`
	Findings   map[string]Weight `json:"findings"`
	Lifetime   Lifetime          `json:"lifetime"`
	Training   *Training         `json:"training,omitempty"` // of a calibrated model, and of no other

	digest string
}

// Embedded returns the model that the program carries.
func Embedded() (*Model, error) { return Parse(embedded) }

// ByHand returns the model set by hand that others are fitted about: signs, groups,
// bounds, reasons, and the weights that hold until claims of known truth say otherwise.
func ByHand() (*Model, error) { return Parse(byHand) }

// Parse reads a model file and checks that it can be used: bands in order,
// bounds around zero, every number finite, no field that the program does not
// know. Errors wrap ErrModel.
func Parse(data []byte) (*Model, error) {
	var m Model
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return nil, fmt.Errorf("read score model: %w: %w", ErrModel, err)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("check score model %q: %w: %w", m.Name, ErrModel, err)
	}
	sum := sha256.Sum256(data)
	m.digest = hex.EncodeToString(sum[:])
	return &m, nil
}

// FalseAlarms is how often a finding was wrong where it was measured, as the model
// has it; "" where the model does not say.
func (m *Model) FalseAlarms(finding string) string { return m.Findings[finding].FalseAlarms }

// FittedOn is in how many claims of the training a finding counted; nil where the model
// was not fitted.
func (m *Model) FittedOn(finding string) *int {
	if !m.Calibrated {
		return nil
	}
	n := m.Findings[finding].Claims
	return &n
}

// Digest is the SHA-256 of the model file, in hexadecimal.
func (m *Model) Digest() string { return m.digest }

// Weight returns the log10 LR of a finding, within the bounds of its group.
// A finding that the model does not know is an error: silence must be chosen,
// not slipped into.
func (m *Model) Weight(group, finding string) (float64, error) {
	w, ok := m.Findings[finding]
	if !ok {
		return 0, fmt.Errorf("weigh finding %q: %w: the model has no such finding", finding, ErrModel)
	}
	return m.Bound(group, w.Log10LR)
}

// Computed is what a finding carries whose log10 LR was computed rather than looked
// up: that log10 LR within the bounds of its group, times the finding's factor,
// within those bounds again. A finding without a factor is an error.
func (m *Model) Computed(group, finding string, log10LR float64) (float64, error) {
	w, ok := m.Findings[finding]
	if !ok {
		return 0, fmt.Errorf("weigh finding %q: %w: the model has no such finding", finding, ErrModel)
	}
	if w.Factor == nil {
		return 0, fmt.Errorf("weigh finding %q: %w: the model has no factor for it", finding, ErrModel)
	}
	bounded, err := m.Bound(group, log10LR)
	if err != nil {
		return 0, err
	}
	return m.Bound(group, *w.Factor*bounded)
}

// Bound limits a log10 LR to what its group may claim.
func (m *Model) Bound(group string, log10LR float64) (float64, error) {
	b, ok := m.Groups[group]
	if !ok {
		return 0, fmt.Errorf("weigh group %q: %w: the model has no such group", group, ErrModel)
	}
	return b.clamp(log10LR), nil
}

func (m *Model) check() error {
	b := m.Bands
	if !(b.Contradicted < b.LeansFalse && b.LeansFalse < 0 && 0 < b.LeansGenuine && b.LeansGenuine < b.Supported) {
		return errors.New("the bands are not in order around zero")
	}
	if err := m.Total.check("total"); err != nil {
		return err
	}
	for name, g := range m.Groups {
		if err := g.check("group " + name); err != nil {
			return err
		}
	}
	for name, f := range m.Findings {
		if math.IsNaN(f.Log10LR) || math.IsInf(f.Log10LR, 0) {
			return fmt.Errorf("finding %s: the weight is not a finite number", name)
		}
		if f.Factor != nil && !(*f.Factor >= 0 && *f.Factor <= math.MaxFloat64) {
			return fmt.Errorf("finding %s: the factor is not a finite number from 0", name)
		}
	}
	if err := m.checkTraining(); err != nil {
		return err
	}
	return m.Lifetime.check()
}

func (b Bounds) check(what string) error {
	if !(b.Lower <= 0 && 0 <= b.Upper) || math.IsInf(b.Lower, 0) || math.IsInf(b.Upper, 0) {
		return fmt.Errorf("%s: the bounds do not lie around zero", what)
	}
	return nil
}
