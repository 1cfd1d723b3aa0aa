package queue_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus/queue"
)

var kills = flag.Int("kills", 8, "how often the batch of TestEveryClaimEndsOnceHoweverOftenTheProgramIsKilled is killed")

// A batch of three claims a kill is killed again and again: while it starts, while it
// takes up what the one before it left, while it judges, and while it records.
func TestEveryClaimEndsOnceHoweverOftenTheProgramIsKilled(t *testing.T) {
	t.Parallel()
	claims := 3 * *kills
	s, path := corpusOf(t, claims)
	c := child{Corpus: path, Takes: 30 * time.Millisecond, Jobs: 2, Deaths: 1000, Enqueue: true}
	random := rand.New(rand.NewPCG(7, 7))
	begun, killed := 0, 0
	for killed < *kills {
		p := start(t.Context(), t, c)
		ended := make(chan error, 1)
		go func() { ended <- p.cmd.Wait() }()
		early := random.IntN(4) == 0 // at any moment of its start
		for judged := random.IntN(7); !early && len(p.out.all()) < judged && len(ended) == 0; {
			time.Sleep(time.Millisecond)
		}
		if early {
			time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(50_000)) * time.Microsecond)
		_ = p.cmd.Process.Kill()
		err := <-ended
		begun += len(p.out.all())
		if err == nil {
			break // it was done
		}
		killed++
	}
	last := start(t.Context(), t, c)
	last.wait(t)
	begun += len(last.out.all())
	checkEnds(t, s)
	t.Logf("%d claims, %d kills, judged %d times", claims, killed, begun)
	if most := claims + 2*killed; begun < claims || begun > most {
		t.Errorf("claims were judged %d times; with two in flight at each kill at most %d", begun, most)
	}
	if killed < *kills/2 {
		t.Errorf("the batch was over after %d kills", killed)
	}
}

func TestAClaimThatKillsTheProgramIsSetAsideAndHarmsNoOther(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 12)
	poison := "http://site-1.test/"
	c := child{Corpus: path, Takes: 20 * time.Millisecond, Jobs: 2, Poison: poison, Enqueue: true}
	deaths := 0
	for range 10 {
		p := start(t.Context(), t, c)
		if err := p.cmd.Wait(); err == nil {
			break
		}
		if deaths++; !slices.Contains(p.out.all(), poison) {
			t.Fatalf("it ended for another reason: %s", p.err.String())
		}
	}
	if deaths != 3 {
		t.Errorf("the program ended %d times, want 3", deaths)
	}
	checkEnds(t, s, poison)
}

func TestWhatADeadProcessWasAtIsTakenUpAtOnce(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 4)
	slow := start(t.Context(), t, child{Corpus: path, Takes: time.Hour, Jobs: 2, Enqueue: true})
	until(t, "two claims are in flight", func() bool { return len(slow.out.all()) == 2 })
	_ = slow.cmd.Process.Kill()
	_ = slow.cmd.Wait()
	start(t.Context(), t, child{Corpus: path, Jobs: 2}).wait(t) // no longer than "until" waits elsewhere
	checkEnds(t, s)
}

func TestTwoProcessesOnOneFileDoNotTakeEachOthersClaims(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 40)
	c := child{Corpus: path, Takes: 50 * time.Millisecond, Jobs: 2, Enqueue: true}
	judged := judgedByTwo(t, c)
	slices.Sort(judged)
	if n := len(slices.Compact(slices.Clone(judged))); n != 40 || len(judged) != 40 {
		t.Errorf("%d claims were judged %d times", n, len(judged))
	}
	checkEnds(t, s)
}

// loaded is what a machine that does much else may add to a time that is promised.
const loaded = 5 * time.Second

func TestAnInterruptHandsBackWhatIsInFlight(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 4)
	p := start(t.Context(), t, child{Corpus: path, Takes: time.Hour, Jobs: 2, Enqueue: true})
	until(t, "two claims are in flight", func() bool { return len(p.out.all()) == 2 })
	began := time.Now()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait(t)
	if took := time.Since(began); took > queue.Ending+loaded {
		t.Errorf("it took %s", took)
	}
	var failures, deaths, held int
	row := s.DB().QueryRowContext(t.Context(), "SELECT sum(failures), sum(deaths), sum(CASE WHEN worker = '' THEN 0 ELSE 1 END) FROM queue_tasks")
	if err := row.Scan(&failures, &deaths, &held); err != nil || failures+deaths+held != 0 {
		t.Errorf("%d failures, %d deaths and %d claims held after an orderly end: %v", failures, deaths, held, err)
	}
	start(t.Context(), t, child{Corpus: path, Jobs: 2}).wait(t)
	checkEnds(t, s)
}
