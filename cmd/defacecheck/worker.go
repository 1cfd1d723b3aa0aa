package main

import (
	"context"

	"github.com/urfave/cli/v2"
)

func (p *program) workerCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "corpus", Usage: "judge claims that batches queued in postgres://USER@HOST/DATABASE, or in a `FILE`"},
		&cli.IntFlag{Name: "jobs", Value: defaultJobs, Usage: "judge `N` claims side by side, each with a browser"},
	}
	return &cli.Command{
		Name: "worker", Usage: "help to judge a corpus, from this or another machine, until interrupted", HideHelpCommand: true, ArgsUsage: " ",
		Description: "Takes claims that \"defacecheck batch\" queued, with the same version of the program and\n" +
			"the same --model, and waits for more. Give it the flags of the batch: each worker judges\n" +
			"with its own. Archives are asked at one pace by all workers together.",
		Flags: append(flags, judgingFlags()...), Action: p.guarded(p.worker), OnUsageError: asUsage,
	}
}

func (p *program) worker(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.Int("jobs") < 1 {
		return usage("", "read --jobs %d: a worker has at least 1", c.Int("jobs"))
	}
	return p.withDocket(c, func(ctx context.Context, d *docket) error {
		s, err := d.queue.Status(ctx, p.now())
		if err != nil {
			return err
		}
		p.say("waiting for claims, %d side by side; %s", c.Int("jobs"), d.contacts(c))
		p.follow(ctx, d, s)
		return p.summed(ctx, d, d.queue.Run(ctx, false))
	})
}
