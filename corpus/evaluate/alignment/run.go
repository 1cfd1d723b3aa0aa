package alignment

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// options are what the command line sets.
type options struct {
	cache, out, python string
	pictures, pairs    int // of each set
	each               int // pictures of each kind, instead; 0 is by pictures
	seed               uint64
	sets               string
	only, id           *regexp.Regexp
	jobs               int
	noSandbox, noCost  bool
	subpixel           bool          // Chromium smooths letters for sub-pixels
	within             time.Duration // of judging, for both sets together; 0 is no limit
}

// run is the state of one benchmark.
type run struct {
	o       options
	cache   string
	shared  string
	log     io.Writer
	sites   []*site
	pages   []subject
	camera  *camera
	firefox *firefox
	stand   *stand
	began   time.Time

	mu   sync.Mutex
	done int
}

// Run is the command evalalign. Its table goes to out, what it is doing to log.
func Run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	r, err := prepare(ctx, o, log)
	if err != nil {
		return err
	}
	shut, err := r.open(ctx)
	if err != nil {
		return err
	}
	all, pairs, err := r.sets(ctx)
	if err = errors.Join(err, shut()); err != nil {
		return err
	}
	rep := newReport(r, all, pairs)
	if !o.noCost {
		if rep.Cost, err = measureCost(); err != nil {
			return err
		}
	}
	return rep.write(out, o.out)
}

// prepare makes the cache and fetches the sites into it.
func prepare(ctx context.Context, o options, log io.Writer) (*run, error) {
	r := &run{o: o, began: time.Now(), cache: o.cache, log: log, shared: beside()}
	if err := os.MkdirAll(r.cache, 0o755); err != nil {
		return nil, fmt.Errorf("make cache: %w", err)
	}
	return r, r.gather(ctx)
}

func parse(args []string, log io.Writer) (o options, err error) {
	f := flag.NewFlagSet("evalalign", flag.ContinueOnError)
	f.SetOutput(log)
	home, _ := os.UserCacheDir()
	f.StringVar(&o.cache, "cache", filepath.Join(home, "defacecheck-evalalign"), "where packages, shots and captures are kept")
	f.StringVar(&o.out, "out", filepath.Join(os.TempDir(), "evalalign"), "where pictures, table, JSON and CSV are written")
	f.IntVar(&o.pictures, "pictures", 45, "pictures of each set; kinds that were added later come on top")
	f.IntVar(&o.each, "each", 0, "pictures of each kind and set, instead of -pictures; not every page lends itself to every kind")
	f.IntVar(&o.pairs, "pairs", 0, "pairs of different pages of each set, for the rate of false registrations; 0 leaves the survey out")
	f.Uint64Var(&o.seed, "seed", 1, "what the benchmark is drawn by")
	f.StringVar(&o.sets, "set", "both", "dev, held or both")
	only := f.String("only", "", "regular expression for kinds of pictures or groups of them")
	id := f.String("id", "", "regular expression for the names of pictures; the others are drawn and left out")
	f.IntVar(&o.jobs, "jobs", 2, "pictures judged at the same time")
	f.StringVar(&o.python, "python", "", "a Python with opencv-python-headless, for the ORB baseline")
	f.DurationVar(&o.within, "within", 0, "begin no picture after this time, and report those that were judged; 0 is no limit")
	f.BoolVar(&o.noSandbox, "no-sandbox", false, "run the browsers without their sandbox")
	f.BoolVar(&o.noCost, "no-cost", false, "leave out the measurement of time and memory")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	for into, expr := range map[**regexp.Regexp]string{&o.only: *only, &o.id: *id} {
		if expr == "" {
			continue
		}
		if *into, err = regexp.Compile(expr); err != nil {
			return o, err
		}
	}
	return o, nil
}

// beside is the folder of sites beside the repository, found from the working
// directory; it may not exist.
func beside() string {
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "..", "shared", "data", "sites")
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// open starts the claimants' browsers and the one that makes the captures.
func (r *run) open(ctx context.Context) (shut func() error, err error) {
	web := newWeb(r.sites)
	leave, err := r.claimants(ctx, web)
	if err != nil {
		return nil, err
	}
	b, err := browser.Start(ctx, browser.Config{NoSandbox: r.o.noSandbox})
	if err != nil {
		return nil, errors.Join(err, leave())
	}
	if r.firefox == nil {
		r.say("no Firefox here: its pictures are left out")
	}
	r.stand = &stand{cache: r.cache, browser: b, web: web}
	return func() error { return errors.Join(b.Close(), leave()) }, nil
}

// claimants starts the browsers that pictures are taken with, and the proxy through
// which they see the sites.
func (r *run) claimants(ctx context.Context, web *web) (shut func() error, err error) {
	proxy, stop, err := serve(web)
	if err != nil {
		return nil, err
	}
	if r.camera, err = openCamera(ctx, proxy, r.o); err != nil {
		return nil, errors.Join(err, stop())
	}
	if !r.o.subpixel { // Firefox smooths in grey where it has no window
		r.firefox = findFirefox(ctx, proxy)
	}
	return func() error { r.camera.Close(); return stop() }, nil
}

// serve answers a proxy's requests until stop is called.
func serve(h http.Handler) (proxy string, stop func() error, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("open proxy: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	return "http://" + l.Addr().String(), func() error {
		err := srv.Close()
		if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
		return err
	}, nil
}

// sets judges the development set, then the other.
func (r *run) sets(ctx context.Context) (all []*outcome, pairs []*pairOutcome, err error) {
	for _, set := range []string{"dev", "held"} {
		if r.o.sets != "both" && r.o.sets != set {
			continue
		}
		var pages []subject
		for _, p := range r.pages {
			if p.site.development() == (set == "dev") {
				pages = append(pages, p)
			}
		}
		got, err := r.each(ctx, set, r.drafts(pages, r.o.pictures))
		if err != nil {
			return nil, nil, err
		}
		all = append(all, got...)
		surveyed, err := r.survey(ctx, set, pages, r.o.pairs)
		if err != nil {
			return nil, nil, err
		}
		pairs = append(pairs, surveyed...)
	}
	return all, pairs, nil
}

func (r *run) each(ctx context.Context, set string, ds []*draft) ([]*outcome, error) {
	of := len(ds)
	asked := slices.DeleteFunc(slices.Clone(ds), func(d *draft) bool {
		return d.pose.Firefox && r.firefox == nil || r.o.id != nil && !r.o.id.MatchString(d.id)
	})
	return bench.Each(ctx, bench.PaceOf(r.o.jobs, r.began, r.o.within), asked, func(ctx context.Context, d *draft) (*outcome, error) {
		o, err := r.judge(ctx, set, d)
		d.specimen = nil // the pictures would not fit into memory together
		r.tell(o, of)
		return o, err
	})
}

func (r *run) tell(o *outcome, of int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if o == nil {
		return
	}
	mark, why := "ok   ", o.Trouble
	if !o.Right || o.measured() && !o.Placed {
		mark, why = "WRONG", o.Why+" "+o.Trouble
	}
	fmt.Fprintf(r.log, "%4d/%d %s %s: want %s got %s, located %v, fitted %s of %s, anchors %d placed %v off %.2f, iou %.2f, %.1f s %s\n",
		r.done, of, mark, o.ID, o.Want, o.Got, o.Located, o.Fitted, o.Window, o.Anchors, o.Placed, o.Error, o.IoU, o.Seconds, why)
}

func (r *run) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintf(r.log, format+"\n", args...)
}
