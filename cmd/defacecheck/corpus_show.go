package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

func (p *program) showCommand() *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "show a claim of a corpus and all that is known of it", ArgsUsage: "ID", HideHelpCommand: true,
		Description: "ID may be the beginning of an id, as \"corpus list\" prints it.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "write verdict.json and report.html of the newest verdict into `DIR` again; the pictures of captures are not kept, and not in it"},
		}, keptFlags()...),
		Action: p.showClaim, OnUsageError: asUsage,
	}
}

func (p *program) showClaim(c *cli.Context) error {
	prefix, err := oneArgument(c, "ID")
	if err != nil {
		return err
	}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		id, err := s.Resolve(ctx, prefix)
		if err != nil {
			return err
		}
		r, err := s.Claim(ctx, id)
		if err != nil {
			return err
		}
		if err := p.rewrite(ctx, s, r, c.String("out")); err != nil {
			return err
		}
		return p.printClaim(r)
	})
}

// rewrite writes the report of a claim again.
func (p *program) rewrite(ctx context.Context, s *store.Store, r *corpus.Record, dir string) error {
	if dir == "" {
		return nil
	}
	latest := r.Latest()
	if latest == nil {
		return fmt.Errorf("write report of claim %.12s: it was not judged yet", r.ID)
	}
	file, err := s.File(ctx, r.Picture.SHA256)
	if errors.Is(err, store.ErrUnknown) {
		p.say("the picture itself is not in the corpus, and not in the report")
	} else if err != nil {
		return err
	}
	j, err := verify.Retold(ctx, latest.Result, file)
	if err != nil {
		return fmt.Errorf("write report of claim %.12s: %w", r.ID, err)
	}
	if err := report.WriteDir(dir, j); err != nil {
		return err
	}
	p.say("wrote %s and %s", filepath.Join(dir, report.JSONName), filepath.Join(dir, report.HTMLName))
	return nil
}

// printClaim prints one line a statement, every word of strangers made harmless.
func (p *program) printClaim(r *corpus.Record) error {
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	line := func(label, format string, args ...any) {
		if text := report.Safe(fmt.Sprintf(format, args...)); text != "" {
			fmt.Fprintf(w, "%s\t%s\n", label, text)
		}
	}
	c, pic := r.Claim, r.Picture
	line("claim", "%s", r.ID)
	line("URL", "%s", c.URL)
	line("claimed for", "%s", rangeText(c.ClaimedAt))
	line("posted", "%s", rangeText(c.PostedAt))
	line("notifier", "%s", c.Notifier)
	line("words", "%s", c.Words)
	line("picture", "%s", c.Name)
	line("SHA-256", "%s", pic.SHA256)
	line("format", "%s, %d x %d pixels, %d bytes", pic.Format, pic.Width, pic.Height, pic.Bytes)
	line("in the corpus since", "%s", momentText(c.ReadAt))
	if b := r.SetAside; b != nil {
		line("set aside", "%s by %s after %d tries: %s", momentText(b.At), b.Program, b.Tries, b.Reason)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	p.printRemarks("Posted", postingLines(r.Postings))
	p.printRemarks("Edited since, oldest first", editLines(r))
	p.printRemarks("Verdicts, oldest first", verdictLines(r.Verdicts))
	p.printRemarks("Decided by people, oldest first", decisionLines(r.Adjudications))
	return nil
}

func postingLines(all []corpus.Posting) (lines []remark) {
	for _, p := range all {
		var parts []string
		for _, part := range []struct{ label, text string }{
			{"in ", p.Channel}, {"message ", p.Message}, {"on ", rangeText(p.PostedAt)}, {"as edited on ", rangeText(verify.Span{From: p.EditedAt, To: p.EditedAt})},
			{"forwarded from ", p.Forwarded}, {"by ", p.Notifier}, {"read from ", p.Origin}, {"text: ", p.Text},
		} {
			if part.text != "" {
				parts = append(parts, part.label+part.text)
			}
		}
		lines = append(lines, remark{Sentence: strings.Join(parts, "; ")})
	}
	return lines
}

// editLines tell what messages said when they were read again.
func editLines(r *corpus.Record) (lines []remark) {
	type message struct{ channel, name string }
	last := map[message]string{}
	for _, p := range r.Postings {
		last[message{p.Channel, p.Message}] = p.Text
	}
	for _, e := range r.Edits {
		m := message{e.Channel, e.Message}
		said := "text then: " + e.Text
		switch {
		case e.Text == last[m]:
			said = "its text as before"
		case strings.TrimSpace(e.Text) == "":
			said = "without a text then"
		}
		last[m] = e.Text
		where := "message " + e.Message
		if e.Channel != "" {
			where += " in " + e.Channel
		}
		lines = append(lines, remark{Sentence: momentText(e.At) + ": " + where + "; " + said})
	}
	return lines
}

func verdictLines(all []corpus.Verdict) (lines []remark) {
	for _, v := range all {
		r := v.Result
		lines = append(lines, remark{Sentence: fmt.Sprintf("%s: %s (log10 LR %+.2f), by %s with model %s. %s",
			momentText(r.Claim.ReadAt), outcome.From(r.Verdict.Word, r.Verdict.Answer), r.Verdict.Log10LR, r.Versions.Program, r.Versions.Model, r.Verdict.Sentence)})
	}
	return lines
}

func decisionLines(all []corpus.Adjudication) (lines []remark) {
	for _, a := range all {
		lines = append(lines, remark{Sentence: fmt.Sprintf("%s: %s, by %s: %s", momentText(a.At), a.Truth, a.By, a.Reason)})
	}
	return lines
}

func momentText(t time.Time) string {
	if t.IsZero() {
		return "at a time not known"
	}
	return t.UTC().Format("2006-01-02 15:04:05 UTC")
}

// rangeText is a stretch of time; "" when there is none.
func rangeText(s verify.Span) string {
	switch {
	case s.IsZero():
		return ""
	case s.IsMoment():
		return momentText(s.From)
	}
	return momentText(s.From) + " to " + momentText(s.To)
}
