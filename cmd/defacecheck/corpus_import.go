package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/dataset"
	"github.com/defacecheck/defacecheck/corpus/intake"
	"github.com/defacecheck/defacecheck/verify/report"
)

func (p *program) importCommand() *cli.Command {
	return &cli.Command{
		Name: "import", Usage: "take in the claims of a channel, a table, a folder or a mirror", ArgsUsage: "PATH", HideHelpCommand: true,
		Description: "PATH is a file or a folder: a Telegram Desktop export (result.json), a CSV or JSONL\n" +
			"file, a folder of pictures with sidecars, a mirror with a folder for each claim, or\n" +
			"a dataset that \"corpus export\" wrote. README.md shows an example of each. Nothing is\n" +
			"asked of the internet, and nothing is kept twice.\n\n" +
			"Exit codes: 0 all was taken, 5 done, and some could not be taken (--json lists it),\n" +
			"1 failure, 2 usage, 130 interrupted; what was taken until then is kept.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "corpus", Usage: "keep the claims in `FILE`, made where there is none, or in a PostgreSQL database: postgres://USER@HOST/DATABASE"},
			&cli.StringFlag{Name: "format", Value: string(intake.Auto), Usage: "read PATH as `FORMAT`: " + oneOf(intake.Formats())},
			&cli.StringFlag{Name: "channel", Usage: "call the channel `NAME`, whatever the source says"},
			&cli.StringSliceFlag{Name: "chat", Usage: "of a Telegram export, take only the chat of that `NAME`, id or type; may be repeated; without it, all but personal ones"},
			&cli.StringFlag{Name: "pair", Value: string(intake.PairSure), Usage: "where a message has several pictures and several addresses, take `WHICH`: " +
				"sure (none), order (the first with the first, where there are as many) or all (every pair)"},
			&cli.StringSliceFlag{Name: "ignore-host", Usage: "never take an address of `HOST`, or below it, for the victim's; may be repeated; messengers, mirrors and archives are known"},
			&cli.StringSliceFlag{Name: "keep-host", Usage: "take addresses of `HOST` although it is known as a messenger, mirror or archive; may be repeated"},
			jsonFlag(),
			&cli.DurationFlag{Name: "timeout", Usage: "give up after `DURATION`; 0 never does"},
		},
		Action: p.importClaims, OnUsageError: asUsage,
	}
}

// oneOf lists what a flag may be.
func oneOf[S ~string](all []S) string {
	var out []string
	for _, s := range all {
		out = append(out, string(s))
	}
	return strings.Join(out, ", ")
}

func (p *program) importClaims(c *cli.Context) error {
	source, err := oneArgument(c, "PATH")
	if err != nil {
		return err
	}
	opts, err := p.importOptions(c)
	if err != nil {
		return err
	}
	ctx, cancel, err := deadline(c)
	if err != nil {
		return err
	}
	defer cancel()
	if _, err := os.Stat(source); err != nil { // no corpus is made for nothing
		return fmt.Errorf("import: %w", err)
	}
	known, err := openCorpus(ctx, c.String("corpus"))
	if err != nil {
		return late(ctx, err)
	}
	r, err := p.take(ctx, known, source, opts)
	err = errors.Join(err, known.close())
	if asked := (*usageError)(nil); err == nil || r.Messages > 0 && !errors.As(err, &asked) {
		err = errors.Join(err, p.showImport(c, r))
	}
	if err == nil && r.Lost() > 0 {
		p.code = exitPartly
	}
	return late(ctx, err)
}

func (p *program) take(ctx context.Context, to *corpusFile, source string, opts intake.Options) (*intake.Report, error) {
	step, done := p.counter(true)
	defer done()
	if dataset.Is(source) && opts.Format == intake.Auto {
		return p.restore(ctx, to.store, source, step)
	}
	opts.Progress = func(done, all int64, what string) { step(int(done), int(all), what) }
	r, err := intake.Import(ctx, to.store, source, opts)
	switch {
	case errors.Is(err, intake.ErrUnknownFormat), errors.Is(err, intake.ErrNoColumns):
		err = usage(`"defacecheck corpus import --help" tells what can be read`, "%w", err)
	case errors.Is(err, intake.ErrHTMLExport):
		err = usage(`in Telegram Desktop: "Export chat history", format "Machine-readable JSON", photos included; a mirror that only looks like one is read with --format mirror`, "%w", err)
	case errors.Is(err, intake.ErrNoChat):
		err = usage("name one of these with --chat, by name or id", "%w", err)
	}
	return r, err
}

func (p *program) importOptions(c *cli.Context) (intake.Options, error) {
	o := intake.Options{
		Format: intake.Format(c.String("format")), Pairing: intake.Pairing(c.String("pair")),
		Channel: c.String("channel"), Chats: c.StringSlice("chat"),
		Ignore: c.StringSlice("ignore-host"), Keep: c.StringSlice("keep-host"), Now: p.now(),
	}
	switch {
	case c.String("corpus") == "":
		return o, usage("", "corpus import needs --corpus FILE")
	case !slices.Contains(intake.Formats(), o.Format):
		return o, usage("", "read --format %q: it is none of %s", o.Format, oneOf(intake.Formats()))
	case !slices.Contains(intake.Pairings(), o.Pairing):
		return o, usage("", "read --pair %q: it is none of %s", o.Pairing, oneOf(intake.Pairings()))
	}
	return o, nil
}

// showImport prints what was taken, and what was not by reason.
func (p *program) showImport(c *cli.Context, r *intake.Report) error {
	if c.Bool("json") {
		doc, err := document(r)
		if err == nil {
			_, err = p.stdout.Write(doc)
		}
		return err
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) {
		fmt.Fprintf(w, "%s\t%s\n", label, report.Safe(fmt.Sprintf(format, args...)))
	}
	line("read", "%s (%s)", counted(r.Messages, "message"), r.Format)
	line("took", "%s, %s and %s that were not known", counted(r.Claims, "claim"), counted(r.Postings, "posting"), counted(r.Pictures, "picture"))
	line("known", "%s", counted(r.Known, "posting"))
	if r.Edited > 0 {
		line("edited", "%s since an earlier import; \"corpus show\" tells of a claim what was said first and what later", counted(r.Edited, "known message"))
	}
	for _, why := range r.ByCount() {
		line("left", "%d %s", r.Reasons[why], why.Sentence(r.Reasons[why]))
	}
	if n := len(r.Ignored); n > 0 {
		line("ignored", "addresses of %s", hosts(r))
	}
	for _, note := range r.Notes {
		line("note", "%s", note)
	}
	return w.Flush()
}

// maxHosts is how many ignored hosts are printed.
const maxHosts = 10

func hosts(r *intake.Report) string {
	var out []string
	for _, h := range r.Hosts() {
		if len(out) == maxHosts {
			return strings.Join(append(out, fmt.Sprintf("and %d more", len(r.Ignored)-maxHosts)), ", ")
		}
		out = append(out, fmt.Sprintf("%s (%d)", h, r.Ignored[h]))
	}
	return strings.Join(out, ", ")
}
