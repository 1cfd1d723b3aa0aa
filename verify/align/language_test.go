package align

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	"github.com/defacecheck/defacecheck/verify/align/internal/aligntest"
)

var english = []string{
	"The town council meets on Thursday at seven in the evening.",
	"Roads in the upper valley stay closed until the snow has gone.",
	"The library opens an hour later during the summer holidays.",
	"Residents are asked to keep wells and fire hydrants free.",
	"A new bridge over the river will be opened by the mayor.",
	"The swimming pool is closed for repairs until further notice.",
}

var french = []string{
	"Le conseil municipal se réunit jeudi à dix-neuf heures.",
	"Les routes de la haute vallée restent fermées jusqu'au dégel.",
	"La bibliothèque ouvre une heure plus tard pendant les vacances.",
	"Les habitants sont priés de laisser libres puits et bornes.",
	"Un nouveau pont sur la rivière sera inauguré par le maire.",
	"La piscine est fermée pour travaux jusqu'à nouvel ordre.",
}

// translated draws one page in the words of one language: the sign, the pictures and
// the places of all paragraphs are the same in each.
func translated(a *aligntest.Artist, words []string, pictures bool) *image.RGBA {
	page := image.NewRGBA(image.Rect(0, 0, 1366, 2200))
	aligntest.Fill(page, page.Rect, color.White)
	aligntest.Fill(page, image.Rect(0, 0, 1366, 90), color.RGBA{20, 60, 110, 255})
	a.Text(page, "SANKT LORENZ", 60, 56, 28, true, color.White)
	rng := rand.New(rand.NewPCG(4, 4))
	for i := range 12 {
		y := 130 + 170*i
		if i%4 == 1 && pictures {
			aligntest.Photo(page, image.Rect(140, y, 540, y+150), rng)
			continue
		}
		a.Text(page, words[i%len(words)], 140, y+30, 24, true, color.RGBA{20, 60, 110, 255})
		for line := range 4 {
			text := words[(i+line+1)%len(words)] + " " + words[(i+line+3)%len(words)]
			a.Text(page, text, 140, y+60+24*line, 16, false, color.RGBA{40, 40, 44, 255})
		}
	}
	return page
}

// The page in another language shows the same pictures at the same places. It is no
// alteration of this one and not this one.
func TestAPageInAnotherLanguageIsNeitherTheSameNorAltered(t *testing.T) {
	t.Parallel()
	a := artist(t)
	for _, pictures := range []bool{true, false} {
		one, two := translated(a, english, pictures), translated(a, french, pictures)
		for _, pair := range [][2]*image.RGBA{{one, two}, {two, one}} {
			for _, top := range []int{0, 400, 1200} {
				pic := recompressed(t, aligntest.Cut(pair[0], image.Rect(0, top, windowWidth, top+windowHeight)), 80)
				if c := Compare(pic, pair[1], place(pic, pair[1]), CompareOptions{}); c.State == Same || c.State == Altered {
					t.Errorf("pictures %v, from row %d: %s: %s", pictures, top, c.State, c.Why)
				}
				if c := Compare(pic, pair[0], place(pic, pair[0]), CompareOptions{}); c.State != Same && pictures {
					t.Errorf("pictures %v, from row %d, in its own language: %s: %s", pictures, top, c.State, c.Why)
				}
			}
		}
	}
}
