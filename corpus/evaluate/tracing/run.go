package tracing

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// options are what the command line sets.
type options struct {
	shots, cache, out, tamper string
	pictures, untouched       int
	edits                     int
	seed                      uint64
	sets                      string
	only                      *regexp.Regexp
	jobs                      int
	noSandbox, makeOnly       bool
	within                    time.Duration
}

type run struct {
	o      options
	log    io.Writer
	studio *alignment.Studio
	fringe *alignment.Studio // whose Chromium smooths letters for sub-pixels
	tools  *tools
	began  time.Time

	mu   sync.Mutex
	done int
}

// Run is the command evaltrace. Its table goes to out, what it is doing to log.
func Run(ctx context.Context, args []string, out, log io.Writer) (err error) {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	for _, needed := range []string{"convert", "cwebp"} {
		if _, err := exec.LookPath(needed); err != nil {
			return fmt.Errorf("find %s: %w: install ImageMagick and webp", needed, err)
		}
	}
	if err := os.MkdirAll(o.cache, 0o755); err != nil {
		return fmt.Errorf("make cache: %w", err)
	}
	r := &run{o: o, log: log, began: time.Now(), tools: &tools{dir: o.cache}}
	if _, err := exec.LookPath("gimp"); err == nil {
		r.tools.gimp = true
	} else {
		fmt.Fprintln(log, "no GIMP here: its edits are left out")
	}
	for _, s := range []struct {
		subpixel bool
		into     **alignment.Studio
	}{{false, &r.studio}, {true, &r.fringe}} {
		studio, err := alignment.OpenStudio(ctx, alignment.StudioOptions{Cache: o.shots, Log: log, NoSandbox: o.noSandbox, Subpixel: s.subpixel})
		if err != nil {
			return err
		}
		defer func() { _ = studio.Close() }() // of a browser's end nothing depends
		*s.into = studio
	}
	if !r.studio.HasScreen() {
		fmt.Fprintln(log, "no Xvfb here: pictures of windows are left out")
	}
	all, err := r.sets(ctx)
	if err != nil {
		return err
	}
	rep := newReport(o, all)
	if rep.Tamper, err = r.tamper(ctx); err != nil {
		return err
	}
	return rep.write(out, o.out)
}

func parse(args []string, log io.Writer) (o options, err error) {
	f := flag.NewFlagSet("evaltrace", flag.ContinueOnError)
	f.SetOutput(log)
	home, _ := os.UserCacheDir()
	f.StringVar(&o.shots, "shots", filepath.Join(home, "defacecheck-evalalign"), "where packages and browsers' pictures are kept; may be shared with evalalign")
	f.StringVar(&o.cache, "cache", filepath.Join(home, "defacecheck-evaltrace"), "where the pictures made of them are kept")
	f.StringVar(&o.out, "out", filepath.Join(os.TempDir(), "evaltrace"), "where table, JSON and CSV are written")
	f.StringVar(&o.tamper, "tamper", filepath.Join("..", "shared", "data", "tamper"), "tampered pictures with masks; left out where there are none")
	f.IntVar(&o.pictures, "pictures", 30, "shots of each set")
	f.IntVar(&o.untouched, "untouched", 0, "further shots of each set that are saved untouched and not edited")
	f.IntVar(&o.edits, "edits", 2, "pictures of each kind of edit made of each shot")
	f.Uint64Var(&o.seed, "seed", 1, "what the benchmark is drawn by")
	f.StringVar(&o.sets, "set", "both", "dev, held or both")
	only := f.String("only", "", "regular expression for the names of pictures")
	f.IntVar(&o.jobs, "jobs", 2, "pictures made and looked at at the same time")
	f.DurationVar(&o.within, "within", 0, "begin no picture after this time; 0 is no limit")
	f.BoolVar(&o.makeOnly, "make", false, "only make the pictures and keep them, and look at none")
	f.BoolVar(&o.noSandbox, "no-sandbox", false, "run the browsers without their sandbox")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if *only != "" {
		o.only, err = regexp.Compile(*only)
	}
	return o, err
}

func (r *run) sets(ctx context.Context) ([]*outcome, error) {
	var all []*outcome
	for _, set := range []string{"dev", "held"} {
		if r.o.sets != "both" && r.o.sets != set {
			continue
		}
		var pages []alignment.Page
		for _, p := range r.studio.Pages() {
			if p.Development == (set == "dev") {
				pages = append(pages, p)
			}
		}
		if len(pages) == 0 {
			continue
		}
		third := func(n int) int { return (n + 2) / 3 }
		got, err := r.each(ctx, append(r.plan(set, pages, r.o.pictures, r.o.untouched), r.planFringed(set, pages, third(r.o.pictures), third(r.o.untouched))...))
		if err != nil {
			return nil, err
		}
		all = append(all, got...)
	}
	return all, nil
}

func (r *run) each(ctx context.Context, ts []*trial) ([]*outcome, error) {
	of := len(ts)
	asked := slices.DeleteFunc(slices.Clone(ts), func(t *trial) bool { return r.o.only != nil && !r.o.only.MatchString(t.id) })
	return bench.Each(ctx, bench.PaceOf(r.o.jobs, r.began, r.o.within), asked, func(ctx context.Context, t *trial) (*outcome, error) {
		o, err := r.look(ctx, t)
		r.tell(o, of)
		return o, err
	})
}

func (r *run) tell(o *outcome, of int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done++; o == nil {
		return
	}
	fmt.Fprintf(r.log, "%5d/%d %s %dx%d %v", r.done, of, o.ID, o.Width, o.Height, o.At)
	for _, h := range o.Hits {
		fmt.Fprintf(r.log, " [%s %s %s %v %.1f iou %.2f]", h.How, h.Method, h.Kind, h.At, h.Chance, h.IoU)
	}
	fmt.Fprintln(r.log, "", o.Trouble)
}
