package hearing

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/corpus/reuse"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/synth/casebook"
	"github.com/defacecheck/defacecheck/verify"
)

// Options say what is judged. Corpus and Out are needed.
type Options struct {
	Corpus   string                           // directory
	Out      string                           // file of rows; continued when it is there
	Split    string                           // judge those of this side of the split; empty is both
	Claims   int                              // judge no more than so many in all; 0 is all
	Jobs     int                              // claims judged side by side, each with a browser; 0 is DefaultJobs
	Browser  browser.Config                   // Gateway and Clock are set here
	Verify   verify.Options                   // Program, Reader, NotRead, Model; the rest may be zero
	Program  string                           // version, for the rows
	Report   Reporter                         // told of every judgement; nil is nobody
	Progress func(done, all int, what string) // called from one goroutine at a time; nil is nobody
}

// Reporter keeps a judgement for whoever wants to look at single cases. It is called
// from several goroutines.
type Reporter func(claim string, j *verify.Judgement) error

// DefaultJobs suits two processors.
const DefaultJobs = 2

// ErrNoClaims says that the corpus has no claim of the side that was asked for.
var ErrNoClaims = errors.New("no claims")

// Run judges the claims that have no row yet. A claim that cannot be judged is tried
// once more with a new browser before it ends the run.
func Run(ctx context.Context, o Options) (err error) {
	defer func() {
		if err != nil {
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			err = fmt.Errorf("judge corpus: %w", err)
		}
	}()
	c, err := casebook.Open(o.Corpus)
	if err != nil {
		return err
	}
	o.Program = named(o.Program)
	if o.Jobs <= 0 {
		o.Jobs = DefaultJobs
	}
	list, err := o.list(c.Claims)
	if err != nil {
		return err
	}
	f, done, err := open(o, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	todo := slices.DeleteFunc(slices.Clone(list), func(e casebook.Entry) bool { return done[e.Name] })
	d := &docket{o: o, corpus: c, todo: todo, file: f, ready: map[int]rows.Row{}, done: len(list) - len(todo), all: len(list)}
	return d.work(ctx)
}

// list is what is to be judged of all claims of a corpus, in their order.
func (o Options) list(all []casebook.Entry) ([]casebook.Entry, error) {
	if o.Split != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(e casebook.Entry) bool { return e.Split != o.Split })
		if len(all) == 0 {
			return nil, fmt.Errorf("%w of a side %q in %s", ErrNoClaims, o.Split, o.Corpus)
		}
	}
	if o.Claims > 0 {
		all = all[:min(len(all), o.Claims)]
	}
	return all, nil
}

// court is what all claims are judged with.
type court struct {
	o       Options
	corpus  *casebook.Corpus
	server  *casebook.Server
	browser *browser.Browser
	clock   *clock
}

func assemble(ctx context.Context, o Options, c *casebook.Corpus) (*court, error) {
	s, err := c.Serve()
	if err != nil {
		return nil, err
	}
	t := &court{o: o, corpus: c, server: s, clock: &clock{}}
	var routes []egress.Override
	for _, side := range c.Splits {
		for _, site := range side.Sites {
			r, err := egress.ParseOverride(fmt.Sprintf("www.%s.example:%s:%s", site, casebook.Port, s.Addr))
			if err != nil {
				return nil, errors.Join(err, s.Close())
			}
			routes = append(routes, r)
		}
	}
	gateway, err := egress.New(egress.Config{Resolve: routes, Now: t.clock.now, Logger: o.Browser.Logger})
	if err == nil {
		cfg := o.Browser
		cfg.Gateway, cfg.Clock = gateway, t.clock.now
		t.browser, err = browser.Start(ctx, cfg)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return t, nil
}

// Close ends the browser and the server.
func (t *court) Close() error { return errors.Join(t.browser.Close(), t.server.Close()) }

// hear judges one claim.
func (t *court) hear(ctx context.Context, e casebook.Entry) (row rows.Row, err error) {
	c, k, err := t.corpus.Claim(e)
	if err != nil {
		return row, err
	}
	t.clock.set(c.JudgedAt)
	t.server.Show(e, c)
	w, err := t.summon(ctx, e, c)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, w.archive.Close()) }()
	claim := verify.Claim{Name: c.Picture, URL: c.URL, ReadAt: c.JudgedAt}
	if claim.Picture, err = os.ReadFile(t.corpus.Path(e, c.Picture)); err != nil {
		return row, err
	}
	if claim.ClaimedAt, err = verify.ParseSpan(c.ClaimedAt); err != nil {
		return row, err
	}
	w.plain.claimed = claim.ClaimedAt.From
	if claim.PostedAt, err = verify.ParseSpan(c.PostedAt); err != nil {
		return row, err
	}
	opts := t.o.Verify
	opts.Live, opts.Browser = true, t.browser.Version
	dir, err := os.MkdirTemp("", "defacecheck-hearing-")
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	known, err := t.known(ctx, dir, e, c)
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, known.Close()) }()
	if opts.Precedents, err = reuse.Open(ctx, known, nil); err != nil {
		return row, err
	}
	j, err := verify.Judge(ctx, claim, w, opts)
	if err != nil {
		return row, err
	}
	if t.o.Report != nil {
		if err := t.o.Report(e.Name, j); err != nil {
			return row, err
		}
	}
	row = rowOf(e, k, j.Result, t.o.Program)
	row.Baselines, err = w.plain.compare(j.Picture)
	return row, err
}

// widest bounds a computed log10 LR to what a row may hold: a capture can make an
// explanation impossible.
const widest = 300

func rowOf(e casebook.Entry, k casebook.Known, r *verify.Result, program string) rows.Row {
	row := rows.Row{Claim: e.Name, SHA256: e.SHA256, Split: rows.Split(k.Split), Site: k.Site, Family: k.Family, Class: k.Class,
		Truth: rows.Truth(k.Truth), Evidence: []rows.Evidence{}, Word: string(r.Verdict.Word), Program: program,
		Decidable: k.Decidable}
	for _, found := range r.Evidence {
		if !found.Ran {
			continue
		}
		x := rows.Evidence{Group: found.Group, Finding: found.Finding}
		if found.Computed != nil {
			v := math.Max(-widest, math.Min(widest, *found.Computed))
			x.Log10LR = &v
		}
		row.Evidence = append(row.Evidence, x)
	}
	return row
}

// named makes a version fit for a row.
func named(program string) string {
	out := strings.Map(func(r rune) rune {
		if r < 128 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("._-+", r)) {
			return r
		}
		return '_'
	}, program)
	return strings.TrimLeft(out, "._-+")
}
