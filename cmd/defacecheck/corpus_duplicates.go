package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

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
		var claims []verify.Precedent
		for _, one := range all {
			for _, m := range one.Pictures {
				claims = append(claims, m.Claims...)
			}
		}
		who, err := postersOf(ctx, s, claims)
		if err != nil {
			return err
		}
		if c.Bool("json") {
			return p.printJSON(duplicates(all, who))
		}
		return writeClusters(p.stdout, all, who)
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
	SHA256   string          `json:"sha256"`
	Relation verify.Relation `json:"relation,omitempty"` // of it to itself, where it was posted more than once
	Claims   []claimed       `json:"claims"`
}

type claimed struct {
	URL      string       `json:"url"`
	PostedAt *verify.Span `json:"posted_at,omitempty"`
	Name     string       `json:"image"`
	Postings []poster     `json:"postings"` // who posted it; none where it was only verified
}

func duplicates(all []reuse.Cluster, who posters) duplicatesDocument {
	doc := duplicatesDocument{Schema: duplicatesSchema, Clusters: []clusterDocument{}}
	for _, c := range all {
		out := clusterDocument{Links: c.Links}
		for _, m := range c.Pictures {
			d := memberDocument{SHA256: m.SHA256, Claims: []claimed{}}
			if who.times(m.Claims) > 1 {
				d.Relation = verify.IdenticalFile
			}
			for _, e := range m.Claims {
				h := hitOf(e)
				d.Claims = append(d.Claims, claimed{h.URL, h.PostedAt, h.Name, who.of(e)})
			}
			out.Pictures = append(out.Pictures, d)
		}
		doc.Clusters = append(doc.Clusters, out)
	}
	return doc
}

func writeClusters(w io.Writer, all []reuse.Cluster, who posters) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "Every picture of the corpus was posted once, and no two from different messages show one page.")
		return err
	}
	for i, c := range all {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := writeCluster(w, c, who); err != nil {
			return err
		}
	}
	return nil
}

// writeCluster prints a line for each time that a picture of the cluster was posted, and then
// what the pictures are to one another.
func writeCluster(w io.Writer, c reuse.Cluster, who posters) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "PICTURE\tPOSTED (UTC)\tCHANNEL\tMESSAGE\tURL")
	for _, m := range c.Pictures {
		for _, e := range m.Claims {
			writePosters(t, fmt.Sprintf("%.12s", m.SHA256), hitOf(e).PostedAt, who.of(e), report.Safe(e.URL))
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, m := range c.Pictures {
		if n := who.times(m.Claims); n > 1 {
			fmt.Fprintf(w, "  %.12s stands there %d times: %s\n", m.SHA256, n, verify.IdenticalFile)
		}
	}
	for _, l := range c.Links {
		if _, err := fmt.Fprintf(w, "  %.12s and %.12s: %s (%s)\n", l.One, l.Other, relationShown(l.Relation), report.Safe(l.Why)); err != nil {
			return err
		}
	}
	return nil
}
