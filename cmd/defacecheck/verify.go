package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture/witness"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
	"github.com/defacecheck/defacecheck/verify/score"
)

// maxCaptures bounds --captures and --versions: each costs seconds here and requests there.
const maxCaptures = 100

func (p *program) verifyCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "url", Usage: "the page that the picture is said to show: `URL`"},
		&cli.StringFlag{Name: "claimed-at", Usage: "when the page is said to have looked so: `TIME`, RFC 3339 or a date, which stands for the whole day in UTC"},
		&cli.StringFlag{Name: "posted-at", Usage: "when the picture was posted: `TIME`"},
		&cli.StringFlag{Name: "notifier", Usage: "who is said to have made or told of it: `NAME`, looked for in the picture"},
		&cli.StringFlag{Name: "words", Usage: "words that the picture is said to show: `TEXT`, looked for in it"},
		&cli.BoolFlag{Name: "no-live", Usage: "do not visit the page as it is now"},
		&cli.IntFlag{Name: "captures", Value: verify.DefaultCaptures, Usage: "look at no more than `N` archived captures"},
		versionsFlag(),
		&cli.StringFlag{Name: "corpus", Usage: "look for the picture among the claims in `FILE` or a PostgreSQL database (postgres://USER@HOST/DATABASE), and keep this one, its picture and its verdict there; a file is made where there is none"},
		&cli.Float64Flag{Name: "prior", Value: verify.DefaultPrior, Usage: "probability `P` of a genuine claim before the evidence, between 0 and 1"},
		&cli.StringFlag{Name: "model", Usage: "weigh evidence by the score model in `FILE`, not by the built-in one"},
		&cli.StringFlag{Name: "out", Usage: "write verdict.json and report.html into `DIR`"},
		readingFlag(),
		jsonFlag(),
		&cli.BoolFlag{Name: "exit-zero", Usage: "exit with 0 whatever the verdict is; failures keep their codes"},
	}
	flags = append(flags, archiveFlags("without any, wayback")...)
	flags = append(flags, netFlags()...)
	flags = append(flags, browserFlags()...)
	return &cli.Command{
		Name: "verify", Usage: "judge one claim: this picture is what this URL showed",
		ArgsUsage: "IMAGE", HideHelpCommand: true,
		Description: "IMAGE may stand before or behind the flags; - reads it from standard input.\n\n" + exitCodesHelp,
		Flags:       append(flags, commonFlags()...),
		Action:      p.verify, OnUsageError: asUsage,
	}
}

func versionsFlag() cli.Flag {
	return &cli.IntFlag{Name: "versions", Value: verify.DefaultVersions, Usage: "look at no more than `N` older captures besides, for the version of the page that a picture was made from, where no capture shows it and a part of the page is in it"}
}

func (p *program) verify(c *cli.Context) (err error) {
	claim, err := p.claim(c)
	if err != nil {
		return err
	}
	opts, err := p.verifyOptions(c)
	if err != nil {
		return err
	}
	out, err := tryOutDir(c.String("out"))
	if err != nil {
		return err
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	if err := p.setReader(ctx, c, &opts); err != nil {
		out.undo()
		return late(ctx, err)
	}
	known, err := openCorpus(ctx, c.String("corpus"))
	if err != nil {
		out.undo()
		return late(ctx, err)
	}
	var j *verify.Judgement
	if opts.Precedents, err = p.precedents(ctx, known); err == nil {
		j, err = p.judge(ctx, c, claim, opts)
	}
	if err == nil { // a verdict that could not be shown is kept all the same
		err = errors.Join(p.show(c, j), known.record(ctx, j.Result, claim.Picture))
	}
	if err = errors.Join(err, known.close()); err != nil {
		out.undo()
		return late(ctx, err)
	}
	if !c.Bool("exit-zero") {
		p.code = verdictCode(j.Result.Verdict.Word)
	}
	return nil
}

// claim reads what somebody says from the command line.
func (p *program) claim(c *cli.Context) (verify.Claim, error) {
	claim := verify.Claim{ReadAt: p.now().UTC()}
	image, err := oneArgument(c, "IMAGE")
	if err != nil {
		return claim, err
	}
	if c.String("url") == "" {
		return claim, usage("a claim is a picture and the address it is said to show", "verify needs --url")
	}
	if claim.URL, err = pageURL(c.String("url")); err != nil {
		return claim, err
	}
	if claim.ClaimedAt, err = parseTime("claimed-at", c.String("claimed-at"), p.now()); err != nil {
		return claim, err
	}
	if claim.PostedAt, err = parseTime("posted-at", c.String("posted-at"), p.now()); err != nil {
		return claim, err
	}
	if err := checkOrder(claim.ClaimedAt, claim.PostedAt); err != nil {
		return claim, err
	}
	if claim.Notifier, err = phrase(c, "notifier"); err != nil {
		return claim, err
	}
	if claim.Words, err = phrase(c, "words"); err != nil {
		return claim, err
	}
	if claim.Picture, err = p.readPicture(image); err != nil {
		return claim, err
	}
	claim.Name = filepath.Base(image)
	return claim, nil
}

// maxPhrase bounds a name or words to be looked for, in bytes: a paragraph.
const maxPhrase = 1000

// phrase is a text of the claim's own.
func phrase(c *cli.Context, flag string) (string, error) {
	text := strings.TrimSpace(c.String(flag))
	if len(text) > maxPhrase || !utf8.ValidString(text) {
		return "", usage("", "read --%s: it must be text of at most %d bytes", flag, maxPhrase)
	}
	return text, nil
}

// readPicture reads the file and refuses by its header what is no picture,
// before anybody is contacted for it.
func (p *program) readPicture(name string) ([]byte, error) {
	data, err := p.readFile(name, picture.DefaultBytes)
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	if _, err := picture.Check(data, picture.Limits{}); err != nil {
		return nil, fmt.Errorf("read picture %s: %w", filepath.Base(name), err)
	}
	return data, nil
}

func (p *program) verifyOptions(c *cli.Context) (verify.Options, error) {
	opts := verify.Options{
		Program: "defacecheck " + version(), Prior: c.Float64("prior"), Live: !c.Bool("no-live"),
		Captures: c.Int("captures"), Versions: c.Int("versions"), Notes: settings(c),
	}
	switch {
	case !(opts.Prior > 0 && opts.Prior < 1):
		return opts, usage("0.5 is neutral", "read --prior %v: it must lie between 0 and 1, both excluded", opts.Prior)
	case opts.Captures < 1 || opts.Captures > maxCaptures:
		return opts, usage("", "read --captures %d: it must be from 1 to %d", opts.Captures, maxCaptures)
	case opts.Versions < 0 || opts.Versions > maxCaptures:
		return opts, usage("", "read --versions %d: it must be from 0 to %d", opts.Versions, maxCaptures)
	case opts.Versions == 0:
		opts.Versions = -1 // none, and not the default
	}
	var err error
	if opts.Model, err = p.model(c.String("model")); err != nil {
		return opts, err
	}
	return opts, nil
}

// model reads the score model of --model; nil is the built-in one.
func (p *program) model(name string) (*score.Model, error) {
	if name == "" {
		return nil, nil
	}
	data, err := p.readFile(name, maxSmallFile)
	if err != nil {
		return nil, fmt.Errorf("read score model: %w", err)
	}
	m, err := score.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("read score model %s: %w", name, err)
	}
	own, err := score.Embedded()
	if err != nil {
		return nil, err
	}
	if err := m.Covers(own); err != nil {
		return nil, fmt.Errorf("use score model %s: %w", name, err)
	}
	return m, nil
}

// judge opens the witnesses, says who will be contacted, and has them heard.
func (p *program) judge(ctx context.Context, c *cli.Context, claim verify.Claim, opts verify.Options) (j *verify.Judgement, err error) {
	specs := c.StringSlice("archive")
	if len(specs) == 0 {
		specs = []string{"wayback"}
	}
	visited := ""
	if opts.Live {
		visited = claim.URL
	}
	stand, archives, err := p.openStand(ctx, c, visited, specs)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stand.Close()) }()
	p.say("%s", plan(claim.URL, opts.Live, archives, via(c)))
	return p.hear(ctx, claim, stand, opts)
}

func (p *program) hear(ctx context.Context, claim verify.Claim, stand *witness.Stand, opts verify.Options) (*verify.Judgement, error) {
	step, done := p.progress()
	opts.Browser, opts.Progress = stand.Version, step
	j, err := verify.Judge(ctx, claim, stand, opts)
	done()
	if err != nil {
		return nil, err
	}
	j.Result.Notes = append(j.Result.Notes, stand.Warnings()...)
	return j, nil
}

// show writes the report files and prints the result.
func (p *program) show(c *cli.Context, j *verify.Judgement) error {
	if dir := c.String("out"); dir != "" {
		if err := report.WriteDir(dir, j); err != nil {
			return err
		}
		p.say("wrote %s and %s", filepath.Join(dir, report.JSONName), filepath.Join(dir, report.HTMLName))
	}
	if c.Bool("json") {
		return report.JSON(p.stdout, j.Result)
	}
	width, isTerminal := terminal(p.stdout)
	return report.Terminal(p.stdout, j.Result, width, isTerminal && p.env("NO_COLOR") == "" && p.env("TERM") != "dumb")
}
