package address_test

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/net/publicsuffix"

	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/address"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

var (
	bars  = flag.Int("bars", 18, "how many address bars are drawn and read")
	fonts = flag.String("fonts", "", "a directory of fonts to draw address bars with, besides Go's own")
	seed  = flag.Uint64("seed", 11, "of the bars drawn")
	shown = flag.Bool("shown", false, "print every bar that was not read exactly")
)

// randomHost makes a host of words and the suffixes of many countries. A
// treacherous one has digits and letters that look alike in most fonts.
func randomHost(rng *rand.Rand, treacherous bool) string {
	pick := func(of string) string { f := strings.Fields(of); return f[rng.IntN(len(f))] }
	name := pick(`town council winterhafen harbour kutwa dinkes perfectplus vivaunno mrkarts universitas mbojo prife bareket background
		sahne mos illinois williams hallmark city clinic modern burn corner hotel school college bank
		ministry education health tourism library museum hospital agency-one my-shop news portal mail webmail moodle courses kids`)
	if treacherous {
		name = pick(`lilli vvv0 o0o 1001nights hotel1 rnobile cl1nic paypa1 g00gle wwf il1`) + pick(`rn cl ll 0 1 x 365 vv`) + pick(`tech lab ill com`)
	} else if rng.IntN(2) == 0 {
		name += pick(`- online group edu 24 hub land works ville`) + pick(`x plus net shop data info center tech`)
	}
	name = strings.Trim(name, "-")
	if rng.IntN(3) == 0 {
		name = pick(`www www m mail shop blog courses l intranet en`) + "." + name
	}
	return name + "." + pick(`com com org net gov.tw com.tw edu.tw org.tw tw de co.uk com.br gov.br go.th ac.id go.id co.id in co.il gov.ly fr it pl ru io info`)
}

func randomPath(rng *rand.Rand) string {
	all := []string{"", "", "/", "/index.php", "/ujian/", "/wp/", "/news/2025/02/16", "/cx.html", "/index.php?id=1O0l", "/images/banner.jpg"}
	return all[rng.IntN(len(all))]
}

// bar is an address bar as browsers draw them, and where its field lies.
type bar struct {
	img   *image.NRGBA
	field image.Rectangle
	what  string
}

func drawBar(t testing.TB, rng *rand.Rand, f *opentype.Font, scale float64, host, path string) bar {
	t.Helper()
	dark := rng.IntN(2) == 0
	ground, field, ink, faint := readingtest.Grey(250), readingtest.Grey(241), readingtest.Grey(32), readingtest.Grey(95)
	if dark {
		ground, field, ink, faint = readingtest.Grey(53), readingtest.Grey(40), readingtest.Grey(232), readingtest.Grey(154)
	}
	px := func(v float64) int { return int(v*scale + 0.5) }
	b := bar{img: image.NewNRGBA(image.Rect(0, 0, px(760), px(44)))}
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(b.img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(b.img.Rect, ground)
	high := 28 + 2*rng.IntN(4)
	b.field = image.Rect(px(20), px(22-float64(high)/2), px(740), px(22+float64(high)/2))
	fill(b.field, field)
	x := px(32)
	if rng.IntN(3) > 0 { // a padlock
		fill(image.Rect(x, px(21), x+px(10), px(28)), faint)
		fill(image.Rect(x+px(2), px(16), x+px(8), px(21)), faint)
		fill(image.Rect(x+px(3.5), px(17.5), x+px(6.5), px(21)), field)
		x += px(20)
	}
	size := 13 + float64(rng.IntN(3))
	face := readingtest.Face(t, rng, f, size*scale)
	write := func(text string, c color.Color) {
		d := font.Drawer{Dst: b.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, px(22+size*0.36))}
		d.DrawString(text)
		x = d.Dot.X.Round()
	}
	switch rng.IntN(4) {
	case 0:
		write("Not secure", faint)
		x += px(8)
		fill(image.Rect(x, px(14), x+1, px(30)), faint)
		x += px(9)
	case 1:
		write("https://", faint)
	}
	write(host, ink)
	write(path, faint)
	fill(image.Rect(px(714), px(17), px(724), px(27)), faint)
	return b
}

// posted is a bar as JPEG has it, and reduced as a messenger does.
func (b bar) posted(t testing.TB, factor float64, quality int) bar {
	t.Helper()
	return bar{img: readingtest.Posted(t, b.img, factor, quality), field: readingtest.Reduced(b.field, factor)}
}

// tally counts what came of the bars of one kind.
type tally struct {
	bars, exact  int
	own, strange map[address.Outcome]int
	wrongStrange int
}

// TestAddressBarsAreReadAndNoMisreadHostIsAnother draws address bars and reads
// them. With -bars 2000 -fonts DIR it is the measurement that the package
// comment gives.
func TestAddressBarsAreReadAndNoMisreadHostIsAnother(t *testing.T) {
	e := readingtest.Engine(t)
	rng := rand.New(rand.NewPCG(7, *seed))
	all := readingtest.Fonts(t, *fonts)
	tallies := map[string]*tally{}
	for n := range *bars {
		treacherous := n%7 == 6
		host, path := randomHost(rng, treacherous), randomPath(rng)
		scale := []float64{1, 1, 1.25, 1.5, 2}[rng.IntN(5)]
		b := drawBar(t, rng, all[n%len(all)], scale, host, path)
		kind := "untouched"
		switch n % 3 {
		case 1:
			kind = "JPEG 60-90"
			b = b.posted(t, 1, 60+rng.IntN(30))
		case 2:
			kind = "messenger, 1920 to 1280, JPEG 75-85"
			b = b.posted(t, 2.0/3, 75+rng.IntN(10))
		}
		if treacherous {
			kind = "treacherous"
		}
		if tallies[kind] == nil {
			tallies[kind] = &tally{own: map[address.Outcome]int{}, strange: map[address.Outcome]int{}}
		}
		count(t, e, b, host, randomHost(rng, false), tallies[kind])
	}
	for kind, y := range tallies {
		t.Logf("%s: %d bars, %d hosts exact; against itself %v; against another %v", kind, y.bars, y.exact, y.own, y.strange)
		if y.own[address.Other] > 0 || y.wrongStrange > 0 {
			t.Errorf("%s: %d misread hosts are taken for another, %d are named wrongly", kind, y.own[address.Other], y.wrongStrange)
		}
		// A share that a few bars can tell from what was measured over many.
		if kind != "treacherous" && float64(y.exact) < 0.7*float64(y.bars)-1 {
			t.Errorf("%s: only %d of %d hosts read exactly", kind, y.exact, y.bars)
		}
	}
}

func count(t *testing.T, e *reading.Engine, b bar, host, another string, y *tally) {
	t.Helper()
	read, err := address.Read(t.Context(), e, b.img, b.field, host)
	if err != nil {
		t.Fatal(err)
	}
	y.bars++
	own := read.Judge(host)
	y.own[own.Outcome]++
	if own.Outcome == address.Claimed {
		y.exact++
	} else if *shown {
		fine, _ := e.Line(t.Context(), b.img, b.field, reading.Fine)
		coarse, _ := e.Line(t.Context(), b.img, b.field, reading.Coarse)
		t.Logf("%s: %s: read %+v\n%+v\n%+v", host, own.Outcome, read, fine, coarse)
	}
	strip := func(h string) string { return strings.TrimPrefix(h, "www.") }
	if strip(another) == strip(host) {
		return
	}
	v := read.Judge(another)
	y.strange[v.Outcome]++
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		t.Fatal(err)
	}
	if v.Outcome == address.Other && address.Distance(v.Host.Domain, domain) > 1 {
		y.wrongStrange++
		t.Logf("%s was named %s", host, v.Host.Domain)
	}
}

// TestDrawnLookAlikesAreNotTakenForTheClaimedHost draws hosts that look like the claimed
// one or have its name in them. Some are not read surely enough; none is the claimed host.
func TestDrawnLookAlikesAreNotTakenForTheClaimedHost(t *testing.T) {
	e := readingtest.Engine(t)
	rng := rand.New(rand.NewPCG(7, *seed))
	all, told := readingtest.Fonts(t, *fonts), 0
	hosts := []struct{ drawn, claimed string }{
		{"xn--pypal-4ve.com", "paypal.com"}, {"xn--bcher-kva.de", "bucher.de"}, {"münchen.de", "munchen.de"},
		{"paypal.com.evil.ru", "paypal.com"}, {"paypal-secure.com", "paypal.com"}, {"kutwa.go.th.evil.com", "kutwa.go.th"},
	}
	for n, h := range hosts {
		b := drawBar(t, rng, all[n%len(all)], 1.5, h.drawn, "/news")
		read, err := address.Read(t.Context(), e, b.img, b.field, h.claimed)
		if err != nil {
			t.Fatal(err)
		}
		switch v := read.Judge(h.claimed); v.Outcome {
		case address.Alike:
			told++
		case address.Claimed, address.Other:
			t.Errorf("%s against %s: %+v", h.drawn, h.claimed, v)
		default:
			t.Logf("%s against %s: %+v of %+v", h.drawn, h.claimed, v, read)
		}
	}
	if told < len(hosts)/2 {
		t.Errorf("only %d of %d were told", told, len(hosts))
	}
	for _, claimed := range []string{"münchen.de", "xn--mnchen-3ya.de"} {
		b := drawBar(t, rng, all[0], 1.5, "xn--mnchen-3ya.de", "/")
		read, err := address.Read(t.Context(), e, b.img, b.field, claimed)
		if err != nil {
			t.Fatal(err)
		}
		if v := read.Judge(claimed); v.Outcome == address.Other || v.Likeness != address.Either {
			t.Errorf("its own punycode against %s: %+v of %+v", claimed, v, read)
		}
	}
}
