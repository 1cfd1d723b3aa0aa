package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

const benchPages = 48

// BenchmarkCaptureAgainstOneProcessAPage takes full-page pictures of 48 varied
// pages in isolated contexts with everything that steadies a page switched on,
// and of the same pages with one chromium --screenshot process each, and
// reports both in pages a minute and their ratio. One iteration is one round
// of both.
func BenchmarkCaptureAgainstOneProcessAPage(b *testing.B) {
	peer, err := exec.LookPath("chromium")
	if err != nil {
		b.Skip("no chromium to compare with")
	}
	srv := varied(b)
	ours := start(b, Config{Gateway: loopback(b), Tabs: benchTabs(b)})
	var heights [benchPages]int
	everyPage(ours.cfg.Tabs, func(n int) { heights[n] = capturePage(b, ours, srv.URL, n) }) // warms the caches too
	var mine, theirs time.Duration
	rounds := 0
	for b.Loop() {
		begin := time.Now()
		everyPage(ours.cfg.Tabs, func(n int) { capturePage(b, ours, srv.URL, n) })
		mine += time.Since(begin)
		begin = time.Now()
		everyPage(1, func(n int) { onePerProcess(b, peer, srv.URL, n, heights[n]) })
		theirs += time.Since(begin)
		rounds++
	}
	pages := float64(benchPages * rounds)
	b.ReportMetric(pages/mine.Minutes(), "pages/min")
	b.ReportMetric(pages/theirs.Minutes(), "peer-pages/min")
	b.ReportMetric(theirs.Seconds()/mine.Seconds(), "ratio")
}

// BenchmarkCapture is the same without the peer, for each kind of browser.
func BenchmarkCapture(b *testing.B) {
	for _, variant := range []Variant{Shell, Full} {
		b.Run(string(variant), func(b *testing.B) {
			srv := varied(b)
			ours := start(b, Config{Gateway: loopback(b), Variant: variant, Tabs: benchTabs(b)})
			capturePage(b, ours, srv.URL, 0)
			rounds := 0
			begin := time.Now()
			for b.Loop() {
				everyPage(ours.cfg.Tabs, func(n int) { capturePage(b, ours, srv.URL, n) })
				rounds++
			}
			b.ReportMetric(float64(benchPages*rounds)/time.Since(begin).Minutes(), "pages/min")
		})
	}
}

// benchTabs reads the number of tabs from BENCH_TABS; 0 is the default.
func benchTabs(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("BENCH_TABS"))
	if err != nil {
		return 0
	}
	return n
}

func everyPage(workers int, see func(n int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range workers {
		wg.Go(func() {
			for n := range next {
				see(n)
			}
		})
	}
	for n := range benchPages {
		next <- n
	}
	close(next)
	wg.Wait()
}

// capturePage returns the page's height in CSS pixels.
func capturePage(b *testing.B, ours *Browser, base string, n int) int {
	c, err := ours.Capture(context.Background(), capture.Request{URL: fmt.Sprintf("%s/%d", base, n), FullPage: true})
	if err != nil || c.Validity != capture.OK || len(c.FullPage) == 0 || !c.Settled.Quiet {
		b.Errorf("page %d: %v, %+v", n, err, c)
		return 0
	}
	return c.PageHeight
}

// onePerProcess is how a page is photographed without a library. It runs
// beside the benchmark's own goroutine and so must not end the benchmark.
func onePerProcess(b *testing.B, peer, base string, n, height int) {
	dir := b.TempDir()
	if err := openTemp(dir); err != nil {
		b.Error(err)
		return
	}
	shot := filepath.Join(dir, "shot.png")
	cmd := exec.Command(peer, "--headless", "--screenshot="+shot, fmt.Sprintf("--window-size=1366,%d", height), "--hide-scrollbars",
		"--user-data-dir="+filepath.Join(dir, "profile"), fmt.Sprintf("%s/%d", base, n))
	cred, err := unprivileged(Config{})
	if err != nil {
		b.Error(err)
		return
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Errorf("page %d: %v: %s", n, err, out)
	} else if _, err := os.Stat(shot); err != nil {
		b.Error(err)
	}
}
