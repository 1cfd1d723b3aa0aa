package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// The exit codes. Scripts rely on them.
const (
	exitGenuine      = 0 // supported or leans genuine; every other command: done
	exitFailure      = 1
	exitUsage        = 2
	exitFalse        = 3 // contradicted or leans false
	exitInconclusive = 4
	exitPartly       = 5   // done, but some of what was given could not be taken
	exitInterrupted  = 130 // 128 + SIGINT, as shells write it
)

const exitCodesHelp = "Exit codes: 0 supported or leans genuine, 3 contradicted or leans false,\n" +
	"4 inconclusive, 1 failure, 2 usage, 130 interrupted."

// verdictCode is the exit code that tells a verdict.
func verdictCode(w verify.Word) int {
	switch w {
	case verify.Supported, verify.LeansGenuine:
		return exitGenuine
	case verify.Contradicted, verify.LeansFalse:
		return exitFalse
	}
	return exitInconclusive
}

// usageError is a mistake on the command line.
type usageError struct {
	err  error
	hint string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(hint, format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...), hint: hint}
}

// tooLong is the cause of a context that --timeout ended.
type tooLong struct{ after time.Duration }

func (e tooLong) Error() string { return fmt.Sprintf("not done after %v", e.after) }

// maxError bounds an error message, in characters.
const maxError = 2000

// fail tells a person what went wrong and what to do, and picks the exit code.
func (p *program) fail(ctx context.Context, err error) int {
	if ctx.Err() != nil {
		p.say("defacecheck: interrupted")
		return exitInterrupted
	}
	p.say("defacecheck: %s", plain.Text(err.Error(), maxError))
	if h := hint(err); h != "" {
		p.say("defacecheck: hint: %s", plain.Text(h, maxError))
	}
	if u := (*usageError)(nil); errors.As(err, &u) {
		return exitUsage
	}
	return exitFailure
}

// hint says what a person can do about err; "" when the message says it.
func hint(err error) string {
	if u := (*usageError)(nil); errors.As(err, &u) {
		return u.hint
	}
	if t := (tooLong{}); errors.As(err, &t) {
		return "give it longer with --timeout, or fewer captures with --captures"
	}
	for _, h := range hints() {
		if errors.Is(err, h.kind) {
			return h.do
		}
	}
	return ""
}

type advice struct {
	kind error
	do   string
}

// hints are tried in order; an error can be of several kinds.
func hints() []advice {
	return []advice{
		{capture.ErrSandbox, `"defacecheck doctor" tells what keeps the sandbox from starting; --no-sandbox goes without, at your risk`},
		{capture.ErrNoBrowser, "install chromium or chromium-headless-shell, or name one with --browser PATH"},
		{capture.ErrBrowserGone, "something ended the browser, perhaps for lack of memory; try again"},
		{capture.ErrRefused, "addresses of private and special networks are not visited; permit one with --allow-net CIDR"},
		{capture.ErrNoHost, "check the spelling; --resolve HOST:PORT:ADDR answers in place of DNS"},
		{capture.ErrTLS, "a failing certificate is a finding; --trust-ca FILE accepts an authority of your own"},
		{capture.ErrRateLimited, "wait some minutes and try again; what was fetched is kept in the cache"},
		{capture.ErrExcluded, "the owner or the archive keeps this page back; name another archive with --archive"},
		{capture.ErrDown, "try again later, or name another archive with --archive"},
		{guardian.ErrGivenUp, "perhaps there is too little memory: try fewer --jobs; the same command goes on, and \"defacecheck batch status\" tells what was set aside"},
		{store.ErrUnknown, `"defacecheck corpus list --corpus CORPUS" tells the ids of the claims`},
		{store.ErrAmbiguous, "write more of the id"},
		{fs.ErrPermission, "check who may read and write there"},
	}
}
