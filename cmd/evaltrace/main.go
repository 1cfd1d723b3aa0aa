// Command evaltrace measures how often traces of editing are found in pictures
// that were edited, and in pictures that were not; see package
// corpus/evaluate/tracing.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/defacecheck/defacecheck/corpus/evaluate/tracing"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func main() {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := tracing.Run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "evaltrace:", err)
		os.Exit(1)
	}
}
