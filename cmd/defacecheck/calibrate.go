package main

import (
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/calibrate"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify/report/plain"
	"github.com/defacecheck/defacecheck/verify/score"
)

func (p *program) calibrateCommand() *cli.Command {
	return &cli.Command{
		Name: "calibrate", Usage: "fit a score model to the training side of labelled claims", ArgsUsage: " ", HideHelpCommand: true,
		Description: "Findings keep the sign, the group and the bounds of the built-in model; what they\n" +
			"weigh within these is fitted. \"verify --model FILE\" uses the result.",
		Flags: []cli.Flag{
			rowsFlag(),
			&cli.StringFlag{Name: "out", Usage: "write the model to `FILE`"},
		},
		Action: p.calibrate, OnUsageError: asUsage,
	}
}

func rowsFlag() cli.Flag {
	return &cli.StringFlag{Name: "rows", Usage: "read judged claims of known truth from `FILE`, JSON Lines of " + rows.Schema + "; - is standard input"}
}

func (p *program) calibrate(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.String("out") == "" {
		return usage("", "calibrate needs --out")
	}
	set, err := p.rows(c)
	if err != nil {
		return err
	}
	base, err := score.ByHand()
	if err != nil {
		return err
	}
	m, err := calibrate.Fit(c.Context, set, calibrate.Config{Base: base, Program: version()})
	if err != nil {
		return err
	}
	data, err := m.Encode()
	if err != nil {
		return err
	}
	if err := writeWhole(c.String("out"), data); err != nil {
		return err
	}
	return p.printModel(m)
}

// printModel tells what was fitted, in a few lines.
func (p *program) printModel(m *score.Model) error {
	t := m.Training
	_, err := fmt.Fprintf(p.stdout, "model %s %s, SHA-256 %s\nfitted on %d genuine and %d false claims about %d sites\nlog10 LR between %.4g and %.4g\n",
		m.Name, m.Version, m.Digest(), t.Genuine, t.False, len(t.Sites), m.Total.Lower, m.Total.Upper)
	if err == nil {
		err = p.printFigures("cross-validated by site", &t.CrossValidated)
	}
	if err == nil && t.HeldOut != nil {
		err = p.printFigures("on the test side", t.HeldOut)
	}
	return err
}

func (p *program) printFigures(where string, f *score.Figures) error {
	_, err := fmt.Fprintf(p.stdout, "%s (%d genuine, %d false): Cllr %.4f, least possible %.4f, AUC %.4f\n",
		where, f.Genuine, f.False, f.Cllr, f.CllrMin, f.AUC)
	return err
}

// rows reads the file of --rows.
func (p *program) rows(c *cli.Context) (*rows.Set, error) {
	name := c.String("rows")
	if name == "" {
		return nil, usage("", "%s needs --rows", c.Command.Name)
	}
	var r io.Reader = p.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read rows: %w", err)
		}
		defer f.Close()
		r = f
	}
	set, err := rows.Read(r, rows.Limits{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", plain.Text(name, maxError), err)
	}
	return set, nil
}

// noArguments refuses what stands behind the flags of a command that takes none.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usage("", "%s takes no arguments: %q", c.Command.Name, c.Args().Slice())
	}
	return nil
}
