package drift

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

const page = `<!doctype html><title>t</title><body><script>var p="<p>not a paragraph of the page, whatever it says</p>"</script><h1>Head</h1><p>The first paragraph of the page has a sentence or two.</p>` +
	`<ul><li>An item of the list that is long enough to be rewritten one day</li></ul><footer>&copy; 2019 Us</footer></body>`

func start() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }

func TestAPageAtAMomentIsAlwaysTheSameAndChangesOnlyAtItsChanges(t *testing.T) {
	end := start().AddDate(2, 0, 0)
	h, again := New(5, "a", start(), end), New(5, "a", start(), end)
	h.rotating, again.rotating = false, false
	changes := h.Changes(start(), end)
	if len(changes) < 40 || len(changes) > 160 {
		t.Fatalf("%d changes in two years, expected about 90", len(changes))
	}
	for i, at := range changes[1:] {
		before := h.Page([]byte(page), at.Add(-time.Minute), 0)
		after := again.Page([]byte(page), at, 0)
		if !bytes.Equal(after, h.Page([]byte(page), at, 3)) {
			t.Fatalf("change %d: two histories of one seed differ", i)
		}
		if bytes.Equal(before, after) {
			t.Errorf("nothing changed at %v", at)
		}
		if at.Sub(changes[i]) > 2*time.Minute && !bytes.Equal(before[:200], h.Page([]byte(page), changes[i], 0)[:200]) {
			t.Errorf("the page changed between %v and %v", changes[i], at)
		}
	}
}

func TestWhatRotatesIsAnotherForEveryVisitor(t *testing.T) {
	h := New(5, "a", start(), start().AddDate(1, 0, 0))
	h.rotating = true
	at := start().AddDate(0, 6, 0)
	if bytes.Equal(h.Page([]byte(page), at, 0), h.Page([]byte(page), at, 1)) {
		t.Error("two visitors saw the same")
	}
}

func TestNewsStandBeforeTheFirstParagraphAndTheYearFollows(t *testing.T) {
	h := New(5, "a", start(), start().AddDate(2, 0, 0))
	got := string(h.Page([]byte(page), start().AddDate(1, 6, 0), 0))
	if !strings.Contains(got, "<h1>Head</h1><p><b>") || !strings.Contains(got, "&copy; 2025 Us") || !strings.Contains(got, "<p>not a paragraph of the page, whatever it says</p>") {
		t.Errorf("page %s", got)
	}
	if at := First([]byte(page)); !strings.HasPrefix(page[at:], "<p>The first") {
		t.Errorf("the first paragraph is said to be at %q", page[at:])
	}
}

func FuzzPageKeepsItsTokens(f *testing.F) {
	f.Add([]byte(page))
	f.Add([]byte("</body><p>"))
	f.Fuzz(func(t *testing.T, doc []byte) {
		h := New(1, "a", start(), start().AddDate(1, 0, 0))
		h.Page(doc, start().AddDate(1, 0, 0), 0)
		if n := First(doc); n < 0 || n > len(doc) {
			t.Fatalf("the first paragraph is at %d of %d", n, len(doc))
		}
		// A tag that the document does not finish is none, to browsers too.
		joined := bytes.Join(parts(doc).tokens, nil)
		rest, whole := bytes.CutPrefix(doc, joined)
		if !whole || len(rest) > 0 && rest[0] != '<' {
			t.Fatalf("%q became %q", doc, joined)
		}
	})
}
