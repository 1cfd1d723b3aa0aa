package align

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

const notice = "Residents are asked to keep wells and fire hydrants free while the roads in the upper valley " +
	"stay closed. The library opens an hour later during the summer holidays, and the swimming pool is closed " +
	"for repairs until further notice. A new bridge over the river will be opened by the mayor on Thursday."

// wrapped sets words into a column, each line as wide as width allows.
func wrapped(a *aligntest.Artist, img *image.RGBA, text string, x, y, width int) {
	line := ""
	for _, word := range strings.Fields(text) {
		if next := strings.TrimSpace(line + " " + word); a.Width(next, 16, false) <= width {
			line = next
			continue
		}
		a.Text(img, line, x, y, 16, false, color.RGBA{40, 40, 44, 255})
		line, y = word, y+24
	}
	a.Text(img, line, x, y, 16, false, color.RGBA{40, 40, 44, 255})
}

// notices is a page with a paragraph whose lines break by the width that is given.
func notices(t *testing.T, text string, width int) *image.RGBA {
	t.Helper()
	a := artist(t)
	page := aligntest.NewSite(3).Page(a, 2, windowWidth, 1200)
	aligntest.Fill(page, image.Rect(260, 200, 1366, 420), color.White)
	wrapped(a, page, text, 300, 240, width)
	return page
}

func TestLinesThatBreakElsewhereAreNoAlteration(t *testing.T) {
	t.Parallel()
	page := notices(t, notice, 700)
	for _, width := range []int{640, 660, 740, 800} {
		pic := recompressed(t, window(notices(t, notice, width)), 80)
		if c := Compare(pic, page, At(1, 0, 0), CompareOptions{}); c.State != Uninformative || !strings.Contains(c.Why, "lines break") {
			t.Errorf("lines of %d px and of 700: %s (%s)", width, c.State, c.Why)
		}
	}
}

// What a forger does to a paragraph also moves its words, but takes some away or
// brings some.
func TestAParagraphWithOtherWordsIsNotOneThatBreaksElsewhere(t *testing.T) {
	t.Parallel()
	page := notices(t, notice, 700)
	for name, text := range map[string]string{
		"words put in": strings.Replace(notice, "The library opens", "This site was hacked by the wolves of the night. The library opens", 1),
		"words taken":  strings.Replace(notice, "The library opens an hour later during the summer holidays, and the", "The", 1),
		"replaced": strings.Replace(notice, "The library opens an hour later during the summer holidays",
			"We own this server since Monday and nobody has seen us so far", 1),
	} {
		pic := recompressed(t, window(notices(t, text, 700)), 80)
		c := Compare(pic, page, At(1, 0, 0), CompareOptions{})
		if c.State == Same || strings.Contains(c.Why, "lines break") {
			t.Errorf("%s: %s (%s)", name, c.State, c.Why)
		}
		if name == "words put in" && c.State != Altered {
			t.Errorf("%s: %s (%s)", name, c.State, c.Why)
		}
	}
}
