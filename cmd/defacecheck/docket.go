package main

import (
	"context"
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/court"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/score"
)

const (
	// defaultJobs suits two processors.
	defaultJobs = 2
	// maxJobs bounds --jobs: each has a browser of some 300 MB.
	maxJobs = 64
)

// docket is the queue of a corpus with what its claims are judged with.
type docket struct {
	store    *store.Store
	queue    *queue.Queue
	archives []archive.Archive
	progress *batchProgress
}

// withDocket opens what a command that judges a corpus needs, in an order in which
// nothing is left behind where something is missing.
func (p *program) withDocket(c *cli.Context, do func(context.Context, *docket) error) (err error) {
	if n := c.Int("jobs"); n < 0 || n > maxJobs {
		return usage("", "read --jobs %d: it must be from 0 to %d", n, maxJobs)
	}
	if c.Duration("claim-timeout") <= 0 {
		return usage("", "read --claim-timeout %v: it must be above 0", c.Duration("claim-timeout"))
	}
	if c.Int("jobs") == 0 && c.String("reports") != "" {
		return usage("give --reports to the workers", "--jobs 0 judges nothing that --reports %s could tell of", c.String("reports"))
	}
	opts, err := p.verifyOptions(c)
	if err != nil {
		return err
	}
	ctx, cancel, err := deadlineAfter(c, p.ward.Spent())
	if err != nil {
		return err
	}
	defer cancel()
	s, err := openExisting(ctx, c)
	if err != nil {
		return late(ctx, err)
	}
	defer func() { err = late(ctx, errors.Join(err, s.Close())) }()
	if err := p.setReader(ctx, c, &opts); err != nil {
		return err
	}
	d := &docket{store: s, progress: p.batchProgress()}
	judge, err := p.assemble(ctx, c, d, opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, judge.Close()) }()
	log, err := p.logger(c)
	if err != nil {
		return err
	}
	version, err := versionOf(opts)
	if err != nil {
		return err
	}
	d.queue, err = queue.Open(ctx, s, version, queue.Options{Judge: p.told(judge.Judge), Jobs: c.Int("jobs"),
		Timeout: c.Duration("claim-timeout"), Logger: log, Ended: func(e queue.End) {
			if e.Kind == queue.Judged {
				p.ward.Judged()
			}
			d.progress.ended(e)
		}})
	if err != nil {
		return err
	}
	return do(ctx, d)
}

// told tells the guardian of every claim that is judged.
func (p *program) told(judge queue.Judge) queue.Judge {
	return func(ctx context.Context, r *corpus.Record) (*verify.Result, error) {
		p.ward.Begun()
		return judge(ctx, r)
	}
}

// assemble opens the archives and prepares what judges.
func (p *program) assemble(ctx context.Context, c *cli.Context, d *docket, opts verify.Options) (*court.Court, error) {
	specs := c.StringSlice("archive")
	if len(specs) == 0 {
		specs = []string{"wayback"}
	}
	roads, reach, err := p.roads(c)
	if err != nil {
		return nil, err
	}
	reach.Pacer, reach.MaxWait = queue.NewPacer(d.store, archive.Rates{}), queue.BriefWait
	if d.archives, err = openArchives(ctx, specs, reach); err != nil {
		return nil, err
	}
	lists := queue.NewLists(d.store)
	for i, a := range d.archives {
		d.archives[i] = lists.Of(a)
	}
	cfg := court.Config{Egress: roads.Egress, Browser: roads.Browser, Archives: d.archives, Verify: opts,
		Reports: c.String("reports"), Now: p.now}
	if c.Int("jobs") > 0 { // else nothing is judged here, and pictures need not be made ready
		earlier, err := p.earlier(ctx, d.store)
		if err != nil {
			return nil, errors.Join(err, closeAll(d.archives))
		}
		cfg.Earlier = earlier.Besides
	}
	return court.Open(cfg), nil
}

// contacts says who will be contacted.
func (d *docket) contacts(c *cli.Context) string {
	var who []string
	if !c.Bool("no-live") {
		who = append(who, "the claimed addresses (live, and what the pages load)")
	}
	for _, a := range d.archives {
		for _, host := range a.Contacts() {
			who = append(who, host+" (lists of captures, and copies)")
		}
	}
	return contacted(who, via(c))
}

// versionOf is what verdicts are pending for.
func versionOf(opts verify.Options) (queue.Version, error) {
	m := opts.Model
	if m == nil {
		var err error
		if m, err = score.Embedded(); err != nil {
			return queue.Version{}, err
		}
	}
	return queue.Version{Program: opts.Program, ModelDigest: m.Digest()}, nil
}
