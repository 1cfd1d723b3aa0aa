package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
	"github.com/defacecheck/defacecheck/corpus/synth/site"
)

func (p *program) synthCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringSliceFlag{Name: "sites", Usage: "take the sites from `DIR|WARC`: the sub-folders of a folder, each with an index.html, or the hosts that a .warc, .warc.gz or .wacz file has pages of; may be repeated"},
		&cli.StringFlag{Name: "defacements", Usage: "take further defacements from the sub-folders of `DIR`, a family each; without it, the program's own alone"},
		&cli.StringFlag{Name: "out", Usage: "make the corpus in `DIR`, or what is missing of it there"},
		&cli.Uint64Flag{Name: "seed", Usage: "draw everything by `N`: the same number gives the same corpus"},
		&cli.IntFlag{Name: "claims", Usage: "make `N` claims, the classes in turn; without it, one of each class"},
		&cli.StringSliceFlag{Name: "classes", Usage: "make claims of `CLASS` alone; may be repeated, or hold several with commas"},
		&cli.IntFlag{Name: "jobs", Value: casebook.DefaultJobs, Usage: "run `N` browsers side by side"},
	}
	flags = append(flags, browserFlags()...)
	flags = append(flags, &cli.DurationFlag{Name: "timeout", Usage: "give up after `DURATION`; 0 never does"})
	return &cli.Command{
		Name: "synth", Usage: "make labelled claims with real browsers, without the internet",
		HideHelpCommand: true, Description: classesHelp(),
		Flags: flags, Action: p.synth, OnUsageError: asUsage,
	}
}

// classesHelp lists the classes.
func classesHelp() string {
	var b strings.Builder
	b.WriteString("A run that was ended can be started again: complete claims are kept.\n\nThe classes, in the order in which claims take turns:\n")
	for _, c := range casebook.Classes() {
		fmt.Fprintf(&b, "\n%s (%s)\n  %s", c.Name, strings.ReplaceAll(string(c.Truth), "_", " "), c.What)
	}
	return b.String()
}

func (p *program) synth(c *cli.Context) error {
	if c.Args().Present() || len(c.StringSlice("sites")) == 0 || c.String("out") == "" || !c.IsSet("seed") {
		return usage("", "corpus synth takes no arguments and needs --sites DIR|WARC, --out DIR and --seed N")
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	out, err := tryOutDir(c.String("out"))
	if err != nil {
		return err
	}
	var classes []string
	for _, s := range c.StringSlice("classes") {
		classes = append(classes, strings.Split(s, ",")...)
	}
	began := p.now()
	step, done := p.counter(true)
	m, err := casebook.Make(ctx, casebook.Options{Sites: c.StringSlice("sites"), Defacements: c.String("defacements"), Out: c.String("out"),
		Seed: c.Uint64("seed"), Claims: c.Int("claims"), Classes: classes, Jobs: c.Int("jobs"),
		Camera: c.String("browser"), NoSandbox: c.Bool("no-sandbox"), Program: release, Progress: step})
	done()
	if err != nil {
		out.undo()
		for _, kind := range []error{casebook.ErrOptions, casebook.ErrAnother, site.ErrNoSites} {
			if errors.Is(err, kind) {
				return usage("", "%w", err)
			}
		}
		return late(ctx, err)
	}
	if n := len(m.LeftOut); n > 0 {
		p.say("%d more were left out, for their pictures resemble some of the other side of the split; %s names them", n, casebook.ManifestName)
	}
	p.say("%d claims in %s, after %v", len(m.Claims), c.String("out"), p.now().Sub(began).Round(time.Second))
	return nil
}
