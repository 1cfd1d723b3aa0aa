package synth

import (
	"strings"
	"testing"
	"time"
)

func newTestPress(t *testing.T) *press {
	t.Helper()
	p, err := newPress()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func body(t *testing.T, p *press, s State, path string) string {
	t.Helper()
	a, err := p.serve(s, path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if a.status != 200 {
		t.Fatalf("%s of %v answers %d", path, s, a.status)
	}
	return string(a.body)
}

func TestAPageShowsNoNewsFromItsFuture(t *testing.T) {
	p := newTestPress(t)
	for when := at(2024, 1, 1, 12, 0); when.Before(Now()); when = when.AddDate(0, 0, 9) {
		page := body(t, p, State{TownHost, when, Ordinary}, "/")
		for _, n := range p.dates.news {
			// Two titles recur in other years' wording; the date tells them apart.
			if n.At.After(when) && strings.Contains(page, n.Day()) {
				t.Errorf("the page of %s shows news of %s", when.Format(time.DateOnly), n.Day())
			}
		}
	}
}

func TestTheDesignChangesOnTheDayOfTheRedesignOnly(t *testing.T) {
	p := newTestPress(t)
	before := body(t, p, State{TownHost, redesign().Add(-time.Second), Ordinary}, "/")
	after := body(t, p, State{TownHost, redesign(), Ordinary}, "/")
	if !strings.Contains(before, "/2024/style.css") || strings.Contains(before, "/2025/style.css") {
		t.Error("the page before the redesign is not in the old design")
	}
	if !strings.Contains(after, "/2025/style.css") {
		t.Error("the page after the redesign is not in the new design")
	}
}

func TestADefacementIsWhereItsLookSaysAndNowhereElse(t *testing.T) {
	p := newTestPress(t)
	when := at(2026, 8, 5, 13, 0)
	for _, c := range []struct {
		look         Look
		path         string
		crew, market bool
	}{
		{Ordinary, "/", false, true},
		{Partial, "/", true, true},
		{Full, "/", true, false},
		{Partial, "/council/", false, true},
		{Full, "/council/", false, true},
	} {
		page := strings.ToLower(body(t, p, State{TownHost, when, c.look}, c.path))
		if got := strings.Contains(page, "paper kite crew"); got != c.crew {
			t.Errorf("%s at %s names the crew: %v, want %v", c.look, c.path, got, c.crew)
		}
		if got := strings.Contains(page, "1 market square"); got != c.market {
			t.Errorf("%s at %s shows the town's address: %v, want %v", c.look, c.path, got, c.market)
		}
	}
}

func TestSourcesOfPagesAreNotServed(t *testing.T) {
	p := newTestPress(t)
	for _, path := range []string{"/2025/home.html", "/news.json", "/../kite/full.html", "/2024/", "/img/", "/img/none.jpg", ""} {
		a, err := p.serve(State{TownHost, Now(), Ordinary}, path, 0)
		if err != nil {
			t.Errorf("%q: %v", path, err)
		}
		if a.status != 404 {
			t.Errorf("%q answers %d, want 404", path, a.status)
		}
	}
}

func TestEveryFileThatAPageNamesIsServed(t *testing.T) {
	p := newTestPress(t)
	for _, s := range []State{
		{TownHost, at(2024, 9, 1, 0, 0), Ordinary}, {TownHost, Now(), Ordinary}, {ClubHost, Now(), Ordinary},
	} {
		for _, part := range strings.FieldsFunc(body(t, p, s, "/"), func(r rune) bool { return strings.ContainsRune(`"'()<> `, r) }) {
			if !strings.HasPrefix(part, "/") || !servable(part) {
				continue
			}
			if a, err := p.serve(s, part, 0); err != nil || a.status != 200 || len(a.body) == 0 || a.mime == "" {
				t.Errorf("%s of %s: status %d, type %q, %v", part, s.Host, a.status, a.mime, err)
			}
		}
	}
}

func TestTheCounterDiffersBetweenVisits(t *testing.T) {
	s := State{TownHost, at(2026, 10, 8, 19, 5), Ordinary}
	if s.visitors(0) == s.visitors(1) {
		t.Error("two visits see the same counter")
	}
	later := s
	later.At = s.At.Add(time.Hour)
	if s.visitors(0) >= later.visitors(0) {
		t.Error("the counter does not rise within a day")
	}
}
