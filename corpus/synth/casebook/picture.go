package casebook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"image"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/synth/defacement"
)

// errUnsuitable is a page that does not lend itself to the class: another is drawn.
var errUnsuitable = errors.New("the page does not lend itself to it")

// picture is a claim's picture as posted.
type picture struct {
	file    []byte
	ext     string
	size    image.Point
	mask    *image.Gray // nil when nothing was altered
	altered int
}

// fewestAltered is the part of a picture that an altered one has altered at least.
const fewestAltered = 0.02

// visits of one moment: the archive's, the claimant's and the judge's.
const (
	asArchive = iota
	asClaimant
	asJudge
)

// studio makes pictures.
type studio struct {
	grey, fringed *camera // by how they smooth letters
	seed          uint64
}

func openStudio(ctx context.Context, o Options) (*studio, error) {
	grey, err := openCamera(ctx, o.Camera, o.NoSandbox, false)
	if err != nil {
		return nil, err
	}
	fringed, err := openCamera(ctx, o.Camera, o.NoSandbox, true)
	if err != nil {
		return nil, errors.Join(err, grey.close())
	}
	return &studio{grey: grey, fringed: fringed, seed: o.Seed}, nil
}

// Close closes both.
func (s *studio) Close() error { return errors.Join(s.grey.close(), s.fringed.close()) }

// camera is the one that looks through a window.
func (s *studio) camera(w window) *camera {
	if w.Subpixel {
		return s.fringed
	}
	return s.grey
}

// take makes the picture of a plan.
func (s *studio) take(ctx context.Context, p *plan) (picture, error) {
	n, title, err := s.content(ctx, p)
	if err != nil {
		return picture{}, err
	}
	if flat(n.img) {
		return picture{}, fmt.Errorf("%w: it is of one colour", errUnsuitable)
	}
	if p.chain.Frame != "none" {
		where, when := p.shown, p.when
		if p.making == mocked || p.class.Truth == Edited {
			where, when = p.page, p.at // what the claimant wants it to say
		}
		if err := s.camera(p.window).framed(ctx, newFrame(p, title, where, when), p.window.Scale, n); err != nil {
			return picture{}, err
		}
	}
	if p.making == mocked { // no part of it was served from the address
		n.mask = image.NewGray(n.img.Rect)
		draw.Draw(n.mask, n.mask.Rect, image.White, image.Point{}, draw.Src)
	}
	var out picture
	if out.file, out.ext, err = develop(p.chain, n); err != nil {
		return out, err
	}
	out.size, out.mask, out.altered = n.img.Rect.Size(), n.mask, n.altered()
	if n.mask != nil && float64(out.altered) < fewestAltered*float64(out.size.X*out.size.Y) {
		return out, fmt.Errorf("%w: too little of it was altered", errUnsuitable)
	}
	return out, nil
}

// content takes the picture of the page and alters it if the plan says so. title is
// what the tab says.
func (s *studio) content(ctx context.Context, p *plan) (n *negative, title string, err error) {
	st := s.state(p, p.shown, p.look, p.when)
	doc, err := st.document()
	if err != nil {
		return nil, "", err
	}
	title = titleOf(doc)
	ps := pose{url: st.URL(), win: p.window, clock: p.when}
	if p.look == full {
		ps.win.Scroll = 0
	}
	if p.look == partial {
		ps.find = fmt.Sprintf("document.querySelector(%q)", defacement.BlockSelector)
	}
	if p.making == inPage {
		if ps.edit, err = tools(p); err != nil {
			return nil, "", err
		}
		ps.find, title = paragraph, p.variant.Title()
	}
	shot, err := s.camera(p.window).take(ctx, st, ps)
	if err != nil {
		return nil, "", err
	}
	if (ps.find != "" || ps.edit != "") && !shot.found {
		return nil, "", fmt.Errorf("%w: what was to be seen is out of view", errUnsuitable)
	}
	n = &negative{img: shot.img}
	switch p.making {
	case inPage:
		n.mask = differing(shot.before, shot.img)
	case spliced:
		if err = s.paste(ctx, p, n); err == nil && p.old {
			err = s.outdated(ctx, p, n)
		}
	}
	return n, title, err
}

const (
	// oldSide is the side of the squares, in pixels, in which versions are compared.
	oldSide = 32
	// leastOld is how many squares of a picture of an old version must show what the
	// archive's copy of that has, and the page no longer: some lines of text.
	leastOld = 12
	// oldShare is the share of a square that differs then: letters cover little of it.
	oldShare = 0.04
)

// outdated refuses a picture of an old version whose untouched part does not show what the
// archive's nearest copy of that has and those around the claimed time have not: nobody could
// tell. What is another at every visit, and what that pushes down, is in none of them.
func (s *studio) outdated(ctx context.Context, p *plan, n *negative) error {
	then := p.nearest(p.when, func(visit) bool { return true })
	before := p.nearest(p.at, func(v visit) bool { return !v.At.After(p.at) })
	after := p.nearest(p.at, func(v visit) bool { return v.At.After(p.at) })
	if after == nil && p.live == gone {
		return fmt.Errorf("%w: nothing tells what the page was afterwards", errUnsuitable)
	}
	var apart []*image.Gray
	for _, v := range []*visit{then, before, after} {
		if v == nil {
			continue
		}
		kept := s.state(p, p.page, v.Look, v.At)
		kept.visit = asArchive
		shot, err := s.camera(p.window).take(ctx, kept, pose{url: p.page.URL(), win: p.window, clock: v.At})
		if err != nil {
			return err
		}
		apart = append(apart, differing(shot.img, n.img))
	}
	if oldSquares(n.mask, apart[0], apart[1:]) < leastOld {
		return fmt.Errorf("%w: what is left of the old version is not what tells it from the new one", errUnsuitable)
	}
	return nil
}

// oldSquares counts the squares without altered pixels that do not differ from the old
// copy, and differ from all the newer ones.
func oldSquares(altered, old *image.Gray, newer []*image.Gray) (n int) {
	for y := 0; y+oldSide <= old.Rect.Dy(); y += oldSide {
		for x := 0; x+oldSide <= old.Rect.Dx(); x += oldSide {
			square := image.Rect(x, y, x+oldSide, y+oldSide)
			like := func(m *image.Gray) bool { return count255(m, square) < oldShare*oldSide*oldSide }
			if !any255(altered, square) && !any255(old, square) && !slices.ContainsFunc(newer, like) {
				n++
			}
		}
	}
	return n
}

func (s *studio) state(p *plan, where place, l look, when time.Time) state {
	return state{place: where, look: l, at: when, visit: asClaimant, variant: p.variant, seed: s.seed}
}

// paragraph is the first with text, as package drift finds it.
const paragraph = `([...document.body.querySelectorAll('p')].find(e=>e.textContent.trim().length>=30&&e.getBoundingClientRect().width>150)||document.body.firstElementChild)`

// tools is what a claimant does in the developer tools: a part of the page is put in,
// or all of it.
func tools(p *plan) (string, error) {
	html, err := p.variant.Page()
	files, err2 := p.variant.Files() // would not load from the claimant's page
	if p.r.Float64() < 0.7 || len(files) > 0 {
		block, err := json.Marshal(p.variant.Block())
		return fmt.Sprintf(`(()=>{const e=%s;if(!e)return false;e.insertAdjacentHTML('beforebegin',%s);return !!document.querySelector(%q)})()`,
			paragraph, block, defacement.BlockSelector), err
	}
	if err := errors.Join(err, err2); err != nil {
		return "", err
	}
	page, err := json.Marshal(string(html))
	return fmt.Sprintf(`(()=>{document.documentElement.innerHTML=%s;document.documentElement.removeAttribute('style');document.documentElement.removeAttribute('class');scrollTo(0,0);return true})()`, page), err
}

// paste covers a part of the picture with a part of the defacement, as one does with
// an image editor and a hard selection.
func (s *studio) paste(ctx context.Context, p *plan, n *negative) error {
	ps := pose{url: p.page.URL(), win: p.window, clock: p.when}
	ps.win.Scroll = 0
	donor, err := s.camera(p.window).take(ctx, s.state(p, p.page, full, p.when), ps)
	if err != nil {
		return err
	}
	before := image.NewRGBA(n.img.Rect)
	draw.Draw(before, before.Rect, n.img, image.Point{}, draw.Src)
	r := rand.New(rand.NewPCG(p.chain.Draw, 4))
	size := n.img.Rect.Size()
	w, h := int((0.45+0.5*r.Float64())*float64(size.X)), int((0.35+0.5*r.Float64())*float64(size.Y))
	at := image.Pt(r.IntN(size.X-w+1), r.IntN(size.Y-h+1))
	from := image.Pt((size.X-w)/2, r.IntN(min(20, size.Y-h+1)))
	if plain(donor.img, image.Rectangle{Min: from, Max: from.Add(image.Pt(w, h))}, 0.03) {
		return fmt.Errorf("%w: what would be pasted is nearly empty", errUnsuitable)
	}
	draw.Draw(n.img, image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}, donor.img, from, draw.Src)
	n.mask = differing(before, n.img)
	return nil
}

// again is what saving a file anew makes of it: JPEG, perhaps smaller.
func again(p *plan, pic picture) (picture, error) {
	img, _, err := image.Decode(bytes.NewReader(pic.file))
	if err != nil {
		return pic, err
	}
	n := &negative{img: image.NewRGBA(img.Bounds())}
	draw.Draw(n.img, n.img.Rect, img, img.Bounds().Min, draw.Src)
	if p.r.Float64() < 0.5 {
		n.resize(0.6 + 0.35*p.r.Float64())
	}
	pic.file, pic.ext, err = n.jpeg(70 + p.r.IntN(21))
	pic.size = n.img.Rect.Size()
	return pic, err
}

// flat says whether nearly nothing is on a picture.
func flat(img *image.RGBA) bool { return plain(img, img.Rect, 0.005) }

// plain says whether less than a share of a part of a picture is of another colour
// than its first pixel.
func plain(img *image.RGBA, part image.Rectangle, share float64) bool {
	first, other := img.RGBAAt(part.Min.X, part.Min.Y), 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if img.RGBAAt(x, y) != first {
				other++
			}
		}
	}
	return float64(other) < share*float64(part.Dx()*part.Dy())
}

var titleTag = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)

func titleOf(doc []byte) string {
	m := titleTag.FindSubmatch(doc)
	if m == nil {
		return ""
	}
	return strings.Join(strings.Fields(html.UnescapeString(string(m[1]))), " ")
}

func encodePNG(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}
