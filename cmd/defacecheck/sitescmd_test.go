package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// cmdSites is "sites DIR N": N sites of one page each, with words and colours of their
// own.
func cmdSites(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: sites DIR N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i := range n {
		dir := filepath.Join(ts.MkAbs(args[0]), fmt.Sprintf("site%02d", i))
		ts.Check(os.MkdirAll(dir, 0o755))
		ts.Check(os.WriteFile(filepath.Join(dir, "index.html"), []byte(drawnPage(rand.New(rand.NewPCG(uint64(i), 1)))), 0o644))
	}
}

func drawnPage(rng *rand.Rand) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><meta charset="utf-8"><title>%s</title><style>body{margin:0 %dpx;font:%dpx/1.5 sans-serif}h1{background:#%06x;color:#fff;padding:20px}</style><h1>%[1]s</h1>`,
		drawnWords(rng, 2), 20+rng.IntN(120), 14+rng.IntN(5), rng.IntN(0x909090))
	for range 8 {
		fmt.Fprintf(&b, "<h2>%s</h2><p>%s.</p>", drawnWords(rng, 3), drawnWords(rng, 40))
	}
	return b.String()
}

func drawnWords(rng *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		for range 2 + rng.IntN(3) {
			words[i] += string("bdfgklmnprstvz"[rng.IntN(14)]) + string("aeiou"[rng.IntN(5)])
		}
	}
	return strings.Join(words, " ")
}
