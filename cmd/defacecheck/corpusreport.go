package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/channel"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
)

func (p *program) reportCommand() *cli.Command {
	return &cli.Command{
		Name: "report", Usage: "tell what became of all the claims that a channel posted", ArgsUsage: " ", HideHelpCommand: true,
		Description: "How each claim came out, what share may be genuine, which pictures return, how much\n" +
			"public the claimed sites have, and all of it over time. Nobody is asked anything.\n\n" +
			"Pictures are compared, which takes about a second each the first time. What was compared\n" +
			"is kept in the corpus, also where the run is interrupted: the same command goes on.",
		Flags: append(keptFlags(),
			&cli.StringFlag{Name: "channel", Usage: "take the claims that `NAME` posted, as \"corpus list --channels\" shows it"},
			&cli.StringFlag{Name: "out", Usage: "write channel.html, channel.json, claims.csv and sites.csv into `DIR`, which must be new or empty"},
			&cli.StringFlag{Name: "ranks", Usage: "look claimed sites up in the rank list in `FILE`: lines of rank and domain, as Tranco publishes it"},
			&cli.StringFlag{Name: "reports", Usage: "link to the claims' own reports in `DIR`, as \"batch --reports\" writes them"},
			jsonFlag(),
		),
		Action: p.corpusReport, OnUsageError: asUsage,
	}
}

func (p *program) corpusReport(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.String("channel") == "" {
		return usage("", "corpus report needs --corpus FILE and --channel NAME")
	}
	var out *staged // before the work, which must not end at a forbidden place
	if dir := c.String("out"); dir != "" {
		var err error
		if out, err = stageDir(dir); err != nil {
			return err
		}
		defer out.drop()
	}
	return p.withCorpus(c, func(ctx context.Context, corpus *store.Store) error {
		s, err := p.studied(ctx, c, corpus)
		if err != nil {
			return err
		}
		if err := p.writeChannel(ctx, c, out, s, corpus); err != nil {
			return err
		}
		if c.Bool("json") {
			return s.JSON(p.stdout)
		}
		_, err = fmt.Fprintln(p.stdout, strings.Join(s.Sentences, "\n"))
		return err
	})
}

// studied makes the record.
func (p *program) studied(ctx context.Context, c *cli.Context, corpus *store.Store) (*channel.Study, error) {
	name, err := channelNamed(ctx, corpus, c.String("channel"))
	if err != nil {
		return nil, err
	}
	o := channel.Options{Channel: name, Program: "defacecheck " + version(), Grouper: comparing{p, corpus}}
	if name := c.String("ranks"); name != "" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("open rank list: %w", err)
		}
		defer f.Close()
		o.Ranks = f
	}
	return channel.Of(ctx, corpus.Records(ctx, store.Filter{Channel: o.Channel}), o)
}

// writeChannel puts the record's files into place together; nil is nowhere.
func (p *program) writeChannel(ctx context.Context, c *cli.Context, out *staged, s *channel.Study, corpus *store.Store) error {
	if out == nil {
		return nil
	}
	step, end := p.counter(true)
	defer end()
	view := channel.View{Pictures: decoded(corpus), Link: linker(c.String("out"), c.String("reports")),
		Step: func(done, all int) { step(done, all, "pictures") }}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"channel.html", func(w io.Writer) error { return s.HTML(ctx, w, view) }},
		{"channel.json", s.JSON}, {"claims.csv", s.ClaimsCSV}, {"sites.csv", s.SitesCSV},
	} {
		var b bytes.Buffer
		err := f.write(&b)
		if err == nil {
			err = out.write(f.name, b.Bytes())
		}
		if err != nil {
			return err
		}
	}
	return out.place()
}

// decoded reads pictures of the corpus in a child process.
func decoded(corpus *store.Store) channel.Pictures {
	return func(ctx context.Context, sha256 string) (image.Image, error) {
		data, err := corpus.File(ctx, sha256)
		if err != nil {
			return nil, err
		}
		x, err := picture.Read(ctx, data)
		if err != nil {
			return nil, err
		}
		return x.Image, nil
	}
}

// linker gives the addresses, relative to the page in out, of the reports that are in
// the sub-folders of dir. "" has none.
func linker(out, dir string) func(claim string) string {
	if dir == "" || out == "" {
		return nil
	}
	return func(claim string) string {
		if strings.Trim(claim, "0123456789abcdef") != "" { // no path but the name of a claim
			return ""
		}
		name := filepath.Join(dir, claim, report.HTMLName)
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return ""
		}
		from, err := filepath.Abs(out)
		to, err2 := filepath.Abs(name)
		rel, err3 := filepath.Rel(from, to)
		if errors.Join(err, err2, err3) != nil {
			return ""
		}
		return (&url.URL{Path: filepath.ToSlash(rel)}).String()
	}
}
