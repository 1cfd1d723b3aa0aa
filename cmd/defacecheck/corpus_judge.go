package main

import (
	"errors"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/evaluate/hearing"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

func (p *program) judgeCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "claims", Usage: "judge the corpus in `DIR`, as \"corpus synth\" made it"},
		&cli.StringFlag{Name: "out", Usage: "write a row a claim to `FILE`, JSON Lines of " + rows.Schema + "; rows that are there are kept"},
		&cli.StringFlag{Name: "split", Usage: "judge only the claims of `SIDE`, train or test: a model that is there is measured on the second alone"},
		&cli.IntFlag{Name: "first", Usage: "judge only the first `N` claims, of the side if one is named; 0 judges all"},
		&cli.StringFlag{Name: "reports", Usage: "write each claim's verdict.json and report.html into a sub-folder of `DIR`, to look at single cases"},
		&cli.IntFlag{Name: "jobs", Value: hearing.DefaultJobs, Usage: "judge `N` claims side by side, each with a browser"},
		readingFlag(),
	}
	flags = append(flags, browserFlags()...)
	return &cli.Command{
		Name: "judge", Usage: "verify every claim of a made corpus and write what was found as rows", ArgsUsage: " ", HideHelpCommand: true,
		Description: "Sites are served on loopback under their own names, and archives are the claims'\n" +
			"files: nothing is asked of the internet. A run that was ended can be started again.",
		Flags: append(flags, &cli.DurationFlag{Name: "timeout", Usage: "give up after `DURATION`; 0 never does"},
			&cli.StringFlag{Name: "log-level", Usage: "write a log to stderr from `LEVEL` on: debug, info, warn or error"}),
		Action: p.judgeCorpus, OnUsageError: asUsage,
	}
}

func (p *program) judgeCorpus(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.String("claims") == "" || c.String("out") == "" || c.Int("first") < 0 || c.Int("jobs") < 1 {
		return usage("", "corpus judge needs --claims DIR and --out FILE, --first of 0 or more and --jobs of 1 or more")
	}
	log, err := p.logger(c)
	if err != nil {
		return err
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	opts := verify.Options{Program: "defacecheck " + version()}
	if err := p.setReader(ctx, c, &opts); err != nil {
		return late(ctx, err)
	}
	var keep hearing.Reporter
	if dir := c.String("reports"); dir != "" {
		keep = func(claim string, j *verify.Judgement) error { return report.WriteDir(filepath.Join(dir, claim), j) }
	}
	step, done := p.counter(true)
	err = hearing.Run(ctx, hearing.Options{Corpus: c.String("claims"), Out: c.String("out"), Split: c.String("split"), Claims: c.Int("first"), Jobs: c.Int("jobs"), Verify: opts,
		Program: version(), Browser: browser.Config{Path: c.String("browser"), NoSandbox: c.Bool("no-sandbox"), Logger: log}, Report: keep, Progress: step})
	done()
	if errors.Is(err, hearing.ErrAnother) {
		return usage("name another --out", "%w", err)
	}
	if errors.Is(err, hearing.ErrNoClaims) {
		return usage("", "%w", err)
	}
	return late(ctx, err)
}
