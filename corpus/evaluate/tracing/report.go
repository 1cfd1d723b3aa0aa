package tracing

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
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

func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return s[len(s)/2]
}

const head = "\tasked\tsearched\tunplaced\tmedian IoU\tcalled compressed"

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
			fmt.Fprintln(w, "false alarms"+head)
			r.rows(w, set, m, func(o *outcome) string {
				switch {
				case o.Edit != "untouched":
					return ""
				case o.Fringed:
					return o.After + ", letters fringed"
				}
				return o.After
			}, true)
			fmt.Fprintln(w, "found"+head)
			r.rows(w, set, m, func(o *outcome) string {
				if o.Edit == "untouched" {
					return ""
				}
				return o.Edit + ", " + o.Before + " > " + o.After
			}, false)
			fmt.Fprintln(w, "found, all chains"+head)
			r.rows(w, set, m, func(o *outcome) string {
				if o.Edit == "untouched" {
					return ""
				}
				return o.Edit
			}, false)
			_ = w.Flush()
		}
	}
	for _, t := range r.Tamper {
		fmt.Fprintf(out, "%s\n", t)
	}
}

// rows writes one line for each name that outcomes have.
func (r *report) rows(w io.Writer, set, method string, name func(*outcome) string, sum bool) {
	parts, all := map[string]*rate{}, &rate{}
	var order []string
	for _, o := range r.Pictures {
		n := name(o)
		if o.Set != set || n == "" || o.Trouble != "" {
			continue
		}
		if parts[n] == nil {
			parts[n] = &rate{}
			order = append(order, n)
		}
		parts[n].add(o, method)
		all.add(o, method)
	}
	slices.Sort(order)
	for _, n := range order {
		fmt.Fprintf(w, "  %s\t%s\n", n, parts[n])
	}
	if sum {
		fmt.Fprintf(w, "  all\t%s\n", all)
		most := func(k int) string { return fmt.Sprintf("%.1f %%", 100*bench.Upper(k, all.n)) }
		fmt.Fprintf(w, "  at most, 95 %% confidence\t%s\t%s\t%s\t\t\n", most(all.asked), most(all.searched), most(all.unplaced))
	}
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
