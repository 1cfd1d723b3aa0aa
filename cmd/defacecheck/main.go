package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func main() {
	jobs := slices.Concat(picture.Jobs(), metadata.Jobs())
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, jobs...); ours {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	os.Exit(run(ctx, os.Args, os.Stdin, os.Stdout, os.Stderr, os.Getenv, time.Now))
}
