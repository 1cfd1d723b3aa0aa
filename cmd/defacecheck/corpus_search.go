package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/report"
)

// searchSchema names the shape of what "corpus search --json" prints.
const searchSchema = "defacecheck/corpus-search/1"

const relationsHelp = `RELATION says what the two pictures are to one another: "same screenshot" needs a clock in
both that is the same; "same page" is another screenshot of the same defacement page, or
one whose frame was edited; "cannot tell" is the same page where nothing that belongs to
one moment was seen in both; "not compared" was found by its hash and its file is not in
the corpus. A bare page can be the identical file for two victims. None of it is a verdict.`

func (p *program) searchCommand() *cli.Command {
	return &cli.Command{
		Name: "search", Usage: "tell who posted a picture before, or one of the same page", ArgsUsage: "IMAGE", HideHelpCommand: true,
		Description: "A line for each time that such a picture was posted; a claim that was only verified has\n" +
			"no CHANNEL and no MESSAGE.\n\n" + relationsHelp,
		Flags:  append([]cli.Flag{jsonFlag()}, keptFlags()...),
		Action: p.searchCorpus, OnUsageError: asUsage,
	}
}

// hit is an earlier claim as "corpus search" tells it.
type hit struct {
	Relation verify.Relation `json:"relation"`
	Why      string          `json:"why"`
	Address  bool            `json:"same_address_bar"`
	Clock    bool            `json:"same_clock"`
	Bits     *int            `json:"bits,omitempty"` // of 256 that differ; absent where the hashes are not alike
	URL      string          `json:"url"`
	PostedAt *verify.Span    `json:"posted_at,omitempty"`
	SeenAt   time.Time       `json:"seen_at"`
	Picture  string          `json:"sha256"`
	Name     string          `json:"image"`
	Postings []poster        `json:"postings"` // who posted the claim; none where it was only verified
}

func hitOf(e verify.Precedent) hit {
	h := hit{Relation: relationShown(e.Relation), Why: e.Why, Address: e.Address, Clock: e.Clock, URL: e.URL, SeenAt: e.Seen, Picture: e.Picture, Name: e.Name}
	if e.Bits >= 0 {
		h.Bits = &e.Bits
	}
	if !e.Posted.IsZero() {
		h.PostedAt = &e.Posted
	}
	return h
}

func relationShown(r verify.Relation) verify.Relation {
	if r == verify.Unexamined {
		return "not compared"
	}
	return r
}

func (p *program) searchCorpus(c *cli.Context) error {
	image, err := oneArgument(c, "IMAGE")
	if err != nil {
		return err
	}
	data, err := p.readPicture(image)
	if err != nil {
		return err
	}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		pic, err := picture.Read(ctx, data)
		if err != nil {
			return fmt.Errorf("search for %s: %w", image, err)
		}
		f, err := reuse.Open(ctx, s, p.preparing())
		if err != nil {
			return err
		}
		found, err := f.Examine(ctx, pic)
		if err != nil {
			return err
		}
		p.tellUnreadable(f)
		who, err := postersOf(ctx, s, found)
		if err != nil {
			return err
		}
		return p.showHits(c, found, who)
	})
}

func (p *program) showHits(c *cli.Context, found []verify.Precedent, who posters) error {
	hits := []hit{}
	for _, e := range found {
		if e.Relation != verify.Different {
			h := hitOf(e)
			h.Postings = who.of(e)
			hits = append(hits, h)
		}
	}
	if c.Bool("json") {
		return p.printJSON(struct {
			Schema string `json:"schema"`
			Found  []hit  `json:"found"`
		}{searchSchema, hits})
	}
	if len(hits) == 0 {
		fmt.Fprintln(p.stdout, "Nobody posted this picture before, nor one of the same page, as far as the corpus knows.")
		return nil
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "RELATION\tBITS\tPOSTED (UTC)\tCHANNEL\tMESSAGE\tPICTURE\tURL")
	for _, h := range hits {
		bits := "-"
		if h.Bits != nil {
			bits = fmt.Sprint(*h.Bits)
		}
		writePosters(w, fmt.Sprintf("%s\t%s", h.Relation, bits), h.PostedAt, h.Postings, fmt.Sprintf("%.12s\t%s", h.Picture, report.Safe(h.URL)))
	}
	return w.Flush()
}

// printJSON prints one document.
func (p *program) printJSON(v any) error {
	doc, err := document(v)
	if err != nil {
		return err
	}
	_, err = p.stdout.Write(doc)
	return err
}

// preparing tells that pictures are made ready for searching, where there are many.
func (p *program) preparing() reuse.Progress {
	return p.every("pictures made ready for searching")
}

// every tells of every hundredth of many things.
func (p *program) every(what string) reuse.Progress {
	return func(done, all int) {
		if done%100 == 0 {
			p.say("%d of %d %s", done, all, what)
		}
	}
}
