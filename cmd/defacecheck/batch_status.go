package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

func (p *program) batchStatusCommand() *cli.Command {
	return &cli.Command{
		Name: "status", Usage: "tell how far the judging of a corpus is", HideHelpCommand: true, ArgsUsage: " ",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "corpus", Usage: "of the corpus `FILE` or postgres://USER@HOST/DATABASE"},
			&cli.StringFlag{Name: "model", Usage: "with the score model in `FILE`, not the built-in one"},
			jsonFlag(),
		},
		Action: p.batchStatus, OnUsageError: asUsage,
	}
}

func (p *program) batchStatus(c *cli.Context) (err error) {
	if err := noArguments(c); err != nil {
		return err
	}
	opts := verify.Options{Program: "defacecheck " + version()}
	if opts.Model, err = p.model(c.String("model")); err != nil {
		return err
	}
	v, err := versionOf(opts)
	if err != nil {
		return err
	}
	s, err := openExisting(c.Context, c)
	if err != nil {
		return err
	}
	defer s.Close()
	q, err := queue.Open(c.Context, s, v, queue.Options{})
	if err != nil {
		return err
	}
	state, err := q.Status(c.Context, p.now())
	if err != nil {
		return err
	}
	if c.Bool("json") {
		data, err := document(state)
		if err == nil {
			_, err = p.stdout.Write(data)
		}
		return err
	}
	_, err = fmt.Fprint(p.stdout, stateText(state))
	return err
}

// stateText is the state for people.
func stateText(s *queue.Status) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", tally(s))
	if n := s.Left(); n > 0 {
		fmt.Fprintf(&b, "%d waiting, %d being judged, %d not queued yet", s.Waiting, s.Running, s.Unqueued)
		if s.PutOff > 0 {
			fmt.Fprintf(&b, "; %d of them put off by the limits of archives", s.PutOff)
		}
		if s.Retried > 0 {
			fmt.Fprintf(&b, "; %d of them failed before", s.Retried)
		}
		fmt.Fprintf(&b, "\n%s at work, %.1f claims a minute over the last %.0f minutes\n", processes(s.Workers),
			s.PerMinute, queue.RateSpan.Minutes())
	}
	for _, a := range s.SetAside {
		fmt.Fprintf(&b, "set aside: %.12s %s after %d tries: %s\n", a.Claim, plain.Text(plain.Defang(a.URL), maxStep), a.Tries, plain.Text(a.Reason, maxStep))
	}
	return b.String()
}

// tally is how claims came out, in one line.
func tally(s *queue.Status) string {
	parts := []string{}
	for _, o := range outcome.Given() {
		if n := s.Verdicts[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o.Short()))
		}
	}
	if n := len(s.SetAside); n > 0 {
		parts = append(parts, fmt.Sprintf("%d set aside", n))
	}
	if len(parts) == 0 {
		return "0 claims judged"
	}
	return fmt.Sprintf("%s judged: %s", counted(s.Judged, "claim"), strings.Join(parts, ", "))
}

func processes(n int) string {
	if n == 1 {
		return "1 process is"
	}
	return fmt.Sprintf("%d processes are", n)
}
