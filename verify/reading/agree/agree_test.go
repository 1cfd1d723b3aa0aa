package agree_test

import (
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// The council's page, a paragraph each.
func council() []string {
	return []string{
		"Winterhafen town council",
		"The harbour office will be closed on Monday and Tuesday because of the annual inventory of mooring places.",
		"Applications for residential parking can be handed in at the citizens' bureau or sent by letter until the end of March.",
		"The swimming pool at the northern quay opens again after the renovation of its changing rooms and showers.",
		"Minutes of the assembly are published within fourteen days and can be read in the library during opening hours.",
	}
}

func library() []string {
	return []string{
		"Lending rules of the library",
		"Readers can take home up to twelve books and keep them for four weeks, and the end of the loan is stamped in each.",
		"Newspapers and maps are for use in the reading room because of their value, and can be copied at the desk.",
		"Fines are raised after the second reminder, at the rate published on the board next to the entrance.",
		"Lost cards must be reported within three days, and a new one will be handed out for a small charge.",
	}
}

// page lays paragraphs below each other in CSS pixels.
func page(paragraphs []string) *capture.Capture {
	c := &capture.Capture{Viewport: capture.Viewport{Width: 1000, Height: 800, Scale: 1}}
	y := 40.0
	for _, p := range paragraphs {
		h := 20 * float64(1+len(p)/90)
		c.Text = append(c.Text, capture.TextBox{Box: capture.Box{X: 60, Y: y, W: 800, H: h}, Text: p})
		y += h + 60
	}
	return c
}

// painted lays paragraphs out as another browser might: other letters, other
// line breaks, another scale.
func painted(paragraphs []string, perLine int, scale float64) agree.Seen {
	s := agree.Seen{Languages: []string{"eng"}, Part: image.Rect(0, 0, int(1000*scale), int(700*scale))}
	y, line := 40.0, 0
	for _, p := range paragraphs {
		x, used := 60.0, 0
		for _, w := range strings.Fields(p) {
			if used+len(w) > perLine {
				x, y, used, line = 60, y+22, 0, line+1
			}
			r := image.Rect(int(x*scale), int(y*scale), int((x+9*float64(len(w)))*scale), int((y+16)*scale))
			s.Words = append(s.Words, reading.Word{Text: w, Box: r, Confidence: 93, Line: line})
			x, used = x+9*float64(len(w)+1), used+len(w)+1
		}
		y, line = y+80, line+1
	}
	return s
}

func TestThePageIsRecognisedInOtherLettersAndLineBreaks(t *testing.T) {
	t.Parallel()
	for _, perLine := range []int{70, 90, 110} {
		for _, scale := range []float64{0.7, 1, 2} {
			g := agree.Compare(painted(council(), perLine, scale), page(council()))
			if !g.Whole() || g.Found != 1 || g.PageFound != 1 || g.Scale < 0.8*scale || g.Scale > 1.25*scale {
				t.Errorf("%d to a line, scale %v: %+v", perLine, scale, g)
			}
		}
	}
}

func TestAnotherPageInTheSameLanguageIsNotFound(t *testing.T) {
	t.Parallel()
	g := agree.Compare(painted(council(), 90, 1), page(library()))
	if g.Whole() || g.Found > 0.15 {
		t.Errorf("%+v", g)
	}
}

func TestTheSameSentencesElsewhereAreNotTheSamePage(t *testing.T) {
	t.Parallel()
	p := council()
	p[1], p[2], p[3], p[4] = p[4], p[3], p[2], p[1]
	g := agree.Compare(painted(p, 90, 1), page(council()))
	if g.Found < 0.95 {
		t.Errorf("the sentences were not found in another order: %+v", g)
	}
	if g.Whole() {
		t.Errorf("other places pass for the same: %+v", g)
	}
}

func TestTheSameWordsInAnotherOrderAreNotFound(t *testing.T) {
	t.Parallel()
	words := strings.Fields(strings.Join(council(), " "))
	var mixed []string
	for i := range words {
		mixed = append(mixed, words[i*37%len(words)])
	}
	g := agree.Compare(painted([]string{strings.Join(mixed, " ")}, 90, 1), page(council()))
	if g.Whole() || g.Placed > 0.7 {
		t.Errorf("%+v", g)
	}
}

func TestOnePageWithAnotherNameIsNotWhole(t *testing.T) {
	t.Parallel()
	p := council()
	p[1] = strings.Replace(p[1], "Monday", "Friday's", 1)
	p[2] = strings.Replace(p[2], "parking", "elephants", 1)
	g := agree.Compare(painted(p, 90, 1), page(council()))
	if g.Whole() || len(g.Swapped) == 0 || g.Swapped[len(g.Swapped)-1].Page != "parklng" {
		t.Errorf("%+v", g)
	}
}

func TestMisreadLettersDoNotMatter(t *testing.T) {
	t.Parallel()
	p := council()
	for i := range p {
		p[i] = strings.NewReplacer("m", "rn", "I", "l", "o", "0", "harbour", "harhour", "library", "Iibrary", "renovation", "renovatlom").Replace(p[i])
	}
	if g := agree.Compare(painted(p, 90, 1), page(council())); !g.Whole() {
		t.Errorf("%+v", g)
	}
}

func TestAPictureOfAPartOfThePageIsWhole(t *testing.T) {
	t.Parallel()
	long := append(append(library(), council()...), library()...)
	s := painted(council(), 90, 1)
	s.Part = image.Rect(0, 0, 1000, 430)
	if g := agree.Compare(s, page(long)); !g.Whole() {
		t.Errorf("%+v", g)
	}
}

func TestAPictureWithMoreThanThePageIsNotWhole(t *testing.T) {
	t.Parallel()
	if g := agree.Compare(painted(append(council(), library()...), 90, 1), page(council())); g.Whole() || g.Strange == 0 {
		t.Errorf("%+v", g)
	}
	if g := agree.Compare(painted(council()[:3], 90, 1), page(council())); g.Whole() {
		t.Errorf("half of what is in view: %+v", g)
	}
}

func TestWordsInThePagesOwnPicturesAreNotHeldAgainstIt(t *testing.T) {
	t.Parallel()
	c := page(council())
	c.Pictures = []capture.Box{{X: 500, Y: 500, W: 300, H: 150}}
	s := painted(council(), 90, 1)
	for i, w := range strings.Fields("Fresh herrings every Thursday") {
		s.Words = append(s.Words, reading.Word{Text: w, Box: image.Rect(520+60*i, 560, 570+60*i, 580), Confidence: 95, Line: 99})
	}
	if g := agree.Compare(s, c); !g.Whole() || g.Strange != 0 || len(g.Foreign) != 4 {
		t.Errorf("%+v", g)
	}
	c.Pictures = nil
	if g := agree.Compare(s, c); g.Strange != 4 {
		t.Errorf("without the picture: %+v", g)
	}
}

func TestWordsThatThePageHasElsewhereAreNotForeign(t *testing.T) {
	t.Parallel()
	c := page(append(council(), "Fresh paint. Every bench. The herrings are on Thursday."))
	s := painted(council(), 90, 1)
	for i, w := range strings.Fields("Fresh herrings stolen every Thursday doubtful") {
		sure := 95.0
		if w == "doubtful" {
			sure = 70
		}
		s.Words = append(s.Words, reading.Word{Text: w, Box: image.Rect(520+60*i, 160, 570+60*i, 180), Confidence: sure, Line: 99})
	}
	g := agree.Compare(s, c)
	if len(g.Foreign) != 1 || g.Foreign[0].Word != "stolen" || !g.Foreign[0].Box.Overlaps(image.Rect(640, 160, 690, 180)) {
		t.Errorf("%+v", g.Foreign)
	}
}

func TestAFewWordsSayNothing(t *testing.T) {
	t.Parallel()
	few := []string{"Hacked by the Paper Kite"}
	if g := agree.Compare(painted(few, 90, 1), page(few)); g.Whole() || g.Found != 1 {
		t.Errorf("%+v", g)
	}
	for _, s := range []agree.Seen{{}, painted(council(), 90, 1)} {
		for _, c := range []*capture.Capture{{}, page(council())} {
			if g := agree.Compare(s, c); g.Whole() != (len(s.Words) > 0 && len(c.Text) > 0) {
				t.Errorf("%d words, %d boxes: %+v", len(s.Words), len(c.Text), g)
			}
		}
	}
}

func TestChineseIsComparedByCharacter(t *testing.T) {
	t.Parallel()
	text := []string{"學生計算機年會將於三月二十日在中央研究院舉行", "歡迎所有對開放原始碼有興趣的學生報名參加", "議程與講者名單已經公布於本站"}
	s := painted(text, 90, 1)
	s.Languages = []string{"chi_tra", "eng"}
	if g := agree.Compare(s, page(text)); g.Found != 1 || !g.Whole() {
		t.Errorf("%+v", g)
	}
	other := []string{"圖書館借書規則請向櫃檯索取或於網站查詢", "報紙與地圖僅供館內閱覽不得外借", "逾期未還者須繳納罰款並停止借閱權利"}
	if g := agree.Compare(s, page(other)); g.Found > 0.1 {
		t.Errorf("another text: %+v", g)
	}
}

func TestWhatCannotBeReadIsToldAndNotHeldAgainstThePage(t *testing.T) {
	t.Parallel()
	both := append(council(), strings.Repeat("Портовая контора закрыта ", 20))
	s := painted(council(), 90, 1)
	s.Part.Max.Y = 560
	if g := agree.Compare(s, page(both)); !g.Whole() || g.Unread < 0.3 {
		t.Errorf("%+v", g)
	}
}

func TestAPageFullOfOneWordIsComparedInBounds(t *testing.T) {
	t.Parallel()
	full := []string{strings.Repeat("hacked ", 20_000)}
	g := agree.Compare(painted(full, 90, 1), page(full))
	if g.Rare != 1 || g.Whole() {
		t.Errorf("%+v", g)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("The harbour office will be closed", "The harbour office is closed", 10.0, 20.0)
	f.Add("學生計算機年會", "學生 \xff 年會", -1.0, 1e300)
	f.Fuzz(func(t *testing.T, read, text string, y, h float64) {
		s := painted([]string{read}, 60, 1)
		c := page([]string{text, read})
		c.Text[0].Y, c.Text[0].H = y, h
		c.Pictures = []capture.Box{{X: y, Y: h, W: h, H: y}}
		g := agree.Compare(s, c)
		for _, share := range []float64{g.Found, g.PageFound, g.Placed, g.Unread} {
			if !(share >= 0 && share <= 1.0000001) {
				t.Fatalf("%+v", g)
			}
		}
	})
}

func TestWordsInTheirPlaceAreToldFromOthers(t *testing.T) {
	t.Parallel()
	p := append(council(), "Dues of 2025 are 140 for each boat.")
	c := page(p)
	s := painted(p, 90, 1)
	boxes := map[string]image.Rectangle{}
	for i, w := range s.Words {
		switch w.Text {
		case "2025":
			s.Words[i].Text = "2026"
		case "library":
			s.Words[i].Text = "Iibrory"
		case "mooring":
			s.Words[i].Text = "burning"
		}
		boxes[w.Text] = w.Box
	}
	s.Words = append(s.Words, reading.Word{Text: "n", Box: image.Rect(2, 2, 9, 9), Confidence: 95},
		reading.Word{Text: "7", Box: image.Rect(12, 2, 19, 9), Confidence: 95})
	g := agree.Compare(s, c)
	want := []image.Rectangle{boxes["mooring"], boxes["2025"], image.Rect(12, 2, 19, 9)}
	if !slices.Equal(g.Elsewhere, want) {
		t.Errorf("elsewhere stand %v, want %v", g.Elsewhere, want)
	}
	if !slices.Contains(g.Standing, boxes["library"]) || !slices.Contains(g.Standing, boxes["140"]) {
		t.Errorf("a misread word, or a number, does not stand where it does: %v", g.Standing)
	}
	if slices.Contains(g.Standing, image.Rect(2, 2, 9, 9)) {
		t.Error("a letter by itself is a word")
	}
}

func TestTextsInAScriptThatIsNotReadAreFound(t *testing.T) {
	t.Parallel()
	text := []capture.TextBox{{Text: "Lending rules", Box: capture.Box{X: 1}}, {Text: "図書館の規則", Box: capture.Box{X: 2}},
		{Text: "図書館 of the town, open on Monday", Box: capture.Box{X: 3}}}
	if got := agree.Unreadable(text, []string{"eng"}); len(got) != 1 || got[0].X != 2 {
		t.Errorf("%v", got)
	}
	if got := agree.Unreadable(text, []string{"eng", "jpn"}); len(got) != 0 {
		t.Errorf("with Japanese: %v", got)
	}
}

func TestPassagesAreWordsInTheOrderAndThePlaceOfThePage(t *testing.T) {
	t.Parallel()
	of := func(g agree.Agreement) (all []string) {
		for _, p := range g.Passages {
			var words []string
			for _, w := range p {
				words = append(words, w.Word)
			}
			all = append(all, strings.Join(words, " "))
		}
		return all
	}
	want := strings.Join(agree.Words(strings.Join(council(), " "), []string{"eng"}), " ")
	g := agree.Compare(painted(council(), 90, 1), page(council()))
	if got := of(g); len(got) != 1 || got[0] != want {
		t.Errorf("of the page itself:\n%q\n%q", got, want)
	}
	other := council()
	other[2] = library()[2]
	if got := of(agree.Compare(painted(other, 90, 1), page(council()))); len(got) < 2 || strings.Contains(strings.Join(got, " "), "residential parking") {
		t.Errorf("with another paragraph in the middle: %q", got)
	}
}
