package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/verify"
)

// screen is a terminal of so many columns and what was written to it.
type screen struct {
	file *os.File // for the program
	mu   sync.Mutex
	said strings.Builder
	done chan struct{} // closed when the last was read
}

func newScreen(t *testing.T, columns uint16) *screen {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here:", err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{done: make(chan struct{})}
	if s.file, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(s.file.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.done)
		defer master.Close()
		_, _ = io.Copy(s, master) // ends with an error when the program's side is closed
	}()
	t.Cleanup(s.close)
	return s
}

// close ends the program's side; then all that was written is there.
func (s *screen) close() {
	_ = s.file.Close()
	<-s.done
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(b)
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// drawn are the lines that were drawn over one another, without what ends in a new line.
func (s *screen) drawn() (all []string) {
	for _, part := range strings.Split(strings.ReplaceAll(s.text(), "\r\n", "\n"), "\r") {
		if i := strings.LastIndexByte(part, '\n'); i >= 0 {
			part = part[i+1:]
		}
		if part != "" {
			all = append(all, part)
		}
	}
	return all
}

func TestAWorkerShowsHowFarTheQueueIsOnOneLineOfANarrowTerminal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file, none := filepath.Join(dir, "corpus"), noArchive(t, dir)
	for _, host := range []string{"a", "b", "c"} {
		collectOne(t, file, "http://"+host+".test/")
	}
	if code, said := command(t, time.Now(), "defacecheck", "batch", "--corpus", file, "--jobs", "0"); code != 0 {
		t.Fatal(said)
	}
	tty := newScreen(t, 40)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"defacecheck", "worker", "--corpus", file, "--jobs", "1", "--no-live", "--no-reading", "--archive", none},
			nil, io.Discard, tty.file, os.Getenv, time.Now)
	}()
	for end := time.Now().Add(time.Minute); !strings.Contains(tty.text(), " 3/3") && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	interrupt()
	if code := <-ended; code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	tty.close()
	lines := tty.drawn()
	if all := strings.Join(lines, "\n"); !strings.Contains(all, "  0% [       ] 0/3") || !strings.Contains(all, "100% [#######] 3/3: 3 page not seen") {
		t.Errorf("it drew %q", lines)
	}
	for _, line := range lines {
		if len(line) > 39 {
			t.Errorf("%q takes %d columns of 40", line, len(line))
		}
	}
	if last := lines[len(lines)-1]; strings.TrimSpace(last) != "" {
		t.Errorf("the line was left behind: %q", last)
	}
}

// states of a queue on which others work as well.
func TestTheBarCountsWhatAllWorkersJudgedSinceTheRunBegan(t *testing.T) {
	t.Parallel()
	tty := newScreen(t, 120)
	b := (&program{stderr: tty.file}).batchProgress()
	state := func(waiting, judged, unseen, aside int) *queue.Status {
		return &queue.Status{Waiting: waiting, Judged: judged + unseen, SetAside: make([]queue.Aside, aside),
			Verdicts: map[outcome.Kind]int{outcome.Kind(verify.Supported): judged, outcome.NotSeen: unseen}}
	}
	at := time.Now()
	want := func(line string) {
		t.Helper()
		until(t, func() bool {
			all := tty.drawn()
			return len(all) > 0 && strings.TrimRight(all[len(all)-1], " ") == line
		}, line, tty)
	}
	answer := func(s *queue.Status, at time.Time) { b.ask(); b.update(s, at) }
	b.update(state(0, 5, 0, 1), at)
	want("  0% [                    ] waiting for claims")
	answer(state(8, 5, 0, 1), at)
	want("  0% [                    ] 0/8")
	b.ended(queue.End{Kind: queue.Judged, Outcome: outcome.NotSeen})
	b.ended(queue.End{Kind: queue.Failed, Reason: "hung"})
	want(" 12% [##                  ] 1/8: 1 page not seen")
	answer(state(4, 7, 1, 2), at.Add(2*time.Minute)) // three of them elsewhere
	want(" 50% [##########          ] 4/8, 2m left: 2 supported, 1 page not seen, 1 set aside")
	b.ended(queue.End{Kind: queue.SetAside})
	want(" 62% [############        ] 5/8, 2m left: 2 supported, 1 page not seen, 2 set aside")
	b.ask()
	b.ended(queue.End{Kind: queue.Judged, Outcome: outcome.Ordinary}) // while it is asked: the answer does not have it
	b.update(state(7, 7, 1, 3), at.Add(3*time.Minute))                // somebody queued four more
	want(" 50% [##########          ] 6/12, 3m left: 2 supported, 1 page not seen, 1 ordinary page, 2 set aside")
	for range 6 {
		b.ended(queue.End{Kind: queue.Judged, Outcome: outcome.Kind(verify.Supported)})
	}
	want("100% [####################] 12/12: 8 supported, 1 page not seen, 1 ordinary page, 2 set aside")
}

func until(t *testing.T, come func() bool, want string, tty *screen) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !come(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("want %q, drawn %q", want, tty.drawn())
		}
	}
}

func TestABarFitsWhateverTheTerminal(t *testing.T) {
	t.Parallel()
	for columns := -9; columns < 130; columns++ {
		for _, share := range []float64{-1, 0, 0.999, 1, 2} {
			line := barred(share, strings.Repeat("12 leans genuine, ", 9), columns)
			if len(line) > max(columns, 0) || columns > 30 && !strings.Contains(line, "] 12 l") {
				t.Errorf("%d columns, share %v: %q", columns, share, line)
			}
		}
	}
}

func TestTheTimeLeftIsToldShortlyAndOnlyWhereThereIsAPace(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{0: "1m", 59 * time.Second: "1m", 100 * time.Second: "2m", 3 * time.Hour: "3h00m", 50*time.Hour + time.Minute: "2d"} {
		if got := shortly(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
	var p pace
	at := time.Now()
	p.note(at, 0, 100)
	if _, known := p.left(100); known {
		t.Error("a time is left before anything has ended")
	}
	for minute := 1; minute <= 60; minute++ { // two a minute, and six in the last ten minutes
		p.note(at.Add(time.Duration(minute)*time.Minute), 2*minute+4*max(0, minute-50), 100)
	}
	if left, known := p.left(60); !known || left != 10*time.Minute {
		t.Errorf("%s left, %v; want the pace of the last ten minutes", left, known)
	}
	p.note(at.Add(2*time.Hour), 160, 0)
	p.note(at.Add(3*time.Hour), 160, 0)
	if _, known := p.left(1); known {
		t.Error("waiting for claims counts as slowness")
	}
}
