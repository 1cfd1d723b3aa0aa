package align

import (
	"image"
	"image/color"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

func TestAPageThatItsOwnPictureIsNotFoundOnMakesNoPictureAnother(t *testing.T) {
	t.Parallel()
	a := artist(t)
	rich := aligntest.NewSite(3).Page(a, 1, 1366, 768)
	told := func(words string) *image.RGBA {
		page := image.NewRGBA(image.Rect(0, 0, 1366, 768))
		aligntest.Fill(page, page.Rect, color.Black)
		a.Text(page, words, 200, 300, 20, false, color.White)
		return page
	}
	const short, long = "site closed until further notice", "site closed until further notice, write to us at office at example dot org and we answer"
	for name, c := range map[string]struct {
		pic, page *image.RGBA
		want      State
	}{
		"a few words":                   {rich, told(short), Uninformative},
		"a line":                        {rich, told(long), Other},
		"a picture of few words":        {told(short), rich, Other},
		"two pages of a few words each": {told("nobody is here today, come later"), told(short), Uninformative},
	} {
		if got := Compare(c.pic, c.page, place(c.pic, c.page), CompareOptions{}); got.State != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got.State, got.Why, c.want)
		}
	}
}
