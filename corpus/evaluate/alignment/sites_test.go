package alignment

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestTheListHasSixtyPagesOfManySitesInBothSets(t *testing.T) {
	t.Parallel()
	all, err := readSites()
	if err != nil {
		t.Fatal(err)
	}
	pages, dev, held := 0, 0, 0
	for _, s := range all {
		pages += len(s.pages)
		if s.development() {
			dev += len(s.pages)
		} else {
			held += len(s.pages)
		}
		for _, reserved := range []string{"agency", "creative", "new-age", "resume", "landing-page"} {
			if strings.Contains(s.ref, "startbootstrap-"+reserved) {
				t.Errorf("%s is kept for another measurement", s.ref)
			}
		}
		if pinned := s.kind == "npm" || s.kind == "deb"; pinned && (len(s.sum) < 64 || !strings.ContainsAny(s.ref, "@=")) {
			t.Errorf("%s is not pinned", s.name)
		}
	}
	if pages < 60 || dev < 15 || held < 15 {
		t.Errorf("%d pages, %d for developing and %d held out", pages, dev, held)
	}
}

func TestVersionsOfASiteAreNeverParted(t *testing.T) {
	t.Parallel()
	a, b := &site{name: "town/2024"}, &site{name: "town/2025"}
	if a.family() != b.family() || a.development() != b.development() || a.host() == b.host() {
		t.Errorf("%s and %s are parted", a.name, b.name)
	}
}

func TestATwinKeepsTheMarkupAndChangesTheWords(t *testing.T) {
	t.Parallel()
	doc := []byte(`<!doctype html><style>p{color:red}</style><p class="a b">one two three four five six</p><script>var one = "two < three"</script><p>seven eight nine</p>`)
	got := otherWords(doc)
	for _, kept := range []string{`<style>p{color:red}</style>`, `<p class="a b">`, `<script>var one = "two < three"</script>`} {
		if !bytes.Contains(got, []byte(kept)) {
			t.Errorf("%s was lost: %s", kept, got)
		}
	}
	if bytes.Contains(got, []byte("one two three")) || !bytes.Equal(got, otherWords(doc)) {
		t.Errorf("words %s", got)
	}
}

func TestTheSeedDecidesWhatIsDrawn(t *testing.T) {
	t.Parallel()
	pages := listed(t)
	draw := func(seed uint64) (ids []string) {
		r := &run{o: options{seed: seed}}
		for _, d := range r.drafts(pages, 60) {
			ids = append(ids, d.id+d.claim+d.pose.URL)
		}
		return ids
	}
	if !slices.Equal(draw(1), draw(1)) {
		t.Error("one seed draws two benchmarks")
	}
	if slices.Equal(draw(1), draw(2)) {
		t.Error("two seeds draw one benchmark")
	}
}

func TestEveryKindIsDrawnAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	r := &run{o: options{seed: 1, each: 4}}
	n := map[string]int{}
	for _, d := range r.drafts(listed(t), 0) {
		n[d.kind.name]++
	}
	for _, k := range kinds() {
		// Pages in two languages, and the page of tiles, are few.
		if k.on == "" && k.negative != translation && n[k.name] != 4 {
			t.Errorf("%s: %d pictures", k.name, n[k.name])
		}
	}
}

func TestAddedKindsLeaveThePicturesOfTheFirstAsTheyWere(t *testing.T) {
	t.Parallel()
	r := &run{o: options{seed: 1}}
	pages := listed(t)
	alone, all := r.drawn(pages, first(), 60, 0), r.drafts(pages, 60)
	if len(all) <= len(alone) {
		t.Fatalf("%d pictures with the added kinds and %d without", len(all), len(alone))
	}
	for i, d := range alone {
		if d.id != all[i].id || d.pose != all[i].pose {
			t.Errorf("%s became %s", d.id, all[i].id)
		}
	}
}
