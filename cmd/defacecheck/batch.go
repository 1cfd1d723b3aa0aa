package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify"
)

func (p *program) batchCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "corpus", Usage: "judge the claims in `FILE` or postgres://USER@HOST/DATABASE that have no verdict of this version"},
		&cli.IntFlag{Name: "jobs", Value: defaultJobs, Usage: "judge `N` claims side by side, each with a browser; 0 leaves them to workers"},
		&cli.BoolFlag{Name: "again", Usage: "take up claims that were set aside"},
	}
	return &cli.Command{
		Name: "batch", Usage: "judge all pending claims of a corpus", HideHelpCommand: true, ArgsUsage: " ",
		Description: "A claim is pending when its picture is in the corpus and a verdict of this version\n" +
			"of the program and of the score model is not. A run that was ended in whatever way\n" +
			"is taken up by the next, and several may run on one corpus. \"batch status\" tells how\n" +
			"far they are. The exit code is 0 when every claim has a verdict or was set aside.",
		Flags: append(flags, judgingFlags()...), Action: p.guarded(p.batch), OnUsageError: asUsage,
		Subcommands: []*cli.Command{p.batchStatusCommand()},
	}
}

// judgingFlags say how claims are judged.
func judgingFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "reports", Usage: "write each claim's verdict.json and report.html into a folder of its own in `DIR`"},
		&cli.DurationFlag{Name: "claim-timeout", Value: queue.DefaultTimeout, Usage: "try a claim again later when it takes longer than `DURATION`"},
		&cli.BoolFlag{Name: "no-live", Usage: "do not visit pages as they are now"},
		&cli.IntFlag{Name: "captures", Value: verify.DefaultCaptures, Usage: "look at no more than `N` archived captures a claim"},
		versionsFlag(),
		&cli.Float64Flag{Name: "prior", Value: verify.DefaultPrior, Usage: "probability `P` of a genuine claim before the evidence, between 0 and 1"},
		&cli.StringFlag{Name: "model", Usage: "weigh evidence by the score model in `FILE`, not by the built-in one"},
		readingFlag(),
	}
	flags = append(flags, archiveFlags("without any, wayback")...)
	flags = append(flags, netFlags()...)
	flags = append(flags, browserFlags()...)
	return append(flags, &cli.DurationFlag{Name: "timeout", Usage: "end the run after `DURATION`, as an interrupt does; 0 never does"},
		&cli.StringFlag{Name: "log-level", Usage: "write a log to stderr from `LEVEL` on: debug, info, warn or error"})
}

func (p *program) batch(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.withDocket(c, func(ctx context.Context, d *docket) error {
		if c.Bool("again") && !p.ward.Restarted() {
			n, err := d.queue.TakeUp(ctx, p.now())
			if err != nil {
				return err
			}
			p.say("taken up again: %s set aside", was(n))
		}
		if _, err := d.queue.Enqueue(ctx); err != nil {
			return err
		}
		s, err := d.queue.Status(ctx, p.now())
		switch {
		case err != nil:
			return err
		case s.Left() == 0:
			p.say("nothing is pending: %s", tally(s))
			return nil
		case c.Int("jobs") == 0:
			p.say("%s waiting for workers", counted(s.Left(), "claim"))
			return nil
		}
		p.say("judging %s, %d side by side; %s", counted(s.Left(), "claim"), c.Int("jobs"), d.contacts(c))
		p.follow(ctx, d, s)
		return p.summed(ctx, d, d.queue.Run(ctx, true))
	})
}

// follow shows how far the queue is while it is worked on.
func (p *program) follow(ctx context.Context, d *docket, s *queue.Status) {
	d.progress.follow(ctx, s, func(ctx context.Context) (*queue.Status, error) { return d.queue.Status(ctx, p.now()) })
}

// summing is how long the state of the queue may take to be read at the end of a run that
// somebody waits for to end. With what else is to be done then it is less than guardian.Leave.
const summing = time.Second

// summed says how far the claims are after a run, and what ended it.
func (p *program) summed(ctx context.Context, d *docket, err error) error {
	d.progress.end()
	if errors.Is(err, queue.ErrAway) {
		return err
	}
	rest := ctx
	if ctx.Err() != nil {
		var cancel func()
		rest, cancel = context.WithTimeout(context.WithoutCancel(ctx), summing)
		defer cancel()
	}
	s, e := d.queue.Status(rest, p.now())
	if e != nil {
		return errors.Join(err, e)
	}
	p.say("%s", tally(s))
	if n := s.Left(); n > 0 {
		p.say("%s left: the same command goes on", counted(n, "claim"))
	}
	if n := len(s.SetAside); n > 0 {
		p.say(`"defacecheck batch status" tells why %s set aside`, was(n))
	}
	return err
}

func was(n int) string {
	if n == 1 {
		return "1 claim was"
	}
	return fmt.Sprintf("%d claims were", n)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
