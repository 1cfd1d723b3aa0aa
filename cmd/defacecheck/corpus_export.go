package main

import (
	"context"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/dataset"
	"github.com/defacecheck/defacecheck/corpus/intake"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func (p *program) exportCommand() *cli.Command {
	return &cli.Command{
		Name: "export", Usage: "write the claims of a corpus as a dataset, with labels and splits", ArgsUsage: " ", HideHelpCommand: true,
		Description: "DIR must not be there, or be empty; it appears whole or not at all. README.md in it\n" +
			"is a datasheet, croissant.json describes it for machines, and \"corpus import DIR\"\n" +
			"puts it back into a corpus.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "corpus", Usage: "the claims in `FILE`, or in a PostgreSQL database: postgres://USER@HOST/DATABASE"},
			&cli.StringFlag{Name: "format", Usage: "write `FORMAT`: " + oneOf(dataset.Formats())},
			&cli.StringFlag{Name: "out", Usage: "write the dataset into `DIR`"},
			&cli.StringFlag{Name: "channel", Usage: "only claims that were posted in the channel called `NAME`, as \"corpus list --channels\" shows it"},
			&cli.BoolFlag{Name: "no-images", Usage: "leave out pictures, full verdicts and whatever else was copied from pages"},
			&cli.StringFlag{Name: "name", Value: dataset.DefaultName, Usage: "call the dataset `NAME`"},
			&cli.StringFlag{Name: "creator", Value: dataset.DefaultCreator, Usage: "say that `NAME` publishes it"},
			&cli.StringFlag{Name: "license", Value: dataset.DefaultLicense, Usage: "say that the dataset may be used under `LICENSE`"},
			&cli.DurationFlag{Name: "timeout", Usage: "give up after `DURATION`; 0 never does"},
		},
		Action: p.exportClaims, OnUsageError: asUsage,
	}
}

func (p *program) exportClaims(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	o := dataset.Options{
		Format: dataset.Format(c.String("format")), Images: !c.Bool("no-images"),
		Name: c.String("name"), Creator: c.String("creator"), License: c.String("license"), Program: version(), Now: p.now(),
	}
	if !slices.Contains(dataset.Formats(), o.Format) {
		return usage("", "read --format %q: it is none of %s", o.Format, oneOf(dataset.Formats()))
	}
	if c.String("out") == "" {
		return usage("", "corpus export needs --out DIR")
	}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) (err error) {
		if o.Filter.Channel, err = channelNamed(ctx, s, c.String("channel")); err != nil {
			return err
		}
		return p.export(ctx, s, c.String("out"), o)
	})
}

func (p *program) export(ctx context.Context, s *store.Store, final string, o dataset.Options) error {
	dir, err := stageDir(final)
	if err != nil {
		return err
	}
	defer dir.drop()
	step, done := p.sparse(true)
	o.Progress = func(n, all int) { step(n, all, "claims") }
	m, err := dataset.Write(ctx, s, dir.temp, o)
	done()
	if err == nil {
		err = dir.place()
	}
	if err != nil {
		return err
	}
	n := m.Counts
	p.say("%s about %s in %s (%d to train, %d to test), %d with a label, %s", counted(n.Claims, "claim"), counted(n.Sites, "site"),
		final, n.Splits["train"], n.Splits["test"], n.Claims-n.Labels[""], counted(n.Files, "picture"))
	return nil
}

// restore puts a dataset into a corpus and tells of it as of any import.
func (p *program) restore(ctx context.Context, to *store.Store, dir string, step func(done, all int, what string)) (*intake.Report, error) {
	r, err := dataset.Read(ctx, dir, to, func(n, all int) { step(n, all, "claims") })
	out := intake.NewReport(dir, "dataset")
	out.Messages, out.Claims, out.Postings, out.Pictures, out.Known = r.Claims, r.Added.Claims, r.Added.Postings, r.Added.Pictures, r.Added.Known
	out.Complete = err == nil
	if r.Missing > 0 {
		out.Notes = append(out.Notes, "the dataset was written without images: pictures and verdicts are not in it")
	}
	return out, err
}
