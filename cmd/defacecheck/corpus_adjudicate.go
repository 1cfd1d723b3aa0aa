package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
)

func (p *program) adjudicateCommand() *cli.Command {
	return &cli.Command{
		Name: "adjudicate", Usage: "keep what a person decided about a claim, with the reason", ArgsUsage: " ", HideHelpCommand: true,
		Description: "Nothing that was decided before is overwritten: who changes their mind decides\n" +
			"again, and the newest decision is the one that counts.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "claim", Usage: "the claim of `ID`, or of an id that begins so"},
			&cli.StringFlag{Name: "truth", Usage: "decide for `TRUTH`: genuine, edited, misattributed, not_defaced, or unclear where it cannot be told"},
			&cli.StringFlag{Name: "reason", Usage: "why: `TEXT`"},
			&cli.StringFlag{Name: "by", Usage: "who decides: `NAME`"},
		}, keptFlags()...),
		Action: p.adjudicate, OnUsageError: asUsage,
	}
}

func (p *program) adjudicate(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	for _, flag := range []string{"claim", "truth", "reason", "by"} {
		if c.String(flag) == "" {
			return usage("", "corpus adjudicate needs --claim ID, --truth TRUTH, --reason TEXT and --by NAME; --%s is missing", flag)
		}
	}
	a := corpus.Adjudication{At: p.now(), By: c.String("by"), Truth: rows.Truth(c.String("truth")), Reason: c.String("reason")}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		id, err := s.Resolve(ctx, c.String("claim"))
		if err != nil {
			return err
		}
		if err := s.Adjudicate(ctx, id, a); errors.Is(err, store.ErrUnfounded) {
			return usage("", "%w", err)
		} else if err != nil {
			return err
		}
		p.say("claim %.12s: %s", id, a.Truth)
		return nil
	})
}
