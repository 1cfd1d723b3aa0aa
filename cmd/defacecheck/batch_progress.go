package main

import (
	"fmt"
	"strings"
	"sync"

	"github.com/schollz/progressbar/v3"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// batchProgress shows on stderr how claims come out: a bar with rate, time left and
// counts on a terminal, a line a claim elsewhere.
type batchProgress struct {
	say func(format string, args ...any)
	bar *progressbar.ProgressBar // nil where there is no terminal

	mu       sync.Mutex
	all      int // 0 when not known
	done     int
	verdicts map[outcome.Kind]int
	aside    int
}

func (p *program) batchProgress() *batchProgress {
	b := &batchProgress{say: p.say, verdicts: map[outcome.Kind]int{}}
	if _, ok := terminal(p.stderr); ok {
		b.bar = progressbar.NewOptions(1,
			progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetWidth(20), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("claims"),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	return b
}

// expect says how many claims there are to come.
func (b *batchProgress) expect(s *queue.Status) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = s.Left()
	if b.bar != nil {
		b.bar.ChangeMax(b.all)
	}
}

// ended is told of every claim that ended or was put off.
func (b *batchProgress) ended(e queue.End) {
	b.mu.Lock()
	defer b.mu.Unlock()
	what := string(e.Kind)
	switch e.Kind {
	case queue.Judged:
		b.done++
		b.verdicts[e.Outcome]++
		what = e.Outcome.Short()
	case queue.SetAside:
		b.done++
		b.aside++
	}
	if b.bar != nil {
		b.bar.Describe(b.counts())
		_ = b.bar.Set(min(b.done, max(b.all-1, 0))) // the end is end's to say
		return
	}
	line := fmt.Sprintf("%.12s %s", e.Claim, what)
	if e.For > 0 {
		line += fmt.Sprintf(" for %s", e.For)
	}
	if e.Reason != "" {
		line += ": " + plain.Text(e.Reason, maxStep)
	}
	if b.all > 0 {
		line = fmt.Sprintf("%d/%d %s", b.done, b.all, line)
	}
	b.say("%s", line)
}

// counts are the verdicts so far, in as few words as a line of a terminal has room for.
func (b *batchProgress) counts() string {
	var parts []string
	for _, o := range outcome.Given() {
		if n := b.verdicts[o]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o.Short()))
		}
	}
	if b.aside > 0 {
		parts = append(parts, fmt.Sprintf("%d set aside", b.aside))
	}
	return strings.Join(parts, ", ")
}

// end takes the bar away.
func (b *batchProgress) end() {
	if b.bar != nil {
		_ = b.bar.Finish()
	}
}
