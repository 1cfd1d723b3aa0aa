package agree

import (
	"image"
	"math"
	"unicode"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading"
)

// Seen is what was read off a picture.
type Seen struct {
	Words     []reading.Word
	Languages []string        // that it was read with
	Part      image.Rectangle // of the picture that was read
}

// Agreement says how far the words in a picture are those of a page. Shares are
// from 0 to 1; in all of them short words count a quarter and single Chinese
// characters a half.
type Agreement struct {
	Words     float64           // weight of the picture's words that were compared
	Found     float64           // share of them that the page has, among the same neighbours
	Page      float64           // weight of the page's words in the part that the picture shows
	PageFound float64           // share of them found in the picture
	Placed    float64           // share of the words found that stand where the page has them
	Rare      float64           // different long words found; characters that are tokens count a half
	Strange   int               // words surely read, outside of the page's own pictures, that the page does not have
	Swapped   []Swap            // words clearly read as others, between neighbours that agree
	Foreign   []Stray           // words surely read that the page has nowhere, be it in another place
	Standing  []image.Rectangle // of the picture's words that stand where the page has them, numbers to the digit
	Passages  [][]Stray         // words that follow each other in the picture and on the page, and stand where the page has them
	Elsewhere []image.Rectangle // of the other words that were surely read
	Scale     float64           // pixels of the picture per CSS pixel, as the words have it
	Unread    float64           // share of the page's letters in scripts that could not be read
}

// Stray is a word of the picture.
type Stray struct {
	Word string // folded
	Box  image.Rectangle
}

// Swap is a word of the picture in whose place the page has another.
type Swap struct {
	Picture, Page string // folded
	Box           image.Rectangle
}

const (
	// sure is the confidence from which an unmatched word counts against
	// agreement: below, it is more often the texture of a photograph.
	sure = 60
	// certain is the confidence from which a reading is held to be right within
	// the slips of alike: of words read at 90, one in a thousand is another word.
	certain = 88
	// legible is the confidence from which a word in another's place, with
	// agreeing neighbours on both sides, counts as another word.
	legible = 30
	// rareLength is the length in characters from which a word counts as rare.
	rareLength = 5
)

// Compare matches what was read with the text of a capture.
func Compare(s Seen, c *capture.Capture) Agreement {
	can := readable(s.Languages)
	a, b := fromPicture(s.Words, can), fromPage(c.Text, can)
	pairs := match(a, b)
	v := view{seen: s, a: a, b: b, pairs: pairs}
	v.fit(c)
	g := Agreement{Scale: v.y.scale, Unread: unread(c.Text, can)}
	v.count(&g, c.Pictures)
	g.Swapped, g.Foreign = v.swapped(), v.foreign()
	g.Standing, g.Elsewhere = v.standing()
	g.Passages = v.passages()
	return g
}

// view is the page's words laid over the picture.
type view struct {
	seen  Seen
	a, b  []token
	pairs []pair
	x, y  fit
}

func (v *view) fit(c *capture.Capture) {
	guess := 1.0
	if c.Viewport.Width > 0 {
		guess = float64(v.seen.Part.Dx()) / float64(c.Viewport.Width)
	}
	var fromX, toX, fromY, toY []float64
	for _, p := range v.pairs {
		fromX, toX = append(fromX, v.b[p.j].x), append(toX, v.a[p.i].x)
		fromY, toY = append(fromY, v.b[p.j].y), append(toY, v.a[p.i].y)
	}
	v.y = fitting(fromY, toY, guess)
	v.x = fitting(fromX, toX, v.y.scale)
}

const (
	// drift is how far a word may stand from its place, as a share of the
	// picture's height: line breaks that differ move what is below.
	drift = 0.06
	// lines is the same in lines of its own height, for small pictures.
	lines = 2.5
)

// slack is how far, in pixels, a word of the picture may be off vertically.
func (v *view) slack(t token) float64 {
	return math.Max(drift*float64(v.seen.Part.Dy()), lines*t.high)
}

func (v *view) inPlace(p pair) bool {
	return v.y.plausible() && math.Abs(v.y.at(v.b[p.j].y)-v.a[p.i].y) <= v.slack(v.a[p.i])
}

func (v *view) count(g *Agreement, pictures []capture.Box) {
	ofA, ofB := map[int]int{}, map[int]int{}
	rare := map[string]float64{}
	var found, placed float64
	for _, p := range v.pairs {
		ofA[p.i], ofB[p.j] = p.j, p.i
		found += v.a[p.i].weight
		if v.inPlace(p) {
			placed += v.a[p.i].weight
		}
		rare[v.b[p.j].key] = rarity(v.b[p.j])
	}
	for _, r := range rare {
		g.Rare += r
	}
	g.Words = found
	for i, t := range v.a {
		if _, ok := ofA[i]; ok || t.confidence < sure || v.inPicture(t, pictures) {
			continue
		}
		g.Words += t.weight
		if t.confidence >= certain && t.weight == 1 {
			g.Strange++
		}
	}
	var there float64
	for j, t := range v.b {
		_, ok := ofB[j]
		if !ok && !v.inView(t) {
			continue
		}
		g.Page += t.weight
		if ok {
			there += t.weight
		}
	}
	g.Found, g.PageFound, g.Placed = share(found, g.Words), share(there, g.Page), share(placed, found)
}

// rarity is what a word found for the first time counts as rare.
func rarity(t token) float64 {
	switch {
	case t.weight == charWeight:
		return charWeight
	case len([]rune(t.key)) >= rareLength:
		return 1
	}
	return 0
}

func share(part, whole float64) float64 {
	if whole == 0 {
		return 0
	}
	return part / whole
}

// inView says whether a word of the page must be in the picture: well within
// it, since near its edges line breaks decide.
func (v *view) inView(t token) bool {
	if !v.y.plausible() {
		return true
	}
	y, s := v.y.at(t.y), drift*float64(v.seen.Part.Dy())
	x := v.x.at(t.x)
	part := v.seen.Part
	return y > float64(part.Min.Y)+s && y < float64(part.Max.Y)-s && x > float64(part.Min.X) && x < float64(part.Max.X)
}

// mostPicture is the share of the picture from which a picture of the page is
// its background.
const mostPicture = 0.5

// inPicture says whether a word stands in a picture on the page: it may be
// painted there, and is then none of the page's text.
func (v *view) inPicture(t token, pictures []capture.Box) bool {
	if !v.y.plausible() {
		return false
	}
	part := v.seen.Part
	for _, b := range pictures {
		w, h := b.W*v.x.scale, b.H*v.y.scale
		if w*h > mostPicture*float64(part.Dx()*part.Dy()) {
			continue
		}
		x, y, s := v.x.at(b.X), v.y.at(b.Y), v.slack(t)
		if t.x >= x-s && t.x <= x+w+s && t.y >= y-s && t.y <= y+h+s {
			return true
		}
	}
	return false
}

// foreign lists the words that count as strange, those painted in the page's pictures
// included, but for what the page has anywhere.
func (v *view) foreign() []Stray {
	has := map[string]bool{}
	for _, t := range v.b {
		has[t.key] = true
	}
	for _, p := range v.pairs {
		has[v.a[p.i].key] = true // as it was read
	}
	var all []Stray
	for _, t := range v.a {
		if t.confidence >= certain && t.weight == 1 && !has[t.key] {
			all = append(all, Stray{t.key, around(t)})
		}
	}
	return all
}

// standing tells the words of the picture that stand where the page has them from
// others. A number must be the same in every digit; words may be misread. A letter by
// itself is what icons are read as, and is neither.
func (v *view) standing() (there, elsewhere []image.Rectangle) {
	has := map[image.Rectangle]bool{}
	for _, p := range v.pairs {
		if v.stands(p) {
			has[v.a[p.i].box] = true
		}
	}
	for _, w := range v.seen.Words {
		switch {
		case has[w.Box]:
			there = append(there, w.Box)
		case w.Confidence >= sure && tellsSomething(w.Text):
			elsewhere = append(elsewhere, w.Box)
		}
	}
	return there, elsewhere
}

// stands says whether a word stands where the page has it.
func (v *view) stands(p pair) bool {
	t := v.a[p.i]
	return v.inPlace(p) && (t.key == v.b[p.j].key || !t.number)
}

// passages lists the words that stand where the page has them, as the page has them, in
// runs that follow each other in both.
func (v *view) passages() (all [][]Stray) {
	last := pair{-2, -2}
	for _, p := range v.pairs {
		if !v.stands(p) {
			continue
		}
		if p.i != last.i+1 || p.j != last.j+1 {
			all = append(all, nil)
		}
		n := len(all) - 1
		all[n] = append(all[n], Stray{v.b[p.j].key, v.a[p.i].box})
		last = p
	}
	return all
}

// tellsSomething says whether a word has two letters, or a digit.
func tellsSomething(word string) bool {
	letters := 0
	for _, r := range word {
		if unicode.IsNumber(r) {
			return true
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 1
}

// swapped lists words that were surely read as others than the page has in
// their place.
func (v *view) swapped() []Swap {
	var all []Swap
	for n := 1; n < len(v.pairs); n++ {
		p, q := v.pairs[n-1], v.pairs[n]
		if q.i != p.i+2 || q.j != p.j+2 {
			continue
		}
		x, y := v.a[p.i+1], v.b[p.j+1]
		if x.confidence >= legible && x.weight == 1 && y.weight == 1 && clearlyOther(x.key, y.key) {
			all = append(all, Swap{Picture: x.key, Page: y.key, Box: around(x)})
		}
	}
	return all
}

// clearlyOther says whether two words differ by more than a bad reading does.
func clearlyOther(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return edits(x, y) > max(len(x), len(y))/2
}

func around(t token) image.Rectangle {
	h := int(t.high/2) + 1
	return image.Rect(int(t.x)-2*h, int(t.y)-h, int(t.x)+2*h, int(t.y)+h)
}

// Unreadable are the texts of a page most of whose letters are of scripts that cannot be
// read with the languages, and are drawn only where there is a font that has them.
func Unreadable(text []capture.TextBox, languages []string) []capture.Box {
	can := readable(languages)
	var all []capture.Box
	for _, b := range text {
		if unread([]capture.TextBox{b}, can) > 0.5 {
			all = append(all, b.Box)
		}
	}
	return all
}

// unread is the share of the page's letters in scripts that cannot be read.
func unread(boxes []capture.TextBox, can scripts) float64 {
	var all, not float64
	for _, b := range boxes {
		for _, r := range b.Text {
			if !letter(r) {
				continue
			}
			all++
			if !can.holds(r) {
				not++
			}
		}
	}
	return share(not, all)
}
