package verify

import (
	"context"
	"image"
	"sort"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/align"
)

const (
	// maxViews is how many captures are compared with each other to learn what
	// varies by itself: six comparisons.
	maxViews = 4
	// fewestViews are needed before anything is called varying, of which the picture
	// is one where no more than two captures are: three contents of three times. A
	// defacement makes two: the page's own, and its own. What the picture alone shows
	// in such a part is counted as unseen.
	fewestViews = 3
	// viewAgreement is how much of the picture must be found in a capture for it
	// to show the same version of the page.
	viewAgreement = 0.3
	// maxDrift is the largest share of the picture that may be called varying
	// because captures of different times differ there. Dates and counters are
	// small; a message that is replaced by the next one is not.
	maxDrift = 0.05
	// varyingText is the share of a text's box from which a text that varies in
	// places is taken to vary as a whole.
	varyingText = 0.5
)

// learnVariation finds out which parts of the page differ from one look to the
// next whatever happens, and compares again without them: what differs between
// three captures of different times in three ways, what differs between two
// looks at one capture, the second as another visitor on another day, where
// a capture is covered by a question for consent, and where its lines move.
func (o *observer) learnVariation(ctx context.Context) error {
	ignore, err := o.drift()
	if err != nil {
		return err
	}
	restless, twin, err := o.restless(ctx)
	if err != nil {
		return err
	}
	ignore = append(ignore, restless...)
	looks := []func(Rect) TileState{}
	if twin != nil {
		looks = append(looks, twin)
	}
	var again []*Sighting
	for _, s := range o.c.Sightings {
		if !s.registration.Located || s.State != Altered && s.State != Uninformative {
			continue
		}
		looks, again = append(looks, s.states()), append(again, s)
	}
	toContent := image.Point{}.Sub(o.eye.frame.Content.Min)
	for _, s := range again {
		covered := append(shifted(append(o.covered(s), s.movingLines()...), toContent), ignore...)
		covered = append(covered, o.wholeTexts(ignore, toContent)...)
		if len(covered) == 0 {
			continue
		}
		before, why := s.aligned, s.Why
		if err := o.eye.again(s, covered); err != nil {
			return err
		}
		s.doubtMoving(before, why)
		s.noteUnseen(looks, o.eye.size.X*o.eye.size.Y)
	}
	return nil
}

// movingLines returns where lines move in the capture, in pixels of the picture: the capture
// has them where they are written, and a visitor wherever they were.
func (s *Sighting) movingLines() []image.Rectangle {
	var out []image.Rectangle
	for _, b := range s.Capture.Moving {
		out = append(out, s.reach(b)) // any tile it touches
	}
	return out
}

// doubtMoving doubts an alteration in what is left of a drawing that moved before parts
// were set aside: two looks at one need not differ all along it.
func (s *Sighting) doubtMoving(before align.Comparison, why string) {
	if before.Moving && s.State == Altered {
		s.State, s.Why = Uninformative, why
	}
}

// drift returns the tiles in which looks of different times all differ from each
// other, in pixels of the content. Pages change for good as well, and over years most
// of one has had three contents: so where more differs than may vary, fewer captures
// are asked, those nearest to the claimed time, and at last two and the picture.
func (o *observer) drift() ([]image.Rectangle, error) {
	var views []*image.NRGBA
	for _, s := range o.comparable() {
		v, err := o.eye.view(s)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	if len(views) < fewestViews-1 {
		return nil, nil
	}
	for n := len(views); n >= fewestViews; n-- {
		if varying := o.threeWays(views[:n]); len(varying) > 0 {
			return varying, nil
		}
	}
	picture := align.Warp(o.eye.content, align.At(1, 0, 0), o.eye.content.Bounds())
	return o.threeWays([]*image.NRGBA{views[0], views[1], picture}), nil
}

// threeWays returns the tiles in which three of the views differ from each other, in
// order; none where these are more than may vary.
func (o *observer) threeWays(views []*image.NRGBA) []image.Rectangle {
	var varying []image.Rectangle
	area := 0
	for tile, pairs := range pairwise(views) {
		if threeContents(pairs, len(views)) {
			varying = append(varying, tile)
			area += tile.Dx() * tile.Dy()
		}
	}
	if float64(area) > maxDrift*float64(o.eye.size.X*o.eye.size.Y) {
		return nil
	}
	sort.Slice(varying, func(i, j int) bool {
		a, b := varying[i].Min, varying[j].Min
		return a.Y < b.Y || a.Y == b.Y && a.X < b.X
	})
	return varying
}

// wholeTexts returns the texts of the captures that vary for the most part, in pixels
// of the content: two lines that are exchanged for each other have letters, and
// ends, in common by chance. None where that would be more than may vary.
func (o *observer) wholeTexts(varying []image.Rectangle, toContent image.Point) []image.Rectangle {
	var out []image.Rectangle
	for _, s := range o.comparable() {
		for _, t := range s.textOnPicture() {
			box := t.image().Add(toContent).Intersect(image.Rectangle{Max: o.eye.size})
			if mostlyIn(box, varying) {
				out = append(out, box)
			}
		}
	}
	if float64(inTiles(out)*align.TileSize*align.TileSize) > maxDrift*float64(o.eye.size.X*o.eye.size.Y) {
		return nil
	}
	for i := range out {
		out[i] = out[i].Inset(-align.TileSize / 2) // the other line may be longer
	}
	return out
}

// inTiles is how many tiles rectangles that overlap take together.
func inTiles(all []image.Rectangle) int {
	taken := map[image.Point]bool{}
	for _, r := range all {
		for y := r.Min.Y / align.TileSize; y*align.TileSize < r.Max.Y; y++ {
			for x := r.Min.X / align.TileSize; x*align.TileSize < r.Max.X; x++ {
				taken[image.Point{X: x, Y: y}] = true
			}
		}
	}
	return len(taken)
}

// mostlyIn says whether most of a text lies in what varies.
func mostlyIn(box image.Rectangle, varying []image.Rectangle) bool {
	area := 0
	for _, v := range varying {
		both := box.Intersect(v)
		area += both.Dx() * both.Dy()
	}
	return area > 0 && float64(area) >= varyingText*float64(box.Dx()*box.Dy())
}

// comparable returns captures of different times in which the picture lies,
// those nearest to the claimed time first. That what differs in one is doubted matters
// nothing where most of the picture is found: captures are compared with each other.
func (o *observer) comparable() []*Sighting {
	found := filter(o.c.Sightings, func(s *Sighting) bool {
		least := viewAgreement
		if s.State == Uninformative {
			least = clearlyAgrees
		}
		return s.registration.Located && s.State != NotCompared && s.Match.Agreement >= least
	})
	if at := o.c.time(); !at.IsZero() {
		sort.SliceStable(found, func(i, j int) bool {
			return spanGap(found[i:i+1], at) < spanGap(found[j:j+1], at)
		})
	}
	return found[:min(len(found), maxViews)]
}

// pair names two views by their places in the list.
type pair struct{ a, b int }

// pairwise compares every two views and returns for each tile which of them
// differ in it.
func pairwise(views []*image.NRGBA) map[image.Rectangle]map[pair]bool {
	differ := map[image.Rectangle]map[pair]bool{}
	for a := range views {
		for b := a + 1; b < len(views); b++ {
			for _, tile := range align.Differing(views[a], views[b]) {
				if differ[tile] == nil {
					differ[tile] = map[pair]bool{}
				}
				differ[tile][pair{a, b}] = true
			}
		}
	}
	return differ
}

// threeContents says whether three of n views differ from each other.
func threeContents(differ map[pair]bool, n int) bool {
	for a := range n {
		for b := a + 1; b < n; b++ {
			for c := b + 1; c < n; c++ {
				if differ[pair{a, b}] && differ[pair{b, c}] && differ[pair{a, c}] {
					return true
				}
			}
		}
	}
	return false
}

// restless looks a second time at a capture in which a part of the picture
// differs, as another visitor on another day, and returns what differs between
// the two looks, in pixels of the content, and how the picture agrees with the
// second, tile by tile. A live page shows by that what its server changes from
// visit to visit as well; an archived one what its scripts do by chance or by
// the clock.
func (o *observer) restless(ctx context.Context) ([]image.Rectangle, func(Rect) TileState, error) {
	s := o.worthASecondLook()
	if s == nil {
		return nil, nil, nil
	}
	o.addTotal(1)
	r := request(o.c.Claim.URL, window{view: s.Capture.Viewport, scroll: s.scroll, full: s.full})
	r.Another = true
	twin, err := o.take(ctx, subject{s.Memento}, r)
	if err != nil {
		return nil, nil, err
	}
	o.step("looked again as another visitor, to learn what varies by itself")
	if twin.Validity != capture.OK {
		return nil, nil, nil
	}
	return o.eye.differences(s, twin)
}

// worthASecondLook is the live page where a part of the picture differs in it,
// else the archived copy in which most of the picture was found.
func (o *observer) worthASecondLook() *Sighting {
	var best *Sighting
	for _, s := range o.c.Sightings {
		if !s.registration.Located || s.State != Altered && s.State != Uninformative {
			continue
		}
		if s.Memento == nil && s.State == Altered {
			return s
		}
		if best == nil || s.matching() > best.matching() {
			best = s
		}
	}
	return best
}
