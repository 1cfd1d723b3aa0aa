package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/store"
)

func (p *program) corpusCommand() *cli.Command {
	return &cli.Command{
		Name: "corpus", Usage: "take in many claims, look at them and decide about them; make some of known truth, calibrate and measure", HideHelpCommand: true, OnUsageError: asUsage,
		Subcommands: []*cli.Command{
			p.importCommand(), p.listCommand(), p.showCommand(), p.adjudicateCommand(), p.searchCommand(),
			p.duplicatesCommand(), p.reportCommand(), p.exportCommand(), p.exchangeCommand(),
			p.synthCommand(), p.judgeCommand(), p.calibrateCommand(), p.evaluateCommand(),
		},
	}
}

// keptFlags name a corpus that is there.
func keptFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.StringFlag{Name: "corpus", Usage: "the claims in `FILE`, or in a PostgreSQL database: postgres://USER@HOST/DATABASE"},
	}, commonFlags()...)
}

// withCorpus runs f on the corpus of --corpus, which must be there.
func (p *program) withCorpus(c *cli.Context, f func(context.Context, *store.Store) error) (err error) {
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	s, err := openExisting(ctx, c)
	if err != nil {
		return late(ctx, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return late(ctx, f(ctx, s))
}

// openExisting opens the corpus of --corpus, which must be there: an empty one holds
// nothing that a command could be about, and its name was most likely misspelt.
func openExisting(ctx context.Context, c *cli.Context) (*store.Store, error) {
	spec := c.String("corpus")
	if spec == "" {
		return nil, usage("it is what \"verify --corpus\" or \"corpus import --corpus\" was given",
			"%s needs --corpus FILE|postgres://USER@HOST/DATABASE", c.Command.HelpName)
	}
	return store.OpenExisting(ctx, spec)
}
