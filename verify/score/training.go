package score

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Training tells what a calibrated model was fitted on, so that another group can
// fit it again and no figure is taken of what it has seen.
type Training struct {
	Program  string   `json:"program"`  // version of the program that fitted
	Method   string   `json:"method"`   // one sentence
	Corpus   string   `json:"corpus"`   // SHA-256 of the corpus manifest, hexadecimal
	Rows     string   `json:"rows"`     // SHA-256 of the file of rows, hexadecimal
	Base     string   `json:"base"`     // digest of the model that signs, groups and bands are from
	Split    string   `json:"split"`    // how training and test were parted
	Sites    []string `json:"sites"`    // seen in training, ascending
	Families []string `json:"families"` // of defacements, seen in training, ascending
	Genuine  int      `json:"genuine"`  // claims
	False    int      `json:"false"`    // claims
	Ridge    float64  `json:"ridge"`    // strength of the penalty
	Slope    float64  `json:"slope"`    // of the calibration; it is part of the weights already
	Shift    float64  `json:"shift"`    // ln LR that a calibration with a shift would add; it is not in the model
	Folds    int      `json:"folds"`

	CrossValidated Figures  `json:"cross_validated"`    // each training site scored by a fit that did not see it
	HeldOut        *Figures `json:"held_out,omitempty"` // on the test side of the split; nil where it was too small
}

// Figures are what a model reached on claims of known truth. See corpus/evaluate/lr.
type Figures struct {
	Genuine int     `json:"genuine"` // claims
	False   int     `json:"false"`   // claims
	Cllr    float64 `json:"cllr"`
	CllrMin float64 `json:"cllr_min"`
	AUC     float64 `json:"auc"`
}

// checkTraining refuses a calibrated model that does not say on what, and one that
// says it although it is none.
func (m *Model) checkTraining() error {
	t := m.Training
	if m.Calibrated != (t != nil) {
		return errors.New("a model is calibrated if, and only if, it tells its training")
	}
	if t == nil {
		return nil
	}
	for _, d := range []struct{ what, hex string }{{"corpus", t.Corpus}, {"rows", t.Rows}, {"base", t.Base}} {
		if b, err := hex.DecodeString(d.hex); err != nil || len(b) != 32 {
			return fmt.Errorf("training: %s is not a SHA-256 in hexadecimal", d.what)
		}
	}
	if t.Genuine < 1 || t.False < 1 || len(t.Sites) == 0 || !slices.IsSorted(t.Sites) || !slices.IsSorted(t.Families) {
		return errors.New("training: claims of both truths, and sites and families in order, are needed")
	}
	for _, x := range []float64{t.Ridge, t.Slope} {
		if !(x > 0) || math.IsInf(x, 0) {
			return errors.New("training: ridge and slope must be positive")
		}
	}
	return errors.Join(t.CrossValidated.check("cross_validated"), t.HeldOut.check("held_out"))
}

func (f *Figures) check(what string) error {
	if f == nil {
		return nil
	}
	for _, x := range []float64{f.Cllr, f.CllrMin, f.AUC} {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("training: %s has a figure that is none", what)
		}
	}
	return nil
}

// Covers says whether the model can stand in for another: the same findings and
// groups, no fewer, so that no judgement fails half-way, and no more, because a key
// that the program does not know is a slip or another program's. Errors wrap ErrModel.
func (m *Model) Covers(other *Model) error {
	if err := sameKeys("finding", m.Findings, other.Findings); err != nil {
		return err
	}
	for _, k := range sortedKeys(other.Findings) {
		if (m.Findings[k].Factor != nil) != (other.Findings[k].Factor != nil) {
			return fmt.Errorf("compare score models: %w: one has a factor for the finding %s, the other has none", ErrModel, k)
		}
	}
	return sameKeys("group", m.Groups, other.Groups)
}

func sameKeys[V any](what string, have, want map[string]V) error {
	for _, k := range sortedKeys(want) {
		if _, ok := have[k]; !ok {
			return fmt.Errorf("compare score models: %w: it lacks the %s %s", ErrModel, what, k)
		}
	}
	for _, k := range sortedKeys(have) {
		if _, ok := want[k]; !ok {
			return fmt.Errorf("compare score models: %w: the %s %.60q is unknown here", ErrModel, what, k)
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Encode writes the model as a file that Parse reads. The same model gives the same
// bytes.
func (m *Model) Encode() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("write score model %s: %w", m.Name, err)
	}
	return b.Bytes(), nil
}
