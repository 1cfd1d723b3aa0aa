package calibrate

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// Config says how to fit. The zero value works but for Base and Program.
type Config struct {
	Base    *score.Model // signs, groups, caps, bands, lifetimes; one set by hand
	Program string       // version, kept in the model
	Ridge   float64      // 0 is DefaultRidge
	Folds   int          // 0 is DefaultFolds
}

// DefaultRidge takes weights, in ln LR, for normal before the data, about those set by
// hand and with a standard deviation of 1: a finding that is rarely seen keeps about
// what it has by hand.
const DefaultRidge = 1

// DefaultFolds is the usual number; fewer leave each fit less to learn from.
const DefaultFolds = 5

const method = "logistic regression with a ridge about the base model's weights, which findings that no claim shows keep, without a constant term, both truths weighing the same, signs, groups and caps from the base model; slope by cross-validation over sites; total bounded by empirical bounds (ELUB)"

const note = "Fitted on labelled claims, which the training section names; its figures hold for claims like these, and nothing here tells how like the world they are. Weights that name no number of claims rest on none of these, but on reasons, as they were set by hand."

// Fit makes a calibrated model of the training side of the rows, and measures it on
// the test side. Errors wrap rows.ErrSplit, rows.ErrRows, score.ErrModel, ErrTooFew,
// ErrNoSignal or the error of ctx.
func Fit(ctx context.Context, set *rows.Set, cfg Config) (*score.Model, error) {
	if cfg.Base == nil || cfg.Base.Calibrated {
		return nil, fmt.Errorf("calibrate: %w: the base model is missing or was fitted itself", score.ErrModel)
	}
	if cfg.Ridge <= 0 {
		cfg.Ridge = DefaultRidge
	}
	if cfg.Folds <= 0 {
		cfg.Folds = DefaultFolds
	}
	if err := rows.CheckSplit(set.Rows); err != nil {
		return nil, fmt.Errorf("calibrate: %w", err)
	}
	m, err := fitted(ctx, set, decided(rows.Of(set.Rows, rows.Train)), cfg)
	if err != nil {
		return nil, fmt.Errorf("calibrate: %w", err)
	}
	if m.Training.HeldOut, err = heldOut(m, decided(rows.Of(set.Rows, rows.Test))); err != nil {
		return nil, fmt.Errorf("calibrate: measure on the test side: %w", err)
	}
	return written(m)
}

// written is the model as whoever reads its file will have it: checked, and with its
// digest.
func written(m *score.Model) (*score.Model, error) {
	data, err := m.Encode()
	if err != nil {
		return nil, fmt.Errorf("calibrate: %w", err)
	}
	if m, err = score.Parse(data); err != nil {
		return nil, fmt.Errorf("calibrate: check the fitted model: %w", err)
	}
	return m, nil
}

// decided leaves out claims that answer another question, and puts the others in the
// order of their names.
func decided(all []rows.Row) []rows.Row {
	var out []rows.Row
	for _, r := range all {
		if r.Truth.Decided() {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b rows.Row) int { return strings.Compare(a.Claim, b.Claim) })
	return out
}

func fitted(ctx context.Context, set *rows.Set, train []rows.Row, cfg Config) (*score.Model, error) {
	d, err := newDesign(cfg.Base, train)
	if err != nil {
		return nil, err
	}
	c, err := d.cross(ctx, train, cfg.Folds, cfg.Ridge)
	if err != nil {
		return nil, err
	}
	raw, err := c.scores(1)
	if err != nil {
		return nil, err
	}
	slope, shift := calibration(raw, truths(train))
	if !(slope > 0) {
		return nil, ErrNoSignal
	}
	whole, err := d.fuse(ctx, train, cfg.Ridge)
	if err != nil {
		return nil, err
	}
	m := d.finished(whole, slope)
	m.Name, m.Version, m.Note = "calibrated", set.Digest[:12], note
	m.Training = training(set, train, cfg)
	m.Training.Slope, m.Training.Shift = round(slope), round(shift)
	return m, c.bound(m, slope)
}

// finished is the model as it is written: scaled, rounded, with the number of claims
// that each weight rests on.
func (d *design) finished(f fit, slope float64) *score.Model {
	m := d.model(f.beta, slope)
	for i, v := range d.variables {
		w := m.Findings[v.finding]
		w.Claims = f.counts[i]
		m.Findings[v.finding] = w
	}
	for name, w := range m.Findings {
		w.Log10LR = round(w.Log10LR)
		if w.Factor != nil {
			r := round(*w.Factor)
			w.Factor = &r
		}
		m.Findings[name] = w
	}
	m.Calibrated = true
	return m
}

// round keeps four decimals: data never tell more, and other processors may differ in
// the last bits.
func round(x float64) float64 {
	if x = math.Round(x*1e4) / 1e4; x == 0 {
		return 0 // not -0
	}
	return x
}

// bound sets the model's total bounds and cross-validated figures.
func (c *crossed) bound(m *score.Model, slope float64) error {
	scores, err := c.scores(slope)
	if err != nil {
		return err
	}
	s, err := sample(c.train, scores)
	if err != nil {
		return err
	}
	lower, upper := s.ELUB()
	if lower == 0 && upper == 0 {
		return ErrNoSignal
	}
	// Towards zero: no more than was found.
	m.Total = score.Bounds{Lower: math.Trunc(lower*1e4) / 1e4, Upper: math.Trunc(upper*1e4) / 1e4}
	for i, x := range scores {
		scores[i] = math.Max(m.Total.Lower, math.Min(m.Total.Upper, x))
	}
	if s, err = sample(c.train, scores); err == nil {
		m.Training.CrossValidated = figures(s)
	}
	return err
}

func sample(all []rows.Row, scores []float64) (lr.Sample, error) {
	cases := make([]lr.Case, len(all))
	for i, r := range all {
		cases[i] = lr.Case{Site: r.Site, Log10LR: scores[i], Genuine: r.Truth == rows.Genuine}
	}
	return lr.SampleOf(cases)
}

func figures(s lr.Sample) score.Figures {
	return score.Figures{Genuine: s.Genuine(), False: s.False(), Cllr: round(s.Cllr()), CllrMin: round(s.CllrMin()), AUC: round(s.AUC())}
}

// heldOut measures the model on rows that it has not seen; nil where they are of one
// truth.
func heldOut(m *score.Model, test []rows.Row) (*score.Figures, error) {
	if g := truths(test); !slices.Contains(g, true) || !slices.Contains(g, false) {
		return nil, nil
	}
	scores := make([]float64, len(test))
	for i, r := range test {
		var err error
		if scores[i], err = r.Score(m); err != nil {
			return nil, err
		}
	}
	s, err := sample(test, scores)
	if err != nil {
		return nil, err
	}
	f := figures(s)
	return &f, nil
}

// training tells what the model was fitted on.
func training(set *rows.Set, train []rows.Row, cfg Config) *score.Training {
	t := &score.Training{
		Program: cfg.Program, Method: method, Corpus: set.Corpus, Rows: set.Digest, Base: cfg.Base.Digest(),
		Split: "by site and by defacement family", Ridge: cfg.Ridge, Folds: cfg.Folds,
		Sites: []string{}, Families: []string{},
	}
	for _, r := range train {
		t.Sites = append(t.Sites, r.Site)
		if r.Family != "" {
			t.Families = append(t.Families, r.Family)
		}
		if r.Truth == rows.Genuine {
			t.Genuine++
		} else {
			t.False++
		}
	}
	for _, names := range []*[]string{&t.Sites, &t.Families} {
		slices.Sort(*names)
		*names = slices.Compact(*names)
	}
	return t
}
