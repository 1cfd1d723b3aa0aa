package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

// claimsSchema names the shape of what "corpus list --json" prints.
const claimsSchema = "defacecheck/claims/1"

func (p *program) listCommand() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "list the claims of a corpus, a line each", ArgsUsage: " ", HideHelpCommand: true,
		Description: "In the order in which the corpus learned of them. VERDICT is what the newest\n" +
			"one says, \"set aside\" where work on the claim was given up; \"page not seen\", \"ordinary\n" +
			"page\" and \"shown\" are no verdicts on it. DECIDED is the newest decision of a person.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "channel", Usage: "only claims that were posted in the channel called `NAME`, as --channels shows it"},
			&cli.BoolFlag{Name: "channels", Usage: "list the channels that posted them, and how much, in place of the claims"},
			jsonFlag(),
		}, keptFlags()...),
		Action: p.listClaims, OnUsageError: asUsage,
	}
}

func (p *program) listClaims(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	if c.Bool("channels") && c.IsSet("channel") {
		return usage("", "--channels lists channels and --channel NAME the claims of one: leave one of them out")
	}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		if c.Bool("channels") {
			return p.listChannels(ctx, c, s)
		}
		channel, err := channelNamed(ctx, s, c.String("channel"))
		if err != nil {
			return err
		}
		out := bufio.NewWriter(p.stdout)
		write := writeClaims
		if c.Bool("json") {
			write = writeClaimsJSON
		}
		if err := write(out, s.Summaries(ctx, store.Filter{Channel: channel})); err != nil {
			return err
		}
		return out.Flush()
	})
}

// shortID is how much of an id is shown: enough for a million claims.
const shortID = 12

func writeClaims(w io.Writer, all iter.Seq2[*store.Summary, error]) error {
	const line = "%-12s  %-13s  %-13s  %-16s  %s\n"
	fmt.Fprintf(w, line, "ID", "VERDICT", "DECIDED", "POSTED (UTC)", "URL")
	for one, err := range all {
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, line, one.ID[:min(shortID, len(one.ID))], cell(standing(one).Short()), cell(string(one.Truth)), postedText(one.PostedAt), report.Safe(one.URL)); err != nil {
			return err
		}
	}
	return nil
}

// standing is how a claim came out so far; "" when it was not judged.
func standing(one *store.Summary) outcome.Kind {
	if one.SetAside {
		return outcome.SetAside
	}
	return one.Outcome
}

func postedText(s verify.Span) string {
	switch {
	case s.IsZero():
		return "-"
	case s.IsMoment():
		return s.From.UTC().Format("2006-01-02 15:04")
	}
	return s.From.UTC().Format(time.DateOnly)
}

// claimLine is a claim in what "corpus list --json" prints.
type claimLine struct {
	ID       string       `json:"id"`
	URL      string       `json:"url"`
	SHA256   string       `json:"sha256"`
	PostedAt *verify.Span `json:"posted_at,omitempty"`
	Channels []string     `json:"channels"`
	Verdict  string       `json:"verdict"` // what the newest says, "set aside", or "" when not judged
	Decided  string       `json:"decided"` // by a person; "" when not
}

func lineOf(one *store.Summary) claimLine {
	l := claimLine{ID: one.ID, URL: one.URL, SHA256: one.Picture, Channels: orEmpty(one.Channels), Verdict: string(standing(one)), Decided: string(one.Truth)}
	if !one.PostedAt.IsZero() {
		l.PostedAt = &one.PostedAt
	}
	return l
}

// writeClaimsJSON writes one document as the claims come.
func writeClaimsJSON(w io.Writer, all iter.Seq2[*store.Summary, error]) error {
	fmt.Fprintf(w, "{\n  \"schema\": %q,\n  \"claims\": [", claimsSchema)
	between := "\n    "
	for one, err := range all {
		if err != nil {
			return err
		}
		data, err := json.Marshal(lineOf(one))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s%s", between, report.EscapeHidden(data)); err != nil {
			return err
		}
		between = ",\n    "
	}
	_, err := fmt.Fprint(w, "\n  ]\n}\n")
	return err
}
