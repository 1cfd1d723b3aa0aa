package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/capturetest/proctree"
)

var (
	batchClaims = flag.Int("batch-claims", 40, "claims of BenchmarkBatch")
	batchPages  = flag.Int("batch-pages", 10, "pages that the claims of BenchmarkBatch are about")
	batchAlone  = flag.Int("batch-alone", 10, "claims of BenchmarkBatch that are judged alone as well")
)

// BenchmarkBatch judges some claims of a channel by a process each, as verify does, and
// then all of them as batches with one worker and with two. It reports seconds a claim, for
// batches of all but the first claim, the ratios, processor seconds a claim (of what ended
// and was waited for, which is not all of a browser), and the memory (proportional) of the
// batch's processes.
func BenchmarkBatch(b *testing.B) {
	w := newChannelWorld(b, *batchPages, *batchClaims)
	for b.Loop() {
		alone, work := w.alone(b, *batchAlone)
		one, _ := w.batch(b, 1)
		two, watch := w.batch(b, 2)
		b.ReportMetric(alone.Seconds(), "alone-s/claim")
		b.ReportMetric(one.Seconds(), "1-worker-s/claim")
		b.ReportMetric(two.Seconds(), "2-workers-s/claim")
		b.ReportMetric(one.Seconds()/alone.Seconds(), "1-worker/alone")
		b.ReportMetric(two.Seconds()/alone.Seconds(), "2-workers/alone")
		b.ReportMetric(one.Seconds()/two.Seconds(), "2-workers-speedup")
		b.ReportMetric(work.Seconds(), "alone-cpu-s/claim")
		b.ReportMetric(watch.work.Seconds()/float64(watch.all), "batch-cpu-s/claim")
		for phase, took := range watch.phases {
			b.ReportMetric(float64(took.Milliseconds())/float64(watch.all), strings.ReplaceAll(phase, " ", "-")+"-ms/claim")
		}
		watch.memory.report(b)
	}
}

// BenchmarkMemoryOfABatch judges as many claims by two workers only, and reports the memory
// (proportional) of the batch's processes on the way.
func BenchmarkMemoryOfABatch(b *testing.B) {
	w := newChannelWorld(b, *batchPages, *batchClaims)
	for b.Loop() {
		each, watch := w.batch(b, 2)
		b.ReportMetric(each.Seconds(), "2-workers-s/claim")
		watch.memory.report(b)
	}
}

// alone is the mean time of verify for claims from everywhere, and that of its work.
func (w *channelWorld) alone(b *testing.B, n int) (each, work time.Duration) {
	b.Helper()
	began := time.Now()
	for i := range n {
		k := i * len(w.pictures) / n
		args := append([]string{"verify", "--url", w.urls[k], "--claimed-at", claimedDay.Format(time.DateOnly), "--exit-zero", w.pictures[k]}, w.witness...)
		cmd := process(b, args...)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("verify: %v\n%s", err, out)
		}
		work += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return time.Since(began) / time.Duration(n), work / time.Duration(n)
}

// batch judges a copy of the corpus and returns the time a claim after the first.
func (w *channelWorld) batch(b *testing.B, jobs int) (each time.Duration, watch *judgedLines) {
	b.Helper()
	data, err := os.ReadFile(w.corpus)
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "corpus")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		b.Fatal(err)
	}
	cmd := process(b, append([]string{"batch", "--corpus", file, "--jobs", strconv.Itoa(jobs), "--log-level", "info"}, w.witness...)...)
	watch = &judgedLines{phases: map[string]time.Duration{}, all: len(w.pictures), pid: func() int { return cmd.Process.Pid }}
	cmd.Stderr = watch
	if err := cmd.Run(); err != nil || len(watch.at) != len(w.pictures) {
		b.Fatalf("batch: %v after %d claims\n%s", err, len(watch.at), watch.said.String())
	}
	each = watch.at[len(watch.at)-1].Sub(watch.at[0]) / time.Duration(len(watch.at)-1)
	watch.work = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return each, watch
}

// judgedLines notes when claims were judged, and what the program takes then.
type judgedLines struct {
	all    int
	pid    func() int
	said   bytes.Buffer
	at     []time.Time
	memory memory
	work   time.Duration
	phases map[string]time.Duration // with two claims side by side, of both
}

// memory is what a batch's processes took after each claim, in bytes: those of the
// program, and with them the browser's.
type memory struct{ program, all []int64 }

func (m *memory) look(root int) {
	program, all := treeMemory(root)
	m.program, m.all = append(m.program, program), append(m.all, all)
}

// report gives the median and the most of the claims around a quarter and of the last:
// one look sees a claim at its beginning or at its height. The medians of each tenth
// are logged.
func (m *memory) report(b *testing.B) {
	n := len(m.all)
	for name, of := range map[string][]int64{"at-a-quarter": m.all[n/8 : 3*n/8], "at-the-end": m.all[3*n/4:]} {
		b.ReportMetric(megabytes(median(of)), "MB-"+name)
		b.ReportMetric(megabytes(slices.Max(of)), "most-MB-"+name)
	}
	const parts = 10
	for i := range parts {
		from, to := i*n/parts, (i+1)*n/parts
		b.Logf("claims %d to %d: the program %.0f MB, with the browser %.0f MB", from+1, to, megabytes(median(m.program[from:to])), megabytes(median(m.all[from:to])))
	}
}

func median(of []int64) int64 { return slices.Sorted(slices.Values(of))[len(of)/2] }

func megabytes(n int64) float64 { return float64(n) / (1 << 20) }

// phase is a part of judging as it is logged, and what it took.
var phase = regexp.MustCompile(`"?([a-z ]+[a-z])"?=([0-9.]+(?:ms|s|µs|m[0-9.]+s))`)

func (l *judgedLines) Write(p []byte) (int, error) {
	l.said.Write(p)
	for line := range bytes.Lines(p) {
		if bytes.Contains(line, []byte("msg=judged ")) {
			for _, m := range phase.FindAllSubmatch(line, -1) {
				took, _ := time.ParseDuration(string(m[2]))
				l.phases[string(m[1])] += took
			}
		}
		var n, all int
		if _, err := fmt.Sscanf(string(line), "%d/%d ", &n, &all); err != nil || all != l.all {
			continue
		}
		l.at = append(l.at, time.Now())
		if len(l.at) < l.all { // after the last one the browser ends
			l.memory.look(l.pid())
		}
	}
	return len(p), nil
}

// treeMemory is the proportional memory of a process and all that came from it, in
// bytes: of those that run its program, and of all.
func treeMemory(root int) (program, all int64) {
	for _, pid := range append(proctree.Below(root), root) {
		n := proctree.Memory(pid)
		all += n
		if proctree.Executable(pid) == proctree.Executable(root) {
			program += n
		}
	}
	return program, all
}
