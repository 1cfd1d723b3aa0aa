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

// progress shows the steps of a run on stderr: a bar on a terminal, a line a
// step elsewhere. done must be called before anything else is written.
func (p *program) progress() (step func(verify.Step), done func()) {
	if _, ok := terminal(p.stderr); !ok {
		return func(s verify.Step) {
			p.say("%d/%d %s", s.Done, s.Total, plain.Text(s.What, maxStep))
		}, func() {}
	}
	bar := progressbar.NewOptions(1,
		progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetWidth(20),
		progressbar.OptionSetPredictTime(false), progressbar.OptionClearOnFinish())
	step = func(s verify.Step) {
		bar.ChangeMax(max(s.Total, 1))
		bar.Describe(fmt.Sprintf("%d/%d %s", s.Done, s.Total, plain.Text(s.What, 60)))
		// A bar that is full clears itself; the end is done's to say.
		_ = bar.Set(min(s.Done, max(s.Total, 1)-1))
	}
	return step, func() { _ = bar.Finish() }
}
