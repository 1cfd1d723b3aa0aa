package main

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
)

// duplicatesSchema names the shape of what "corpus duplicates --json" prints.
const duplicatesSchema = "defacecheck/duplicates/1"

func (p *program) duplicatesCommand() *cli.Command {
	return &cli.Command{
		Name: "duplicates", Usage: "list the pictures of a corpus that were posted more than once, or show one page", ArgsUsage: " ", HideHelpCommand: true,
		Description: relationsHelp + "\n\nComparing takes about a second a picture the first time; what was compared is kept.",
		Flags:       append([]cli.Flag{jsonFlag()}, keptFlags()...),
		Action:      p.listDuplicates, OnUsageError: asUsage,
	}
}

func (p *program) listDuplicates(c *cli.Context) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.withCorpus(c, func(ctx context.Context, s *store.Store) error {
		f, err := reuse.Open(ctx, s, p.preparing())
		if err != nil {
			return err
		}
		all, err := f.Clusters(ctx, p.every("pictures compared"))
		if err != nil {
			return err
		}
		p.tellUnreadable(f)
		if c.Bool("json") {
			return p.printJSON(duplicates(all))
		}
		return writeClusters(p.stdout, all)
	})
}

type duplicatesDocument struct {
	Schema   string            `json:"schema"`
	Clusters []clusterDocument `json:"clusters"`
}

type clusterDocument struct {
	Pictures []memberDocument `json:"pictures"`
	Links    []reuse.Link     `json:"links"`
}

type memberDocument struct {
	SHA256 string    `json:"sha256"`
	Claims []claimed `json:"claims"`
}

type claimed struct {
	URL      string       `json:"url"`
	PostedAt *verify.Span `json:"posted_at,omitempty"`
	Name     string       `json:"image"`
}

func duplicates(all []reuse.Cluster) duplicatesDocument {
	doc := duplicatesDocument{Schema: duplicatesSchema, Clusters: []clusterDocument{}}
	for _, c := range all {
		out := clusterDocument{Links: c.Links}
		for _, m := range c.Pictures {
			d := memberDocument{SHA256: m.SHA256}
			for _, e := range m.Claims {
				h := hitOf(e)
				d.Claims = append(d.Claims, claimed{h.URL, h.PostedAt, h.Name})
			}
			out.Pictures = append(out.Pictures, d)
		}
		doc.Clusters = append(doc.Clusters, out)
	}
	return doc
}

func writeClusters(w io.Writer, all []reuse.Cluster) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "Every picture of the corpus was posted once, and no two show one page.")
		return err
	}
	for i, c := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		for _, m := range c.Pictures {
			for _, e := range m.Claims {
				fmt.Fprintf(w, "%.12s  %s\n", m.SHA256, report.Safe(e.URL))
			}
		}
		for _, l := range c.Links {
			if _, err := fmt.Fprintf(w, "  %.12s and %.12s: %s (%s)\n", l.One, l.Other, relationShown(l.Relation), report.Safe(l.Why)); err != nil {
				return err
			}
		}
	}
	return nil
}
