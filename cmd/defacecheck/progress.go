package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// maxStep bounds one line of progress, in characters.
const maxStep = 200

// terminal returns the width of w in columns, and whether w is a terminal.
func terminal(w io.Writer) (width int, ok bool) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0, true
	}
	return width, true
}

// progress shows the steps of a run on stderr, as counter does. done must be called
// before anything else is written.
func (p *program) progress() (step func(verify.Step), done func()) {
	count, done := p.counter(false)
	return func(s verify.Step) { count(s.Done, s.Total, s.What) }, done
}

// counter shows on stderr how many of many are done: a bar on a terminal, a line
// each elsewhere. The bar tells their number or, where they are many and alike and
// timed is set, the time left.
func (p *program) counter(timed bool) (step func(done, all int, what string), end func()) {
	if _, ok := terminal(p.stderr); !ok {
		return func(done, all int, what string) {
			p.say("%d/%d %s", done, all, plain.Text(what, maxStep))
		}, func() {}
	}
	bar := progressbar.NewOptions(1,
		progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetWidth(20),
		progressbar.OptionSetPredictTime(timed), progressbar.OptionClearOnFinish())
	step = func(done, all int, what string) {
		what = plain.Text(what, 60)
		if !timed {
			what = fmt.Sprintf("%d/%d %s", done, all, what)
		}
		bar.ChangeMax(max(all, 1))
		bar.Describe(what)
		// A bar that is full clears itself; the end is end's to say.
		_ = bar.Set(min(done, max(all, 1)-1))
	}
	return step, func() { _ = bar.Finish() }
}

// sparseEvery is after how many steps a line is written where there is no terminal.
const sparseEvery = 1000

// sparse is counter for steps by the thousand: where there is no terminal, it tells
// only some of them and the last.
func (p *program) sparse(timed bool) (step func(done, all int, what string), end func()) {
	return p.sparser(timed, sparseEvery)
}

// slowEvery is the same for steps of a second or so each.
const slowEvery = 25

// slowly is sparse for many alike that take about a second each. Where there are none,
// nothing is told.
func (p *program) slowly(what string) (step func(done, all int), end func()) {
	count, end := p.sparser(true, slowEvery)
	return func(done, all int) { count(done, all, what) }, end
}

func (p *program) sparser(timed bool, every int) (step func(done, all int, what string), end func()) {
	count, end := p.counter(timed)
	if _, ok := terminal(p.stderr); ok {
		return count, end
	}
	return func(done, all int, what string) {
		if done%every == 0 || done == all {
			count(done, all, what)
		}
	}, end
}
