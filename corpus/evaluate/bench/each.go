package bench

import (
	"context"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"
)

// Pace says how much is done at the same time, and until when anything is begun.
type Pace struct {
	Jobs  int       // at the same time; below 1 is 1
	Until time.Time // nothing is begun after it; the zero time is no limit
}

// PaceOf is so many jobs at a time for so long from a beginning; 0 is no limit.
func PaceOf(jobs int, began time.Time, within time.Duration) Pace {
	if within <= 0 {
		return Pace{Jobs: jobs}
	}
	return Pace{Jobs: jobs, Until: began.Add(within)}
}

// Each does something with every item, as many at a time as the pace allows, and
// gives what came of them in the order of the items; nil results are left out. The
// first error ends the rest.
func Each[T, R any](ctx context.Context, p Pace, items []T, do func(context.Context, T) (*R, error)) ([]*R, error) {
	got := make([]*R, len(items))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, p.Jobs))
	for i, item := range items {
		g.Go(func() (err error) {
			if !p.Until.IsZero() && time.Now().After(p.Until) {
				return nil
			}
			got[i], err = do(ctx, item)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(got, func(r *R) bool { return r == nil }), nil
}
