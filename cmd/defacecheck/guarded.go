package main

import (
	"context"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// guardianOf runs this program with args in a process of its own, and again where a claim
// ends that.
func (p *program) guardianOf(args []string) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		return guardian.Run(ctx, guardian.Config{Args: args, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Say: p.startedAgain})
	}
}

// startedAgain says why. A bar may stand where the line would.
func (p *program) startedAgain(why string) {
	if _, ok := terminal(p.stderr); ok {
		p.say("")
	}
	p.say("defacecheck: %s", plain.Text(why, maxError))
}

// guarded is a command that judges claims, any of which may end the process that does so: another
// process does it, where this one is no such process itself.
func (p *program) guarded(judge cli.ActionFunc) cli.ActionFunc {
	return func(c *cli.Context) (err error) {
		if p.guard == nil || c.Int("jobs") == 0 {
			return judge(c)
		}
		p.code, err = p.guard(c.Context)
		return err
	}
}
