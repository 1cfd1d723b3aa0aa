package queue_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
)

// corpusOf makes a corpus in a file with so many claims.
func corpusOf(t *testing.T, claims int) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "corpus")
	return fill(t, path, claims), path
}

// fill puts so many claims into a corpus.
func fill(t *testing.T, spec string, claims int) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	var items []store.Item
	for n := range claims {
		items = append(items, storetest.Item(uint64(n)))
	}
	if _, err := s.Add(t.Context(), items...); err != nil {
		t.Fatal(err)
	}
	return s
}

// queueOf opens the queue of a corpus and queues what is pending.
func queueOf(t *testing.T, s *store.Store, o queue.Options) *queue.Queue {
	t.Helper()
	q, err := queue.Open(t.Context(), s, version, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := q.Enqueue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return q
}

// records reads all claims.
func records(t *testing.T, s *store.Store) (all []*corpus.Record) {
	t.Helper()
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// checkEnds demands that every claim has one verdict, but those set aside, which have
// none.
func checkEnds(t *testing.T, s *store.Store, setAside ...string) {
	t.Helper()
	aside := map[string]bool{}
	for _, url := range setAside {
		aside[url] = true
	}
	for _, r := range records(t, s) {
		want := 1
		if aside[r.Claim.URL] {
			want = 0
		}
		if len(r.Verdicts) != want || (r.SetAside != nil) != (want == 0) {
			t.Errorf("%s has %d verdicts, set aside: %+v", r.Claim.URL, len(r.Verdicts), r.SetAside)
		}
	}
}

// ends collects what became of claims.
type ends struct {
	mu  sync.Mutex
	all []queue.End
}

func (e *ends) note(x queue.End) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.all = append(e.all, x)
}

func (e *ends) count(k queue.Kind) (n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, x := range e.all {
		if x.Kind == k {
			n++
		}
	}
	return n
}

// process is a worker in a process of its own.
type process struct {
	cmd *exec.Cmd
	out lines
	err bytes.Buffer
}

// lines counts and keeps lines.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) all() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Fields(l.text.String())
}

func start(ctx context.Context, t *testing.T, c child) *process {
	t.Helper()
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.CommandContext(ctx, exe)}
	p.cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// wait waits for the end of a process that must end well.
func (p *process) wait(t *testing.T) {
	t.Helper()
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("a worker ended badly: %v\n%s", err, p.err.String())
	}
}

// until waits for something that must come about.
func until(t *testing.T, what string, come func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !come(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it did not come about that %s", what)
		}
	}
}

// judgedByTwo is what two processes at once judged, each of which must have done some.
func judgedByTwo(t *testing.T, c child) (judged []string) {
	t.Helper()
	for _, p := range []*process{start(t.Context(), t, c), start(t.Context(), t, c)} {
		p.wait(t)
		if len(p.out.all()) == 0 {
			t.Error("one of the two judged nothing")
		}
		judged = append(judged, p.out.all()...)
	}
	return judged
}
