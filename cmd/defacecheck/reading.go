package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/reading"
)

// readingFlag switches the reading of text off.
func readingFlag() cli.Flag {
	return &cli.BoolFlag{Name: "no-reading", Usage: "do not read text off the picture, as without Tesseract"}
}

// setReader has text read off pictures where that is wanted and possible, and
// says in the result why it is not. A missing Tesseract is no failure.
func (p *program) setReader(ctx context.Context, c *cli.Context, opts *verify.Options) error {
	if c.Bool("no-reading") {
		opts.NotRead = "Text was not read off the picture, as --no-reading asks."
		return nil
	}
	engine, err := reading.Open(ctx, reading.Config{})
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, reading.ErrAbsent):
		opts.NotRead = "Text was not read off the picture, because " + reading.ErrAbsent.Error() + "."
	case err != nil:
		opts.NotRead = "Text was not read off the picture, because Tesseract does not answer."
		p.say("text is not read: %v", fmt.Errorf("open Tesseract: %w", err))
	default:
		opts.Reader = engine
	}
	return nil
}
