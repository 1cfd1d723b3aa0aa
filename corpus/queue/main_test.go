package queue_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/queue"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

// childEnv makes the test binary a worker on a corpus.
const childEnv = "DEFACECHECK_QUEUE_TEST_CHILD"

// child is what a worker in a process of its own does.
type child struct {
	Corpus  string
	Takes   time.Duration // to judge a claim
	Jobs    int
	Deaths  int
	Stay    bool   // do not end when all is done
	Poison  string // address of the claim that ends the process
	Enqueue bool
}

var version = queue.Version{Program: "defacecheck test", ModelDigest: "sha256:0123"}

func TestMain(m *testing.M) {
	if text := os.Getenv(childEnv); text != "" {
		if err := work(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func work(text string) error {
	var c child
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	s, err := store.Open(ctx, c.Corpus)
	if err != nil {
		return err
	}
	q, err := queue.Open(ctx, s, version, queue.Options{Jobs: c.Jobs, Deaths: c.Deaths, Judge: c.judge})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	if c.Enqueue {
		if _, err := q.Enqueue(ctx); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	err = q.Run(ctx, !c.Stay)
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	return errors.Join(err, s.Close())
}

// judge takes its time and says which claims it is given.
func (c child) judge(ctx context.Context, r *corpus.Record) (*verify.Result, error) {
	fmt.Println(r.Claim.URL)
	if r.Claim.URL == c.Poison {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(c.Takes):
	}
	return verdict(r)
}

// verdict makes up a result of the claim.
func verdict(r *corpus.Record) (*verify.Result, error) {
	var n uint64
	if _, err := fmt.Sscanf(r.Claim.URL, "http://site-%d.test/", &n); err != nil {
		return nil, err
	}
	return storetest.Judged(storetest.Item(n), version.Program, version.ModelDigest), nil
}
