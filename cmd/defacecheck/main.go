package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func main() {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now))
}
