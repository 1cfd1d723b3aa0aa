package capture_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/capture"
)

// mementos reads "2020-01-01 2020-02-01=404": days, with a status where it is
// not 200.
func mementos(s string) (tm capture.TimeMap) {
	for _, f := range strings.Fields(s) {
		d, status, _ := strings.Cut(f, "=")
		m := capture.Memento{At: day(d), Status: 200}
		switch status {
		case "404":
			m.Status = 404
		case "302":
			m.Status = 302
		case "0":
			m.Status = 0
		}
		tm = append(tm, m)
	}
	return tm
}

func days(tm []capture.Memento) string {
	var out []string
	for _, m := range tm {
		out = append(out, m.At.Format(time.DateOnly))
	}
	return strings.Join(out, " ")
}

func TestBracketChoosesWhatTellsMostAboutTheWindow(t *testing.T) {
	t.Parallel()
	year := "2020-01-01 2020-02-01 2020-03-01 2020-04-01 2020-05-01 2020-06-01 2020-07-01 2020-08-01 2020-09-01 2020-10-01"
	for _, c := range []struct {
		name, captures, from, to string
		budget                   int
		want                     string
	}{
		{"both sides of a day", year, "2020-05-10", "2020-05-10", 2, "2020-05-01 2020-06-01"},
		{"what is inside comes third", year, "2020-04-20", "2020-05-10", 3, "2020-04-01 2020-05-01 2020-06-01"},
		{"then neighbours in turn", year, "2020-05-10", "2020-05-10", 4, "2020-04-01 2020-05-01 2020-06-01 2020-07-01"},
		{"then the rest of the time line", year, "2020-05-10", "2020-05-10", 5, "2020-04-01 2020-05-01 2020-06-01 2020-07-01 2020-10-01"},
		{"all, if they fit", "2020-01-01 2020-02-01=404", "2020-05-10", "2020-05-10", 9, "2020-01-01 2020-02-01"},
		{"one is the nearest", year, "2020-05-10", "2020-05-10", 1, "2020-05-01"},
		{"one is inside if there is one", year, "2020-05-20", "2020-06-10", 1, "2020-06-01"},
		{"all before", year, "2021-05-10", "2021-05-10", 2, "2020-09-01 2020-10-01"},
		{"all after", year, "2019-05-10", "2019-05-10", 2, "2020-01-01 2020-02-01"},
		{"errors only if nothing else is there", "2020-01-01 2020-05-01=404 2020-06-01=404 2020-09-01", "2020-05-10", "2020-05-10", 2, "2020-01-01 2020-09-01"},
		{"errors fill the budget", "2020-01-01 2020-05-01=404 2020-06-01=404 2020-09-01", "2020-05-10", "2020-05-10", 4, "2020-01-01 2020-05-01 2020-06-01 2020-09-01"},
		{"a redirect is a look of its own", "2019-01-01 2020-05-01=302 2020-06-01=302", "2020-05-10", "2020-05-10", 2, "2020-05-01 2020-06-01"},
		{"a redirect beside a page is not", "2019-01-01 2020-05-01=302 2020-05-01 2020-06-01", "2020-05-10", "2020-05-10", 2, "2020-05-01 2020-06-01"},
		{"unknown status is as good", "2019-01-01 2020-05-01=0 2020-06-01=0", "2020-05-10", "2020-05-10", 2, "2020-05-01 2020-06-01"},
		{"a long window is sampled evenly", year, "2019-01-01", "2021-01-01", 3, "2020-02-01 2020-05-01 2020-08-01"},
		{"a window the wrong way round", year, "2020-05-10", "2020-04-20", 3, "2020-04-01 2020-05-01 2020-06-01"},
		{"no budget", year, "2020-05-10", "2020-05-10", 0, ""},
		{"no captures", "", "2020-05-10", "2020-05-10", 5, ""},
	} {
		if got := days(capture.Bracket(mementos(c.captures), day(c.from), day(c.to), c.budget)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestBracketWithoutATimeTakesTheNewestAndASpread(t *testing.T) {
	t.Parallel()
	tm := mementos("2010-01-01 2015-01-01 2015-01-02 2020-01-01")
	if got := days(capture.Bracket(tm, time.Time{}, time.Time{}, 3)); got != "2010-01-01 2015-01-01 2020-01-01" {
		t.Errorf("got %s", got)
	}
}

func TestARedirectAndItsPageInOneSecondAreOneCapture(t *testing.T) {
	t.Parallel()
	tm := mementos("2020-05-01=302 2020-05-01 2020-05-01=404")
	got := capture.Bracket(tm, day("2020-05-01"), day("2020-05-01"), 5)
	if len(got) != 1 || got[0].Status != 200 {
		t.Errorf("got %v", got)
	}
}

// timeMaps draws lists of captures within some years, unsorted, with repeats.
func timeMaps() *rapid.Generator[capture.TimeMap] {
	one := rapid.Custom(func(t *rapid.T) capture.Memento {
		return capture.Memento{
			At:      day("2010-01-01").Add(time.Duration(rapid.IntRange(0, 300_000_000).Draw(t, "s")) * time.Second),
			Status:  rapid.SampledFrom([]int{0, 200, 200, 200, 301, 404, 503}).Draw(t, "status"),
			Revisit: rapid.Bool().Draw(t, "revisit"),
		}
	})
	return rapid.Map(rapid.SliceOfN(one, 0, 60), func(ms []capture.Memento) capture.TimeMap { return ms })
}

func TestBracketKeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tm := timeMaps().Draw(t, "captures")
		from := day("2010-01-01").Add(time.Duration(rapid.IntRange(0, 300_000_000).Draw(t, "from")) * time.Second)
		to := from.Add(time.Duration(rapid.IntRange(0, 30_000_000).Draw(t, "span")) * time.Second)
		budget := rapid.IntRange(0, 20).Draw(t, "budget")
		before := slices.Clone(tm)
		got := capture.Bracket(tm, from, to, budget)
		if !reflect.DeepEqual(tm, before) {
			t.Fatal("the list was changed")
		}
		if len(got) > budget {
			t.Fatalf("%d chosen within a budget of %d", len(got), budget)
		}
		if !slices.IsSortedFunc(got, func(a, b capture.Memento) int { return a.At.Compare(b.At) }) {
			t.Fatalf("not in order: %s", days(got))
		}
		if !reflect.DeepEqual(got, capture.Bracket(tm, from, to, budget)) {
			t.Fatal("not the same twice")
		}
		for i, m := range got {
			if !slices.Contains(tm, m) || i > 0 && m == got[i-1] {
				t.Fatalf("%v was not there, or was chosen twice", m)
			}
		}
		if budget >= 2 {
			wantNeighbours(t, tm, got, from, to)
		}
	})
}

// wantNeighbours checks that the nearest capture with content on each side was
// chosen.
func wantNeighbours(t *rapid.T, tm capture.TimeMap, got []capture.Memento, from, to time.Time) {
	var before, after time.Time
	for _, m := range tm {
		if m.Status != 0 && m.Status >= 300 {
			continue
		}
		if m.At.Before(from) && m.At.After(before) {
			before = m.At
		}
		if m.At.After(to) && (after.IsZero() || m.At.Before(after)) {
			after = m.At
		}
	}
	// A redirect that stands alone and is nearer counts as a look of its own.
	has := func(lo, hi time.Time) bool {
		return slices.ContainsFunc(got, func(m capture.Memento) bool { return !m.At.Before(lo) && !m.At.After(hi) })
	}
	if !before.IsZero() && !has(before, from.Add(-1)) {
		t.Fatalf("nothing of [%s, %s) is chosen", before, from)
	}
	if !after.IsZero() && !has(to.Add(1), after) {
		t.Fatalf("nothing of (%s, %s] is chosen", to, after)
	}
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestUsefulIsWhatBracketChoosesFirst(t *testing.T) {
	t.Parallel()
	got := capture.Useful(mementos("2020-09-01 2020-01-01 2020-05-01=404 2020-03-01=0 2020-06-01 2020-06-01"), day("2020-09-01"))
	if days(got) != "2020-01-01 2020-03-01 2020-06-01" {
		t.Errorf("%s", days(got))
	}
}

func TestFarthestSpreadsOverWhatWasNotTaken(t *testing.T) {
	t.Parallel()
	all := mementos("2020-01-01 2020-02-01 2020-03-01 2020-04-01 2020-05-01 2020-06-01 2020-07-01 2020-08-01 2020-09-01")
	taken := []bool{true, false, false, false, false, false, false, true, true}
	for n, want := range [][]int{nil, {4}, {2, 4}, {2, 4, 5}} {
		if got := capture.Farthest(all, taken, n); !slices.Equal(got, want) {
			t.Errorf("%d: %v", n, got)
		}
	}
	if got := capture.Farthest(all, taken, 99); len(got) != 6 || taken[1] {
		t.Errorf("all: %v, and %v were taken", got, taken)
	}
}
