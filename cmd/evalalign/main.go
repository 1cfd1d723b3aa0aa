// Command evalalign measures how well pictures are found in pages and told from
// altered ones; see package corpus/evaluate/alignment.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func main() {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := alignment.Run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "evalalign:", err)
		os.Exit(1)
	}
}
