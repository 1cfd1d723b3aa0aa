package crew

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errBroken = errors.New("it broke")

// shop counts tools.
type shop struct {
	mu             sync.Mutex
	opened, closed int
}

func (s *shop) open(context.Context) (*hammer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened++
	return &hammer{s}, nil
}

type hammer struct{ from *shop }

func (h *hammer) Close() error {
	h.from.mu.Lock()
	defer h.from.mu.Unlock()
	h.from.closed++
	return nil
}

func TestEveryItemIsDoneOnceAndEveryToolIsClosed(t *testing.T) {
	var s shop
	var mu sync.Mutex
	var done []int
	err := Work(t.Context(), 3, []int{1, 2, 3, 4, 5, 6, 7}, s.open, func(ctx context.Context, tool *Tool[*hammer], i int) error {
		return tool.Use(ctx, func(*hammer) error {
			mu.Lock()
			defer mu.Unlock()
			done = append(done, i)
			return nil
		})
	})
	slices.Sort(done)
	if err != nil || !slices.Equal(done, []int{1, 2, 3, 4, 5, 6, 7}) || s.opened > 3 || s.opened != s.closed {
		t.Errorf("error %v, done %v, %d tools opened and %d closed", err, done, s.opened, s.closed)
	}
}

func TestWhatFailsIsTriedOnceMoreWithANewTool(t *testing.T) {
	for fails, want := range map[int]error{1: nil, 2: errBroken} {
		var s shop
		tries := 0
		err := Work(t.Context(), 1, []int{1}, s.open, func(ctx context.Context, tool *Tool[*hammer], _ int) error {
			return tool.Use(ctx, func(*hammer) error {
				if tries++; tries <= fails {
					return errBroken
				}
				return nil
			})
		})
		if !errors.Is(err, want) || tries != 2 || s.opened != 2 || s.closed != 2 {
			t.Errorf("failing %d times: error %v, %d tries, %d tools opened and %d closed", fails, err, tries, s.opened, s.closed)
		}
	}
}

func TestAToolThatDoesNotOpenEndsTheWork(t *testing.T) {
	opened := 0
	err := Work(t.Context(), 1, []int{1, 2}, func(context.Context) (*hammer, error) { opened++; return nil, errBroken },
		func(ctx context.Context, tool *Tool[*hammer], _ int) error {
			return tool.Use(ctx, func(*hammer) error { return nil })
		})
	if !errors.Is(err, errBroken) || opened != 1 {
		t.Errorf("error %v after %d times", err, opened)
	}
}

func TestNothingIsTriedAgainWhenTheWorkIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var s shop
	tries := 0
	err := Work(ctx, 1, []int{1, 2}, s.open, func(ctx context.Context, tool *Tool[*hammer], _ int) error {
		return tool.Use(ctx, func(*hammer) error { tries++; cancel(); return errBroken })
	})
	if err == nil || tries != 1 || s.opened != s.closed {
		t.Errorf("error %v after %d tries, %d tools opened and %d closed", err, tries, s.opened, s.closed)
	}
}
