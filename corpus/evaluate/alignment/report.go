package alignment

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify"
)

// report is what a benchmark found. JSON holds all of it, CSV the pictures, the
// table the sums.
type report struct {
	Schema   string     `json:"schema"`
	Seed     uint64     `json:"seed"`
	Pages    int        `json:"pages"`
	Sites    int        `json:"sites"`
	Browser  string     `json:"browser"`
	Camera   string     `json:"camera"`
	Firefox  string     `json:"firefox,omitempty"`
	Sums     []sum      `json:"sums"`
	Cost     *cost      `json:"cost,omitempty"`
	PairSums []pairSum  `json:"pair_sums,omitempty"`
	Pictures []*outcome `json:"pictures"`
	// Pairs are the pairs of different pages that were located, or given a state
	// that is false of them.
	Pairs []*pairOutcome `json:"pairs,omitempty"`
}

// sum is the figures of one kind or group of pictures, or of a whole set.
type sum struct {
	Set       string               `json:"set"`
	Name      string               `json:"name"`
	N         int                  `json:"n"`         // pictures
	Judged    int                  `json:"judged"`    // without trouble
	Located   int                  `json:"located"`   // of the judged
	Measured  int                  `json:"measured"`  // located ones whose true place is known
	Placed    int                  `json:"placed"`    // of them, where the truth is
	Error     float64              `json:"error"`     // median px of the capture; -1 where none is placed
	Right     int                  `json:"right"`     // state
	States    map[verify.State]int `json:"states"`    // as judged
	Regions   int                  `json:"regions"`   // altered regions found
	IoU       float64              `json:"iou"`       // their mean; -1 where there is none
	HashNear  int                  `json:"hash_near"` // pHash within 10 bits of 64
	Hashed    int                  `json:"hashed"`
	ORB       int                  `json:"orb"` // asked
	ORBFound  int                  `json:"orb_located"`
	ORBTrue   int                  `json:"orb_placed"`
	ORBKnown  int                  `json:"orb_measured"`
	ORBError  float64              `json:"orb_error"`
	Captures  float64              `json:"captures"` // mean asked for
	MostAsked int                  `json:"captures_most"`
}

func newReport(r *run, all []*outcome, pairs []*pairOutcome) *report {
	rep := &report{Schema: "defacecheck/evalalign/1", Seed: r.o.seed, Pages: len(r.pages), Sites: len(r.sites),
		Browser: r.stand.browser.Version(), Camera: r.camera.Version, Pictures: all, PairSums: pairSums(pairs)}
	for _, o := range pairs {
		if o.Located || o.stated() {
			rep.Pairs = append(rep.Pairs, o)
		}
	}
	if r.firefox != nil {
		rep.Firefox = r.firefox.version
	}
	for _, set := range []string{"dev", "held"} {
		for _, by := range []func(*outcome) string{func(o *outcome) string { return o.Kind }, func(o *outcome) string { return "= " + o.Group },
			class, func(*outcome) string { return "= all" }} {
			rep.Sums = append(rep.Sums, sums(set, all, by)...)
		}
	}
	return rep
}

// class parts the pictures as the targets do.
func class(o *outcome) string {
	switch {
	case o.Group == "bad":
		return "= all bad input"
	case o.Negative:
		return "= all negatives"
	}
	return "= all " + string(o.Want)
}

// sums adds up a set by name, in order of first appearance among the kinds.
func sums(set string, all []*outcome, name func(*outcome) string) []sum {
	var order []string
	parts := map[string][]*outcome{}
	for _, k := range kinds() {
		for _, o := range all {
			if o.Set != set || o.Kind != k.name {
				continue
			}
			n := name(o)
			if parts[n] == nil {
				order = append(order, n)
			}
			parts[n] = append(parts[n], o)
		}
	}
	var out []sum
	for _, n := range order {
		s := add(parts[n])
		s.Set, s.Name = set, n
		out = append(out, s)
	}
	return out
}

func add(part []*outcome) sum {
	s := sum{States: map[verify.State]int{}, N: len(part)}
	var misses, ious, orbs []float64
	asked := 0
	for _, o := range part {
		if o.Trouble != "" {
			continue
		}
		s.Judged++
		s.States[o.Got]++
		s.Located += one(o.Located)
		s.Right += one(o.Right)
		asked += o.Captures
		s.MostAsked = max(s.MostAsked, o.Captures)
		if o.measured() {
			s.Measured++
			s.Placed += one(o.Placed)
			if o.Placed {
				misses = append(misses, o.Error)
			}
		}
		if o.IoU >= 0 {
			ious = append(ious, o.IoU)
		}
		if o.PHash >= 0 {
			s.Hashed++
			s.HashNear += one(o.PHash <= nearHash)
		}
		if b := o.ORB; b != nil {
			s.ORB++
			s.ORBFound += one(b.Located)
			if b.Anchors >= minAnchors {
				s.ORBKnown++
				s.ORBTrue += one(b.Placed)
				if b.Placed {
					orbs = append(orbs, b.Error)
				}
			}
		}
	}
	s.Error, s.ORBError, s.Regions, s.IoU = known(median(misses)), known(median(orbs)), len(ious), known(mean(ious))
	s.Captures = float64(asked) / float64(max(s.Judged, 1))
	return s
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func mean(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t / float64(len(v))
}

// known is -1 for what there is no figure of: JSON has no not-a-number.
func known(v float64) float64 {
	if math.IsNaN(v) {
		return -1
	}
	return v
}

// write writes table.txt, report.json and pictures.csv into dir, and the table
// to out.
func (r *report) write(out io.Writer, dir string) error {
	var table bytes.Buffer
	r.table(&table)
	js, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	var list bytes.Buffer
	if err := r.csv(&list); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	for name, data := range map[string][]byte{"table.txt": table.Bytes(), "report.json": js, "pictures.csv": list.Bytes()} {
		if err := bench.Write(filepath.Join(dir, name), data); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
	}
	_, err = out.Write(table.Bytes())
	return err
}

// csv writes a line for each picture, columns named as in the JSON.
func (r *report) csv(out io.Writer) error {
	w := csv.NewWriter(out)
	t := reflect.TypeFor[outcome]()
	var head []string
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if t.Field(i).Type.Kind() != reflect.Pointer {
			head = append(head, name)
		}
	}
	_ = w.Write(head)
	for _, o := range r.Pictures {
		v := reflect.ValueOf(*o)
		var row []string
		for i := range t.NumField() {
			if t.Field(i).Type.Kind() != reflect.Pointer {
				row = append(row, fmt.Sprint(v.Field(i)))
			}
		}
		_ = w.Write(row)
	}
	w.Flush()
	return w.Error()
}

// table writes the sums for people.
func (r *report) table(out io.Writer) {
	fmt.Fprintf(out, "%d pages of %d sites, seed %d. Captures: %s. Claimants: Chromium %s, %s.\n", r.Pages, r.Sites, r.Seed, r.Browser, r.Camera, r.Firefox)
	for _, set := range []string{"dev", "held"} {
		if !slices.ContainsFunc(r.Pictures, func(o *outcome) bool { return o.Set == set }) {
			continue
		}
		title := map[string]string{"dev": "Development set", "held": "Pages not used while developing"}[set]
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintf(w, "\n%s\npictures\tn\tlocated\tplaced\tmedian px\tright\tsame\taltered\tother\tuninf.\tIoU\tpHash<=10\tORB located\tORB placed\tORB px\n", title)
		for _, s := range r.Sums {
			if s.Set == set {
				s.row(w)
			}
		}
		_ = w.Flush()
		r.confusion(out, set)
	}
	r.pairTable(out)
	if r.Cost != nil {
		fmt.Fprintf(out, "\n%s\n", r.Cost)
	}
}

func (s sum) row(w io.Writer) {
	fmt.Fprintf(w, "%s\t%d\t%d/%d\t%d/%d\t%s\t%d/%d\t%d\t%d\t%d\t%d\t%s\t%d/%d\t%d/%d\t%d/%d\t%s\n", s.Name, s.N, s.Located, s.Judged, s.Placed, s.Measured,
		text(s.Error), s.Right, s.Judged, s.States[verify.Same], s.States[verify.Altered], s.States[verify.Other], s.States[verify.Uninformative],
		text(s.IoU), s.HashNear, s.Hashed, s.ORBFound, s.ORB, s.ORBTrue, s.ORBKnown, text(s.ORBError))
}

func text(v float64) string {
	if v < 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", v)
}

// confusion writes truth by judgement over all but the bad input.
func (r *report) confusion(out io.Writer, set string) {
	states := []verify.State{verify.Same, verify.Altered, verify.Other, verify.Uninformative}
	n := map[[2]verify.State]int{}
	right, said, rightly, all, trouble := 0, 0, 0, 0, 0
	for _, o := range r.Pictures {
		if o.Set != set || o.Group == "bad" {
			continue
		}
		if o.Trouble != "" {
			trouble++
			continue
		}
		n[[2]verify.State{o.Want, o.Got}]++
		all++
		right += one(o.Right)
		said += one(o.Got != verify.Uninformative)
		rightly += one(o.Got == o.Want && o.Got != verify.Uninformative)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\ntruth \\ judged\tsame\taltered\tother\tuninformative\n")
	for _, want := range states[:3] {
		fmt.Fprintf(w, "%s", want)
		for _, got := range states {
			fmt.Fprintf(w, "\t%d", n[[2]verify.State{want, got}])
		}
		fmt.Fprintln(w)
	}
	_ = w.Flush()
	fmt.Fprintf(out, "state right: %d of %d; called same, altered or other, and rightly: %d of %d; %d could not be judged\n", right, all, rightly, said, trouble)
	r.falseOnes(out, set)
}

// falseOnes counts what must never happen on pictures of other pages. A place
// found by a shared header or the same pictures is no error by itself; the state
// made of it may be.
func (r *report) falseOnes(out io.Writer, set string) {
	n, located, said := 0, 0, 0
	for _, o := range r.Pictures {
		if o.Set == set && o.Negative && o.Trouble == "" {
			n++
			located += one(o.Located)
			said += one(o.Got == verify.Same || o.Got == verify.Altered)
		}
	}
	fmt.Fprintf(out, "pictures of other pages: %d, of them %d called same or altered, and %d placed somewhere\n", n, said, located)
}
