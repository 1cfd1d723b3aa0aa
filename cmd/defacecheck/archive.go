package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/witness"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// listSchema names the shape of what "archive list --json" prints.
const listSchema = "defacecheck/timemap/1"

func (p *program) archiveCommand() *cli.Command {
	flags := append([]cli.Flag{
		&cli.StringFlag{Name: "from", Usage: "list captures from `TIME` on"},
		&cli.StringFlag{Name: "to", Usage: "list captures up to `TIME`"},
		jsonFlag(),
	}, archiveFlags("without any, wayback")...)
	flags = append(flags,
		&cli.StringFlag{Name: "proxy", Usage: "go out through `URL`: socks5://, socks5h:// or http:// with host and port"},
		&cli.StringFlag{Name: "trust-ca", Usage: "accept the certificates in the PEM `FILE` besides the system's"})
	return &cli.Command{
		Name: "archive", Usage: "ask archives", HideHelpCommand: true, OnUsageError: asUsage,
		Subcommands: []*cli.Command{{
			Name: "list", Usage: "list the captures of a page", ArgsUsage: "URL", HideHelpCommand: true,
			Flags: append(flags, commonFlags()...), Action: p.list, OnUsageError: asUsage,
		}},
	}
}

// listing is what "archive list --json" prints.
type listing struct {
	Schema   string          `json:"schema"`
	URL      string          `json:"url"`
	Mementos capture.TimeMap `json:"mementos"` // oldest first
	Troubles []trouble       `json:"troubles"` // archives that could not answer: not the same as having none
	Warnings []string        `json:"warnings"`
}

type trouble struct {
	Archive string `json:"archive"`
	Error   string `json:"error"`
}

func (p *program) list(c *cli.Context) (err error) {
	raw, err := oneArgument(c, "URL")
	if err != nil {
		return err
	}
	page, err := pageURL(raw)
	if err != nil {
		return err
	}
	from, to, err := p.bounds(c)
	if err != nil {
		return err
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	specs := c.StringSlice("archive")
	if len(specs) == 0 {
		specs = []string{"wayback"}
	}
	stand, archives, err := p.openStand(ctx, c, "", specs)
	if err != nil {
		return late(ctx, err)
	}
	defer func() { err = errors.Join(err, stand.Close()) }()
	p.say("%s", plan(page, false, archives, via(c)))
	return late(ctx, p.printList(ctx, stand, c.Bool("json"), page, from, to))
}

// bounds reads --from and --to.
func (p *program) bounds(c *cli.Context) (from, to time.Time, err error) {
	f, err := parseTime("from", c.String("from"), p.now())
	if err != nil {
		return from, to, err
	}
	t, err := parseTime("to", c.String("to"), p.now())
	if err != nil {
		return from, to, err
	}
	if !t.IsZero() && t.To.Before(f.From) {
		return from, to, usage("", "--to (%s) is before --from (%s)", c.String("to"), c.String("from"))
	}
	return f.From, t.To, nil
}

// printList asks and prints. It fails when no archive could answer; when some
// could, the others are named on stderr.
func (p *program) printList(ctx context.Context, stand *witness.Stand, asJSON bool, page string, from, to time.Time) error {
	tm, troubles := stand.TimeMap(ctx, page, from, to)
	var failed []error
	doc := listing{Schema: listSchema, URL: page, Mementos: orEmpty(tm), Troubles: []trouble{}, Warnings: orEmpty(stand.Warnings())}
	for _, t := range troubles {
		failed = append(failed, fmt.Errorf("ask %s: %w", t.Source, t.Err))
		doc.Troubles = append(doc.Troubles, trouble{t.Source, t.Err.Error()})
		p.say("could not ask %s: %s", t.Source, plain.Text(t.Err.Error(), maxError))
	}
	for _, w := range doc.Warnings {
		p.say("warning: %s", plain.Text(w, maxError))
	}
	if ctx.Err() != nil || len(failed) > 0 && len(tm) == 0 {
		return errors.Join(append(failed, ctx.Err())...)
	}
	if asJSON {
		data, err := document(doc)
		if err != nil {
			return err
		}
		_, err = p.stdout.Write(data)
		return err
	}
	return p.table(tm)
}

func (p *program) table(tm capture.TimeMap) error {
	if len(tm) == 0 {
		_, err := fmt.Fprintln(p.stdout, "No captures. That says nothing of what the page showed.")
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "TIME (UTC)\tSTATUS\tTYPE\tDIGEST\tARCHIVE")
	for _, m := range tm {
		status := "-"
		switch {
		case m.Revisit:
			status = "same"
		case m.Status != 0:
			status = fmt.Sprint(m.Status)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", m.At.UTC().Format("2006-01-02 15:04:05"), status,
			cell(m.MIME), cell(m.Digest), cell(m.Archive))
	}
	return w.Flush()
}

// cell is text of an archive as one safe cell.
func cell(s string) string {
	if s = plain.Text(s, 60); s == "" {
		return "-"
	}
	return s
}
