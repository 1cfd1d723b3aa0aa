package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/verify/report"
)

func (p *program) demoCommand() *cli.Command {
	flags := append([]cli.Flag{
		&cli.StringFlag{Name: "out", Usage: "write the claims and their reports into `DIR`"},
	}, browserFlags()...)
	return &cli.Command{
		Name: "demo", Usage: "make a set of labelled claims and verify them, without the internet",
		HideHelpCommand: true,
		Description: "A small town's site in several dated versions, served and archived on this\n" +
			"machine, and claims about it that are true, false and undecidable. Each is\n" +
			"verified as a user would; the exit code is 1 when a verdict is not one that\n" +
			"a careful person would give.",
		Flags: append(flags, commonFlags()...), Action: p.demo, OnUsageError: asUsage,
	}
}

func (p *program) demo(c *cli.Context) error {
	if c.Args().Present() || c.String("out") == "" {
		return usage("", "demo takes no arguments and needs --out DIR")
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
	if _, err := tryOutDir(c.String("out")); err != nil {
		return err
	}
	p.say("making the claims: sites, archives and pictures (half a minute)")
	set, err := synth.Town(ctx, synth.Options{Dir: c.String("out"), Logger: log,
		Browser: browser.Config{Path: c.String("browser"), NoSandbox: c.Bool("no-sandbox"), Logger: log}})
	if err != nil {
		return late(ctx, err)
	}
	outcomes := make([]trial, 0, len(set.Claims))
	for i, claim := range set.Claims {
		p.say("%d/%d verifying %s", i+1, len(set.Claims), claim.Name)
		o := p.try(ctx, set, claim, browserArgs(c))
		if err := ctx.Err(); err != nil {
			return late(ctx, err)
		}
		outcomes = append(outcomes, o)
	}
	return p.printOutcomes(outcomes)
}

// browserArgs passes the browser's flags on.
func browserArgs(c *cli.Context) []string {
	var args []string
	if path := c.String("browser"); path != "" {
		args = append(args, "--browser", path)
	}
	if c.Bool("no-sandbox") {
		args = append(args, "--no-sandbox")
	}
	return args
}

// try verifies one claim through the command line, at the time for which the
// set was made, with its site served on loopback.
func (p *program) try(ctx context.Context, set *synth.Set, claim synth.Claim, more []string) trial {
	o := trial{claim: claim, dir: set.Path("reports/" + claim.Name)}
	resolve, stop, err := set.Serve(claim)
	if err != nil {
		o.failure = err.Error()
		return o
	}
	defer stop()
	args := append([]string{"defacecheck", "verify", "--json", "--url", claim.URL, "--claimed-at", claim.ClaimedAt,
		"--archive", set.Path(claim.Archive), "--out", o.dir}, more...)
	if claim.PostedAt != "" {
		args = append(args, "--posted-at", claim.PostedAt)
	}
	for _, r := range resolve {
		args = append(args, "--resolve", r)
	}
	var messages bytes.Buffer
	code := run(ctx, append(args, set.Path(claim.Picture)), nil, io.Discard, &messages, p.env, clockFrom(set.Now))
	if code == exitFailure || code == exitUsage {
		o.failure = messages.String()
		return o
	}
	o.read()
	return o
}

// clockFrom is a clock that shows t now and goes on from there.
func clockFrom(t time.Time) func() time.Time {
	began := time.Now()
	return func() time.Time { return t.Add(time.Since(began)) }
}

// read takes the verdict from the written report.
func (o *trial) read() {
	f, err := os.Open(filepath.Join(o.dir, report.JSONName))
	if err != nil {
		o.failure = err.Error()
		return
	}
	defer f.Close()
	if o.result, err = report.ReadJSON(f); err != nil {
		o.failure = fmt.Sprintf("read %s: %v", f.Name(), err)
	}
}
