package tracing

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify/trace"
)

// report is everything that came out.
type report struct {
	Schema   string
	Seed     uint64
	Shots    int
	Pictures []*outcome
	Tamper   []tampered
}

func newReport(o options, all []*outcome) *report {
	return &report{Schema: "defacecheck/evaltrace/1", Seed: o.seed, Shots: o.pictures, Pictures: all}
}

// rate counts pictures, and those with a finding of a part.
type rate struct {
	n, asked, searched, unplaced, whole int
	iou                                 []float64
}

func (r *rate) add(o *outcome, method string) {
	r.n++
	var asked, searched, unplaced, whole bool
	best := 0.0
	for _, h := range o.Hits {
		if method != "" && h.Method != method {
			continue
		}
		local := trace.Kind(h.Kind).Local()
		hit := o.Edit == "untouched" || h.IoU > 0
		switch {
		case !local:
			whole = true
		case h.How == "asked":
			asked = true
		case h.How == "searched" && hit:
			searched, best = true, max(best, h.IoU)
		case h.How == "unplaced" && hit:
			unplaced = true
		}
	}
	r.asked += one(asked)
	r.searched += one(searched)
	r.unplaced += one(unplaced)
	r.whole += one(whole)
	if searched {
		r.iou = append(r.iou, best)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (r rate) String() string {
	iou := "-"
	if len(r.iou) > 0 {
		iou = fmt.Sprintf("%.2f", median(r.iou))
	}
	of := func(k int) string { return fmt.Sprintf("%d/%d", k, r.n) }
	return fmt.Sprintf("%s\t%s\t%s\t%s\t%s", of(r.asked), of(r.searched), of(r.unplaced), iou, of(r.whole))
}

func (r rate) atMost(k int) string { return fmt.Sprintf("%.1f %%", 100*bench.Upper(k, r.n)) }

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return s[len(s)/2]
}

const head = "\tasked\tsearched\tunplaced\tmedian IoU\tcalled compressed"

// boundsHead is that of the most that rates of untouched pictures may be at 95 % confidence.
const boundsHead = "\tasked, at most\tsearched, at most"

// table writes rates for people: false alarms first.
func (r *report) table(out io.Writer) {
	fmt.Fprintf(out, "%d shots a set, seed %d. asked: about the edited part, or two parts of an untouched picture. searched: found at the edited part, or anywhere. unplaced: the same without knowing the page's own pictures.\n", r.Shots, r.Seed)
	var methods []string
	for _, m := range trace.Methods() {
		methods = append(methods, m.Name())
	}
	for _, set := range []string{"dev", "held"} {
		if !slices.ContainsFunc(r.Pictures, func(o *outcome) bool { return o.Set == set }) {
			continue
		}
		for _, m := range append([]string{""}, methods...) {
			name := m
			if m == "" {
				name = "all methods"
			}
			fmt.Fprintf(out, "\n%s: %s\n", map[string]string{"dev": "Development set", "held": "Pages not used while developing"}[set], name)
			w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
			for _, s := range sections() {
				s.write(w, r.of(set, s.untouched), m)
			}
			_ = w.Flush()
		}
	}
	for _, t := range r.Tamper {
		fmt.Fprintf(out, "%s\n", t)
	}
}

// of are the pictures of a set that are untouched, or those that are not.
func (r *report) of(set string, untouched bool) (some []*outcome) {
	for _, o := range r.Pictures {
		if o.Set == set && o.Trouble == "" && untouched == (o.Edit == "untouched") {
			some = append(some, o)
		}
	}
	return some
}

// section is a part of the table: a line for each name that its pictures have.
type section struct {
	title     string
	untouched bool
	name      func(*outcome) string
}

func sections() []section {
	return []section{
		{"false alarms, by chain", true, func(o *outcome) string { return o.After }},
		{"false alarms, by window and letters", true, (*outcome).surroundings},
		{"found", false, func(o *outcome) string { return o.Edit + ", " + o.Before + " > " + o.After }},
		{"found, by chain", false, func(o *outcome) string { return o.Edit + " > " + o.After }},
		{"found, by what the aims are set for", false, func(o *outcome) string { return o.Group }},
		{"found, all chains", false, func(o *outcome) string { return o.Edit }},
	}
}

func (s section) write(w io.Writer, pictures []*outcome, method string) {
	parts, all := map[string]*rate{}, &rate{}
	for _, o := range pictures {
		n := s.name(o)
		if parts[n] == nil {
			parts[n] = &rate{}
		}
		parts[n].add(o, method)
		all.add(o, method)
	}
	line := func(name string, r *rate) {
		fmt.Fprintf(w, "  %s\t%s", name, r)
		if s.untouched {
			fmt.Fprintf(w, "\t%s\t%s", r.atMost(r.asked), r.atMost(r.searched))
		}
		fmt.Fprintln(w)
	}
	fmt.Fprint(w, s.title, head)
	if s.untouched {
		fmt.Fprint(w, boundsHead)
	}
	fmt.Fprintln(w)
	for _, n := range slices.Sorted(maps.Keys(parts)) {
		line(n, parts[n])
	}
	if s.untouched {
		line("all", all)
	}
}

// surroundings say what is around the page, and how its letters are smoothed.
func (o *outcome) surroundings() string {
	name := o.Browser + ", bare"
	if o.Window {
		name = o.Browser + ", window"
	}
	if o.Fringed {
		name += ", letters fringed"
	}
	return name
}

// write writes table.txt, report.json and pictures.csv into dir, and the table to
// out.
func (r *report) write(out io.Writer, dir string) error {
	var table, list bytes.Buffer
	r.table(&table)
	js, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	c := csv.NewWriter(&list)
	_ = c.Write([]string{"id", "set", "edit", "before", "after", "pose", "at", "how", "method", "kind", "found", "chance", "iou", "trouble"})
	for _, o := range r.Pictures {
		for _, h := range append(o.Hits, hit{}) {
			_ = c.Write([]string{o.ID, o.Set, o.Edit, o.Before, o.After, o.Pose, o.At.String(), h.How, h.Method, h.Kind, h.At.String(), fmt.Sprintf("%.1f", h.Chance), fmt.Sprintf("%.2f", h.IoU), o.Trouble})
		}
	}
	c.Flush()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	for name, data := range map[string][]byte{"table.txt": table.Bytes(), "report.json": js, "pictures.csv": list.Bytes()} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	_, err = out.Write(table.Bytes())
	return err
}
