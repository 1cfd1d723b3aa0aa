package evaluate

import (
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// Schema names the form of a report.
const Schema = "defacecheck/evaluation/1"

// Report is what was measured.
type Report struct {
	Schema     string   `json:"schema"`
	Program    string   `json:"program"`   // version that measured
	Judged     []string `json:"judged_by"` // versions that found the evidence
	Corpus     string   `json:"corpus"`    // SHA-256 of the corpus manifest
	Rows       string   `json:"rows"`      // SHA-256 of the file of rows
	Model      Model    `json:"model"`
	Seed       uint64   `json:"seed"`
	Replicates int      `json:"replicates"` // of the bootstrap
	Bins       int      `json:"bins"`       // of reliability, at most

	Claims   int          `json:"claims"` // measured and undecided
	Sites    int          `json:"sites"`
	Families int          `json:"families"`
	Genuine  int          `json:"genuine"` // claims
	False    int          `json:"false"`   // claims
	Overall  []Figure     `json:"overall"`
	Supports score.Bounds `json:"supports"`    // bounds of log10 LR that the test side supports by itself (ELUB)
	Classes  []Class      `json:"classes"`     // by name
	Words    []Words      `json:"words"`       // by truth
	Other    int          `json:"other_words"` // claims whose word under this model is not the one that the program gave
	Ablation []Ablation   `json:"ablation"`

	Decidable *Part      `json:"decidable,omitempty"` // claims made with a witness that could decide them; nil without both truths
	Decisions Decisions  `json:"decisions"`
	Baselines []Baseline `json:"baselines"` // fitted on the training side of the same rows; none where there is none

	Curves Curves        `json:"curves"`
	Scored []ScoredClaim `json:"-"` // in claims.csv
}

// Model names the model that was measured.
type Model struct {
	Name       string       `json:"name"`
	Version    string       `json:"version"`
	Digest     string       `json:"digest"`
	Calibrated bool         `json:"calibrated"`
	Total      score.Bounds `json:"total"`
}

// Figure is one figure with its 95 % interval by site, nil where sites were too few. A
// rate's is no narrower than the exact one of as many independent claims (lr.Exact).
type Figure struct {
	Name     string       `json:"name"`
	Value    float64      `json:"value"`
	Interval *lr.Interval `json:"interval,omitempty"`
}

// Class is what was measured of one class of claims.
type Class struct {
	Class   string         `json:"class"`
	Truth   rows.Truth     `json:"truth"`
	Claims  int            `json:"claims"`
	Sites   int            `json:"sites"`
	Words   map[string]int `json:"words"` // every verdict word
	Median  float64        `json:"median_log10_lr"`
	Figures []Figure       `json:"figures,omitempty"` // none where the truth is not decided
}

// Part is what was measured of a part of the claims.
type Part struct {
	Genuine int      `json:"genuine"`
	False   int      `json:"false"`
	Figures []Figure `json:"figures"`
}

// Words counts the verdict words of claims of one truth.
type Words struct {
	Truth  rows.Truth     `json:"truth"`
	Claims int            `json:"claims"`
	Words  map[string]int `json:"words"` // every verdict word
}

// Ablation is what the figures are without one kind of evidence, and with it alone.
type Ablation struct {
	Evidence string   `json:"evidence"` // the first part of its findings' keys
	Claims   int      `json:"claims"`   // of both truths, that have any of it
	Without  []Figure `json:"without"`
	Alone    []Figure `json:"alone"`
}

// Curves are the points of the plots.
type Curves struct {
	TippettGenuine []lr.Point `json:"tippett_genuine"`
	TippettFalse   []lr.Point `json:"tippett_false"`
	ROC            []lr.Point `json:"roc"`
	Reliability    []lr.Bin   `json:"reliability"`
}

// ScoredClaim is one claim as the model weighs it.
type ScoredClaim struct {
	Row     rows.Row
	Log10LR float64
	Word    string
}
