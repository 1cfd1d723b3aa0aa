package evaluate_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/corpus/evaluate"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// compared are the claims of claims, with the distance of a hash for the archived and
// the oldcopy class, and a training side on which a small distance is a genuine claim's
// in three of four cases.
func compared() *rows.Set {
	s := claims()
	for i := range s.Rows {
		switch s.Rows[i].Class {
		case "archived":
			s.Rows[i].Baselines, s.Rows[i].Decidable = []rows.Baseline{{Name: "hash", Value: 4}}, true
		case "oldcopy":
			s.Rows[i].Baselines, s.Rows[i].Decidable = []rows.Baseline{{Name: "hash", Value: 30}}, true
		}
	}
	for i := range 40 {
		r := rows.Row{Claim: fmt.Sprintf("train-%02d", i), Split: rows.Train, Site: fmt.Sprintf("other%d", i%8), Family: "g", Word: "inconclusive", Program: "0.3.0",
			Class: "archived", Truth: rows.Genuine, Evidence: []rows.Evidence{}, Baselines: []rows.Baseline{{Name: "hash", Value: 4}}}
		if i%2 == 1 {
			r.Class, r.Truth, r.Baselines[0].Value = "oldcopy", rows.Edited, 30
		}
		if i%8 < 2 {
			r.Baselines[0].Value = 34 - r.Baselines[0].Value
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

func TestABaselineGetsTheLineThatFitsTheTrainingSide(t *testing.T) {
	r, err := evaluate.Measure(t.Context(), compared(), config(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Baselines) != 2 || r.Baselines[0].Name != "hash" || r.Baselines[1].Name != "metadata_alone" {
		t.Fatalf("baselines %+v", r.Baselines)
	}
	hash := r.Baselines[0]
	if hash.Claims != 32 || hash.Wrong != 0 {
		t.Errorf("%d claims have a distance, %v are wrong", hash.Claims, hash.Wrong)
	}
	// LR 3 and 1/3, from three of four on each side, for half of each truth, and LR 1 for
	// the rest.
	want := (math.Log2(4.0/3) + 1) / 2
	if got := figure(t, hash.Figures, "cllr").Value; math.Abs(got-want) > 1e-4 {
		t.Errorf("Cllr %v, want %v", got, want)
	}
	// The file of the old copies says edited, that of all others nothing: of the 32
	// decided, 16 are right and 16 drawn by lot.
	if file := r.Baselines[1]; file.Wrong != 8 {
		t.Errorf("the file alone is wrong of %v", file.Wrong)
	}
}

func TestDecisionsAndDecidableClaimsAreMeasuredByThemselves(t *testing.T) {
	s := compared()
	// One genuine claim looks like an old copy.
	i := slices.IndexFunc(s.Rows, func(r rows.Row) bool { return r.Class == "unwitnessed" })
	s.Rows[i].Evidence = []rows.Evidence{found("version", "version.old_copy")}
	r, err := evaluate.Measure(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Decisions != (evaluate.Decisions{Decided: 33, Wrong: 1}) {
		t.Errorf("decisions %+v", r.Decisions)
	}
	if d := r.Decidable; d == nil || d.Genuine != 16 || d.False != 16 || figure(t, d.Figures, "auc").Value != 1 {
		t.Errorf("decidable %+v", d)
	}
}

func TestWithoutATrainingSideThereIsNoBaselineButTheFile(t *testing.T) {
	s := compared()
	s.Rows = slices.DeleteFunc(s.Rows, func(r rows.Row) bool { return r.Split == rows.Train })
	r, err := evaluate.Measure(t.Context(), s, config(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Baselines) != 1 || r.Baselines[0].Name != "metadata_alone" {
		t.Errorf("baselines %+v", r.Baselines)
	}
	for i := range s.Rows {
		s.Rows[i].Decidable = s.Rows[i].Truth == rows.Genuine
	}
	if r, err = evaluate.Measure(t.Context(), s, config(t)); err != nil || r.Decidable != nil {
		t.Errorf("claims of one truth were measured: %+v %v", r, err)
	}
}
