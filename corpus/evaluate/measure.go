package evaluate

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/score"
)

// Config says how to measure. The zero value works but for Model and Program.
type Config struct {
	Model     *score.Model
	Program   string // version, kept in the report
	Bootstrap lr.Bootstrap
	Bins      int // of reliability; 0 is lr.DefaultBins
}

// Measure measures the model on the test side of the rows. Errors wrap rows.ErrSplit,
// rows.ErrRows, score.ErrModel, lr.ErrEmpty, lr.ErrOneTruth or the error of ctx.
func Measure(ctx context.Context, set *rows.Set, cfg Config) (*Report, error) {
	if cfg.Model == nil {
		return nil, fmt.Errorf("evaluate: %w: there is none", score.ErrModel)
	}
	if cfg.Bins < 1 {
		cfg.Bins = lr.DefaultBins
	}
	if cfg.Bootstrap.Replicates < 1 {
		cfg.Bootstrap.Replicates = lr.DefaultReplicates
	}
	if err := rows.CheckSplit(set.Rows); err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	test := rows.Of(set.Rows, rows.Test)
	if err := unseen(cfg.Model, test); err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	all, err := scored(cfg.Model, test, everything)
	if err != nil {
		return nil, fmt.Errorf("evaluate: %w", err)
	}
	r := heading(set, all, cfg)
	if err := r.measure(ctx, all, cfg); err != nil {
		return nil, fmt.Errorf("evaluate %d claims of the test side: %w", len(all), err)
	}
	if r.Baselines, err = baselines(set, cfg.Model, r.Decisions.Decided); err != nil {
		return nil, fmt.Errorf("evaluate baselines: %w", err)
	}
	return r, nil
}

// unseen refuses rows whose site or family the model was fitted on, whatever side of
// the split their file puts them.
func unseen(m *score.Model, test []rows.Row) error {
	if m.Training == nil {
		return nil
	}
	for _, r := range test {
		if slices.Contains(m.Training.Sites, r.Site) {
			return fmt.Errorf("check claim %s: %w: the model was fitted on site %s", r.Claim, rows.ErrSplit, r.Site)
		}
		if r.Family != "" && slices.Contains(m.Training.Families, r.Family) {
			return fmt.Errorf("check claim %s: %w: the model was fitted on family %s", r.Claim, rows.ErrSplit, r.Family)
		}
	}
	return nil
}

func everything(rows.Evidence) bool { return true }

// scored weighs what is kept of each row's evidence, in the order of claims' names.
func scored(m *score.Model, all []rows.Row, keep func(rows.Evidence) bool) ([]ScoredClaim, error) {
	out := make([]ScoredClaim, len(all))
	for i, r := range all {
		part := r
		part.Evidence = slices.DeleteFunc(slices.Clone(r.Evidence), func(e rows.Evidence) bool { return !keep(e) })
		x, err := part.Score(m)
		if err != nil {
			return nil, err
		}
		out[i] = ScoredClaim{Row: r, Log10LR: x, Word: m.Band(x)}
	}
	slices.SortFunc(out, byClaim)
	return out, nil
}

func heading(set *rows.Set, all []ScoredClaim, cfg Config) *Report {
	m := cfg.Model
	return &Report{
		Schema: Schema, Program: cfg.Program, Corpus: set.Corpus, Rows: set.Digest,
		Model: Model{m.Name, m.Version, m.Digest(), m.Calibrated, m.Total},
		Seed:  cfg.Bootstrap.Seed, Replicates: cfg.Bootstrap.Replicates, Bins: cfg.Bins,
		Judged:   distinct(all, func(c ScoredClaim) string { return c.Row.Program }),
		Claims:   len(all),
		Sites:    len(distinct(all, func(c ScoredClaim) string { return c.Row.Site })),
		Families: len(distinct(all, func(c ScoredClaim) string { return c.Row.Family })),
		Scored:   all,
	}
}

func (r *Report) measure(ctx context.Context, all []ScoredClaim, cfg Config) error {
	counted := cases(all)
	s, err := lr.SampleOf(counted)
	if err != nil {
		return err
	}
	r.Genuine, r.False = s.Genuine(), s.False()
	if r.Overall, err = measured(ctx, counted, cfg.Bootstrap, overall(cfg.Bins)); err != nil {
		return err
	}
	r.Supports.Lower, r.Supports.Upper = s.ELUB()
	r.Curves.TippettGenuine, r.Curves.TippettFalse = s.Tippett()
	r.Curves.ROC, r.Curves.Reliability = s.ROC(), s.Reliability(cfg.Bins)
	if r.Classes, err = classes(ctx, all, cfg); err != nil {
		return err
	}
	if r.Decidable, err = decidable(ctx, all, cfg); err != nil {
		return err
	}
	r.Decisions = decisions(all)
	r.Words, r.Other = words(all)
	r.Ablation, err = ablation(all, cfg.Model)
	return err
}

// decidable measures the claims that a witness could decide; nil where these are of one
// truth.
func decidable(ctx context.Context, all []ScoredClaim, cfg Config) (*Part, error) {
	part := cases(slices.DeleteFunc(slices.Clone(all), func(c ScoredClaim) bool { return !c.Row.Decidable }))
	s, err := lr.SampleOf(part)
	if err != nil {
		return nil, nil // none, or of one truth: nothing to measure, and no mistake
	}
	figures, err := measured(ctx, part, cfg.Bootstrap, overall(cfg.Bins))
	return &Part{s.Genuine(), s.False(), figures}, err
}

// cases are the claims that an LR can be right or wrong about.
func cases(all []ScoredClaim) []lr.Case {
	var out []lr.Case
	for _, c := range all {
		if c.Row.Truth.Decided() {
			out = append(out, lr.Case{Site: c.Row.Site, Log10LR: c.Log10LR, Genuine: c.Row.Truth == rows.Genuine})
		}
	}
	return out
}

// named is a figure before it is taken.
type named struct {
	name  string
	of    func(lr.Sample) float64
	count func(lr.Sample) (seen, among int) // nil of what is no rate
}

// rate is the figure that is seen / among.
func rate(name string, count func(lr.Sample) (seen, among int)) named {
	return named{name: name, count: count, of: func(s lr.Sample) float64 {
		seen, among := count(s)
		return float64(seen) / float64(among)
	}}
}

// telling are the figures that tell one way of weighing from another.
func telling() []named {
	return []named{{name: "cllr", of: lr.Sample.Cllr}, {name: "cllr_min", of: lr.Sample.CllrMin},
		{name: "cllr_cal", of: lr.Sample.CllrCal}, {name: "auc", of: lr.Sample.AUC}}
}

func overall(bins int) []named {
	return append(telling(),
		named{name: "brier", of: lr.Sample.Brier},
		named{name: "ece", of: func(s lr.Sample) float64 { return s.ECE(bins) }},
		rate("strongly_misleading", func(s lr.Sample) (seen, among int) {
			g, f := s.StronglyMisleading()
			return g + f, s.Genuine() + s.False()
		}))
}

// measured takes figures with their intervals; without, where sites are too few. A
// rate has the wider ends of what drawing sites again gives and of the exact interval.
func measured(ctx context.Context, cases []lr.Case, b lr.Bootstrap, what []named) ([]Figure, error) {
	s, err := lr.SampleOf(cases)
	if err != nil {
		return nil, err
	}
	out := taken(s, what)
	of := make([]func(lr.Sample) float64, len(what))
	for i, w := range what {
		of[i] = w.of
	}
	intervals, err := b.Intervals(ctx, cases, of...)
	if errors.Is(err, lr.ErrFewSites) {
		return out, nil
	}
	for i := range intervals {
		out[i].Interval = &intervals[i]
		if count := what[i].count; count != nil {
			exact := lr.Exact(count(s))
			intervals[i] = lr.Interval{Low: min(intervals[i].Low, exact.Low), High: max(intervals[i].High, exact.High)}
		}
	}
	return out, err
}

// plainly takes figures without intervals.
func plainly(cases []lr.Case, what []named) ([]Figure, error) {
	s, err := lr.SampleOf(cases)
	if err != nil {
		return nil, err
	}
	return taken(s, what), nil
}

func taken(s lr.Sample, what []named) []Figure {
	out := make([]Figure, len(what))
	for i, w := range what {
		out[i] = Figure{Name: w.name, Value: w.of(s)}
	}
	return out
}

// distinct lists what a field of the claims holds, ascending, without "".
func distinct(all []ScoredClaim, field func(ScoredClaim) string) []string {
	names := make([]string, 0, len(all))
	for _, c := range all {
		if n := field(c); n != "" {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func median(all []ScoredClaim) float64 {
	xs := make([]float64, len(all))
	for i, c := range all {
		xs[i] = c.Log10LR
	}
	slices.Sort(xs)
	return stat.Quantile(0.5, stat.Empirical, xs, nil)
}
