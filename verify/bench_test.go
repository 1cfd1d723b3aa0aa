package verify_test

import (
	"context"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest/proctree"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/capture/witness"
	"github.com/defacecheck/defacecheck/corpus/synth"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// BenchmarkJudge judges one claim with one live and four archived captures, as
// `defacecheck verify` does, browser start included. It reports each phase in
// milliseconds and the peak memory of this process (resident, with the
// benchmark's own) and of the browser's processes (proportional) in megabytes.
func BenchmarkJudge(b *testing.B) {
	if _, err := browser.Find(); err != nil {
		b.Skip("no browser:", err)
	}
	dir := b.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	set, err := synth.Town(context.Background(), synth.Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	i := 0
	for set.Claims[i].Name != "c-spliced-tight" {
		i++
	}
	resolve, stop, err := set.Serve(set.Claims[i])
	if err != nil {
		b.Fatal(err)
	}
	defer stop()
	runtime.GC()
	watch := watchMemory()
	phases := map[string]time.Duration{}
	for b.Loop() {
		for _, t := range judgeOnce(b, set, set.Claims[i], resolve).Timings {
			phases[t.Phase] += t.Took
		}
	}
	own, browsers := watch()
	b.ReportMetric(float64(own)/(1<<20), "own-MB")
	b.ReportMetric(float64(browsers)/(1<<20), "browser-MB")
	for name, took := range phases {
		b.ReportMetric(float64(took.Milliseconds())/float64(b.N), strings.ReplaceAll(name, " ", "-")+"-ms")
	}
}

func judgeOnce(b *testing.B, set *synth.Set, claim synth.Claim, resolve []string) *verify.Judgement {
	b.Helper()
	var overrides []egress.Override
	for _, r := range resolve {
		o, err := egress.ParseOverride(r)
		if err != nil {
			b.Fatal(err)
		}
		overrides = append(overrides, o)
	}
	a, err := archive.Open(context.Background(), set.Path(claim.Archive), archive.Options{})
	if err != nil {
		b.Fatal(err)
	}
	w, err := witness.Open(witness.Config{
		Egress: egress.Config{Resolve: overrides}, Archives: []archive.Archive{a},
		Browser: browser.Config{Clock: func() time.Time { return set.Now }},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	data, err := os.ReadFile(set.Path(claim.Picture))
	if err != nil {
		b.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, claim.ClaimedAt)
	if err != nil {
		b.Fatal(err)
	}
	url, err := capture.CanonicalURL(claim.URL)
	if err != nil {
		b.Fatal(err)
	}
	j, err := verify.Judge(context.Background(), verify.Claim{
		Picture: data, Name: claim.Name, URL: url, ClaimedAt: verify.Span{From: at, To: at}, ReadAt: set.Now,
	}, w, verify.Options{Live: true, Captures: 4})
	if err != nil {
		b.Fatal(err)
	}
	return j
}

// watchMemory samples memory until the returned function is called, which
// gives the peaks in bytes.
func watchMemory() (stop func() (own, browsers int64)) {
	var own, browsers int64
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(50 * time.Millisecond):
				own = max(own, proctree.Memory(os.Getpid()))
				browsers = max(browsers, chromiumMemory())
			}
		}
	})
	return func() (int64, int64) {
		close(done)
		wg.Wait()
		return own, browsers
	}
}

// chromiumMemory is what the browsers that this process started take together.
func chromiumMemory() (sum int64) {
	for _, pid := range proctree.Below(os.Getpid()) {
		if proctree.Browser(pid) {
			sum += proctree.Memory(pid)
		}
	}
	return sum
}
