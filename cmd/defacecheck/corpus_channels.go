package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify/report"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// channelsSchema names the shape of what "corpus list --channels --json" prints.
const channelsSchema = "defacecheck/channels/1"

// channelLine is a channel in what "corpus list --channels --json" prints.
type channelLine struct {
	Channel   string `json:"channel"` // "" when not known
	Claims    int    `json:"claims"`
	Postings  int    `json:"postings"`
	Forwarded int    `json:"forwarded"` // of the postings
}

// listChannels prints who posted claims, and how many.
func (p *program) listChannels(ctx context.Context, c *cli.Context, s *store.Store) error {
	all, err := s.Channels(ctx)
	if err != nil {
		return err
	}
	lines := []channelLine{}
	for _, one := range all {
		lines = append(lines, channelLine{one.Name, one.Claims, one.Postings, one.Forwarded})
	}
	if c.Bool("json") {
		return p.printJSON(struct {
			Schema   string        `json:"schema"`
			Channels []channelLine `json:"channels"`
		}{channelsSchema, lines})
	}
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CLAIMS\tPOSTINGS\tFORWARDED\tCHANNEL")
	for _, l := range lines {
		fmt.Fprintf(w, "%d\t%d\t%d\t%s\n", l.Claims, l.Postings, l.Forwarded, shownChannel(l.Channel))
	}
	return w.Flush()
}

// shownChannel is a channel's name for people, whole up to a length that no messenger permits.
func shownChannel(name string) string {
	if name = report.Safe(name); name == "" {
		return "(not known)"
	}
	return name
}

// channelNamed is the channel of the corpus that is meant by name: the one of that name, or the
// only one that is shown so, since what is shown of hidden characters cannot be typed. "" is
// any. Where there is none, the error names those that there are.
func channelNamed(ctx context.Context, s *store.Store, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	if known, err := posts(ctx, s, name); known || err != nil {
		return name, err
	}
	all, err := s.Channels(ctx)
	if err != nil {
		return "", err
	}
	var meant []string
	for _, c := range all {
		if c.Name != "" && isShownAs(c.Name, name) {
			meant = append(meant, c.Name)
		}
	}
	switch len(meant) {
	case 0:
		return "", usage(`"defacecheck corpus list --channels" tells all of them`, "no channel of the corpus is called %q; there %s", plain.Text(name, maxChannel), someChannels(all))
	case 1:
		return meant[0], nil
	}
	return "", usage(`"defacecheck corpus list --channels --json" has their names as they are`, "%d channels of the corpus are shown as %q", len(meant), plain.Text(name, maxChannel))
}

// posts says whether claims were posted under exactly that name.
func posts(ctx context.Context, s *store.Store, name string) (bool, error) {
	for _, err := range s.Posted(ctx, store.Filter{Channel: name}) {
		return err == nil, err
	}
	return false, nil
}

// isShownAs says whether a list, a table or a message has a channel in that form.
func isShownAs(channel, form string) bool {
	return form == report.Safe(channel) || form == cell(report.Safe(channel)) || form == plain.Text(channel, maxChannel)
}

const (
	// maxChannels is how many channels a message names.
	maxChannels = 10
	// maxChannel bounds each of their names there, in characters.
	maxChannel = 60
)

func someChannels(all []store.Channel) string {
	var names []string
	for _, c := range all {
		if c.Name != "" { // which stands for postings of no known channel
			names = append(names, fmt.Sprintf("%q", plain.Text(c.Name, maxChannel)))
		}
	}
	switch n := len(names); {
	case n == 0:
		return "is none of which the name is known"
	case n == 1:
		return "is " + names[0]
	case n > maxChannels:
		return fmt.Sprintf("are %s and %d more", strings.Join(names[:maxChannels], ", "), n-maxChannels)
	}
	return "are " + strings.Join(names, ", ")
}
