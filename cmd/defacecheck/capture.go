package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
)

func (p *program) captureCommand() *cli.Command {
	flags := []cli.Flag{&cli.StringFlag{Name: "out", Usage: "write into `DIR`, which is made and must be empty if it is there"}}
	flags = append(flags, netFlags()...)
	flags = append(flags, browserFlags()...)
	return &cli.Command{
		Name: "capture", Usage: "keep a page as it is seen now", ArgsUsage: "URL", HideHelpCommand: true,
		Description: "Writes page.png (the whole page), viewport.png (the first screen), page.html,\n" +
			"text.json (visible text with boxes), response.json (status, redirects, TLS,\n" +
			"remote address, how the page was settled), requests.json and page.warc.gz.",
		Flags:  append(flags, commonFlags()...),
		Action: p.capture, OnUsageError: asUsage,
	}
}

func (p *program) capture(c *cli.Context) error {
	raw, err := oneArgument(c, "URL")
	if err != nil {
		return err
	}
	page, err := pageURL(raw)
	if err != nil {
		return err
	}
	if c.String("out") == "" {
		return usage("", "capture needs --out DIR")
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	dir, err := stageDir(c.String("out"))
	if err != nil {
		return err
	}
	defer dir.drop()
	seen, err := p.visit(ctx, c, page)
	if err != nil {
		return late(ctx, err)
	}
	if err := writeCapture(dir, seen); err != nil {
		return err
	}
	if err := dir.place(); err != nil {
		return err
	}
	p.say("wrote %s", c.String("out"))
	return nil
}

// visit captures the live page once. A page that could not be reached is an
// error here: there is nothing to keep.
func (p *program) visit(ctx context.Context, c *cli.Context, page string) (seen *capture.Capture, err error) {
	stand, _, err := p.openStand(ctx, c, page, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stand.Close()) }()
	p.say("%s", plan(page, true, nil, via(c)))
	seen, err = stand.Live(ctx, capture.Request{URL: page, FullPage: true, Bodies: true})
	switch {
	case err != nil:
		return nil, fmt.Errorf("capture %s: %w", capture.Redact(page), err)
	case seen.Validity == capture.Unreachable && seen.Err != nil:
		return nil, fmt.Errorf("capture %s: %w", capture.Redact(page), seen.Err)
	case seen.Validity == capture.Unreachable:
		return nil, fmt.Errorf("capture %s: %s", capture.Redact(page), seen.Reason)
	case seen.Validity != capture.OK:
		p.say("note: the page is %s: %s", seen.Validity, seen.Reason)
	}
	return seen, nil
}
