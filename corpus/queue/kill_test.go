package queue_test

import (
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"
)

var kills = flag.Int("kills", 12, "how often the batch of TestEveryClaimEndsOnceHoweverOftenTheProgramIsKilled is killed")

// A batch of three claims a kill is killed at random moments, also while it starts and
// while it takes up what the one before it left.
func TestEveryClaimEndsOnceHoweverOftenTheProgramIsKilled(t *testing.T) {
	t.Parallel()
	s, path := corpusOf(t, 3**kills)
	c := child{Corpus: path, Takes: 30 * time.Millisecond, Jobs: 2, Deaths: 1000, Enqueue: true}
	random := rand.New(rand.NewPCG(7, 7))
	begun, killed := 0, 0
	for killed < *kills {
		p := start(t.Context(), t, c)
		time.Sleep(time.Duration(random.IntN(500)) * time.Millisecond)
		_ = p.cmd.Process.Kill()
		if p.cmd.Wait() == nil {
			t.Log("the batch was over before it could be killed")
			break
		}
		killed++
		begun += len(p.out.all())
	}
	last := start(t.Context(), t, c)
	last.wait(t)
	begun += len(last.out.all())
	checkEnds(t, s)
	t.Logf("%d claims, %d kills, judged %d times", 3**kills, killed, begun)
	if most := 3**kills + 2*killed; begun > most {
		t.Errorf("claims were judged %d times; with two in flight at each kill at most %d", begun, most)
	}
	if killed == 0 {
		t.Error("the batch was never killed")
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
	both := []*process{start(t.Context(), t, c), start(t.Context(), t, c)}
	var judged []string
	for _, p := range both {
		p.wait(t)
		if len(p.out.all()) == 0 {
			t.Error("one of the two judged nothing")
		}
		judged = append(judged, p.out.all()...)
	}
	slices.Sort(judged)
	if n := len(slices.Compact(slices.Clone(judged))); n != 40 || len(judged) != 40 {
		t.Errorf("%d claims were judged %d times", n, len(judged))
	}
	checkEnds(t, s)
}

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
	t.Logf("it took %s", time.Since(began).Round(time.Millisecond))
	var failures, deaths, held int
	row := s.DB().QueryRowContext(t.Context(), "SELECT sum(failures), sum(deaths), sum(CASE WHEN worker = '' THEN 0 ELSE 1 END) FROM queue_tasks")
	if err := row.Scan(&failures, &deaths, &held); err != nil || failures+deaths+held != 0 {
		t.Errorf("%d failures, %d deaths and %d claims held after an orderly end: %v", failures, deaths, held, err)
	}
	start(t.Context(), t, child{Corpus: path, Jobs: 2}).wait(t)
	checkEnds(t, s)
}
