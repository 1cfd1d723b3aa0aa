package rows

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Schema names the form of the file.
const Schema = "defacecheck/rows/2"

// ErrRows is wrapped by every error about the content of a file of rows.
var ErrRows = errors.New("unusable rows")

// Header is the first line.
type Header struct {
	Schema string `json:"schema"`
	Corpus string `json:"corpus"` // SHA-256 of the corpus manifest, hexadecimal
}

// Split says what a row may be used for.
type Split string

// The splits.
const (
	Train Split = "train" // fitting a model
	Test  Split = "test"  // measuring one
)

// Truth is what is known of a claim.
type Truth string

// The truths. They are those that a maker of claims gives.
const (
	Genuine       Truth = "genuine"       // the URL served this, and it is a defacement
	Edited        Truth = "edited"        // the picture, or the page in the claimant's browser, was altered
	Misattributed Truth = "misattributed" // a real picture of another site or time
	NotDefaced    Truth = "not_defaced"   // the URL served this, and it is the ordinary page
)

// Decided says whether a likelihood ratio can be right or wrong about the truth: the
// ordinary page was served but is no defacement, and answers another question.
func (t Truth) Decided() bool { return t != NotDefaced }

// Words are the verdict words, from the strongest support to the strongest
// contradiction, as score.Model.Band gives them.
func Words() []string {
	return []string{"supported", "leans genuine", "inconclusive", "leans false", "contradicted"}
}

// Evidence is one finding of a claim.
type Evidence struct {
	Group   string   `json:"group"`              // of the score model
	Finding string   `json:"finding"`            // key of the score model
	Log10LR *float64 `json:"log10_lr,omitempty"` // computed; nil is a finding with a weight in the model
}

// Row is one judged claim.
type Row struct {
	Claim    string     `json:"claim"`            // unique in the file
	SHA256   string     `json:"sha256,omitempty"` // of the claim's files, as the corpus manifest has it, hexadecimal
	Split    Split      `json:"split"`
	Site     string     `json:"site"`
	Family   string     `json:"family,omitempty"` // of the defacement; "" shows none
	Class    string     `json:"class"`            // how the claim was made; claims of a class share their truth
	Truth    Truth      `json:"truth"`
	Evidence []Evidence `json:"evidence"`
	Word     string     `json:"word"`    // verdict word that the program gave with its own model
	Program  string     `json:"program"` // version

	// Decidable says that the claim was made with a witness that could decide it: a
	// capture of what the picture shows, or captures that it cannot lie between.
	Decidable bool `json:"decidable,omitempty"`
	// Baselines are what simple ways of comparing found. A way that had nothing to
	// compare is missing.
	Baselines []Baseline `json:"baselines,omitempty"`
}

// Baseline is how unlike the picture and the page are by a simple way of comparing.
type Baseline struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"` // the larger, the less alike
}

// Baseline is the value of one of them; false where it is missing.
func (r Row) Baseline(name string) (float64, bool) {
	for _, b := range r.Baselines {
		if b.Name == name {
			return b.Value, true
		}
	}
	return 0, false
}

// check says what is wrong with a row by itself.
func (r Row) check(l Limits) error {
	for _, n := range []struct{ what, name string }{
		{"claim", r.Claim}, {"site", r.Site}, {"class", r.Class}, {"program", r.Program},
	} {
		if err := checkName(n.what, n.name, l.Name); err != nil {
			return err
		}
	}
	if r.Family != "" {
		if err := checkName("family", r.Family, l.Name); err != nil {
			return err
		}
	}
	if r.SHA256 != "" && !isSHA256(r.SHA256) {
		return errors.New("sha256 is not a SHA-256 in hexadecimal")
	}
	switch r.Truth {
	case Genuine, Edited, Misattributed, NotDefaced:
	default:
		return fmt.Errorf("no truth is called %.40q", r.Truth)
	}
	if r.Split != Train && r.Split != Test {
		return fmt.Errorf("no split is called %.40q", r.Split)
	}
	if !slices.Contains(Words(), r.Word) {
		return fmt.Errorf("no verdict is called %.40q", r.Word)
	}
	if err := checkBaselines(r.Baselines, l); err != nil {
		return err
	}
	return checkEvidence(r.Evidence, l)
}

func checkBaselines(all []Baseline, l Limits) error {
	if len(all) > l.Evidence {
		return fmt.Errorf("%d baselines, more than %d", len(all), l.Evidence)
	}
	seen := map[string]bool{}
	for _, b := range all {
		if err := checkName("baseline", b.Name, l.Name); err != nil {
			return err
		}
		if seen[b.Name] {
			return fmt.Errorf("baseline %s stands twice", b.Name)
		}
		seen[b.Name] = true
		if !(math.Abs(b.Value) <= maxBaseline) {
			return fmt.Errorf("baseline %s is %v", b.Name, b.Value)
		}
	}
	return nil
}

// maxBaseline is more than any distance of pictures.
const maxBaseline = 1e6

func checkEvidence(all []Evidence, l Limits) error {
	if len(all) > l.Evidence {
		return fmt.Errorf("%d items of evidence, more than %d", len(all), l.Evidence)
	}
	for _, e := range all {
		if err := checkName("group", e.Group, l.Name); err != nil {
			return err
		}
		if err := checkName("finding", e.Finding, l.Name); err != nil {
			return err
		}
		if e.Log10LR != nil && !(math.Abs(*e.Log10LR) <= maxLog10) {
			return fmt.Errorf("finding %s: log10_lr %v lies outside of +-%d", e.Finding, *e.Log10LR, maxLog10)
		}
	}
	return nil
}

// maxLog10 bounds computed LRs to what a floating-point LR holds, with room for the
// smallest one.
const maxLog10 = 330

// checkName admits what is safe in tables, file names and plots: letters and digits
// of ASCII and some marks, beginning with a letter or digit, so that no spreadsheet
// takes it for a formula.
func checkName(what, name string, longest int) error {
	if name == "" {
		return fmt.Errorf("%s is missing", what)
	}
	if len(name) > longest {
		return fmt.Errorf("%s is longer than %d bytes", what, longest)
	}
	for i, c := range []byte(name) {
		alnum := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if mark := c == '.' || c == '_' || c == '-' || c == ':' || c == '/' || c == '@' || c == '+'; !alnum && (i == 0 || !mark) {
			return fmt.Errorf("%s %q has other characters than letters, digits and ._-:/@+, or begins with one of these", what, name)
		}
	}
	return nil
}
