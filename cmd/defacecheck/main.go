package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/defacecheck/defacecheck/corpus/queue/guardian"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func main() {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv, now: time.Now}
	args, ward, err := guardian.Adopted(os.Args)
	if err != nil {
		os.Exit(p.fail(ctx, err))
	}
	p.ward = ward
	if ward == nil { // else one Ctrl-C comes twice, from the terminal and from the guardian
		context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once, and its ward
		p.guard = p.guardianOf(args)
	}
	code := p.run(ctx, args)
	ward.Left()
	os.Exit(code)
}
