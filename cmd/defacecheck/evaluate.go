package main

import (
	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/evaluate"
	"github.com/defacecheck/defacecheck/corpus/evaluate/lr"
	"github.com/defacecheck/defacecheck/verify/score"
)

// defaultSeed of the bootstrap: any fixed number makes figures the same twice.
const defaultSeed = 1

func (p *program) evaluateCommand() *cli.Command {
	return &cli.Command{
		Name: "evaluate", Usage: "measure a score model on the test side of labelled claims", ArgsUsage: " ", HideHelpCommand: true,
		Description: "A model that was fitted on one of the sites or defacements measured is refused.",
		Flags: []cli.Flag{
			rowsFlag(),
			&cli.StringFlag{Name: "model", Usage: "measure the score model in `FILE`, not the built-in one"},
			&cli.StringFlag{Name: "out", Usage: "write JSON, CSV and plots into `DIR`, which must be new or empty"},
			&cli.Uint64Flag{Name: "seed", Value: defaultSeed, Usage: "draw sites again, for intervals, from the random numbers of `N`"},
			jsonFlag(),
		},
		Action: p.evaluate, OnUsageError: asUsage,
	}
}

func (p *program) evaluate(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	var out *staged // before the work, which must not end at a forbidden place
	if dir := c.String("out"); dir != "" {
		var err error
		if out, err = stageDir(dir); err != nil {
			return err
		}
		defer out.drop()
	}
	m, err := p.model(c.String("model"))
	if err == nil && m == nil {
		m, err = score.Embedded()
	}
	if err != nil {
		return err
	}
	set, err := p.rows(c)
	if err != nil {
		return err
	}
	cfg := evaluate.Config{Model: m, Program: version(), Bootstrap: lr.Bootstrap{Seed: c.Uint64("seed")}}
	report, err := evaluate.Measure(c.Context, set, cfg)
	if err != nil {
		return err
	}
	if err := writeEvaluation(out, report); err != nil {
		return err
	}
	if !c.Bool("json") {
		return report.Text(p.stdout)
	}
	data, err := document(report)
	if err == nil {
		_, err = p.stdout.Write(data)
	}
	return err
}

// writeEvaluation writes the report's files; nil is nowhere.
func writeEvaluation(out *staged, r *evaluate.Report) error {
	if out == nil {
		return nil
	}
	files, err := r.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := out.write(f.Name, f.Data); err != nil {
			return err
		}
	}
	return out.place()
}
