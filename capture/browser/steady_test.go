package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
)

// fixed is a clock that stands, so that captures can be compared.
func fixed() time.Time { return time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC) }

func TestTheSamePageGivesTheSamePicture(t *testing.T) {
	srv := varied(t)
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	for n := range 12 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			req := capture.Request{URL: fmt.Sprintf("%s/%d", srv.URL, n), FullPage: true}
			one, two := see(t, b, req), see(t, b, req)
			if !bytes.Equal(one.FullPage, two.FullPage) {
				some, most := differing(t, one.FullPage, two.FullPage)
				t.Errorf("%d values differ, by up to %d of 255", some, most)
			}
			if visible(one) != visible(two) {
				t.Errorf("texts differ: %.200q and %.200q", visible(one), visible(two))
			}
		})
	}
}

func TestBothKindsOfBrowserPaintTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("starts two browsers")
	}
	srv := varied(t)
	shell := start(t, Config{Gateway: loopback(t), Clock: fixed, Variant: Shell})
	full := start(t, Config{Gateway: loopback(t), Clock: fixed, Variant: Full})
	// One page of each kind, none in the generic monospace font: full Chrome
	// takes the system's own for it, the shell what stands for Courier New.
	for _, n := range []int{0, 1, 8, 3, 4, 11} {
		req := capture.Request{URL: fmt.Sprintf("%s/%d", srv.URL, n), FullPage: true}
		one, two := see(t, shell, req), see(t, full, req)
		if one.PageHeight != two.PageHeight {
			t.Errorf("page %d: %d rows and %d rows", n, one.PageHeight, two.PageHeight)
			continue
		}
		some, most := differing(t, one.FullPage, two.FullPage)
		t.Logf("page %d: %d values differ, by %d of 255 at most", n, some, most)
		if most > rounding {
			t.Errorf("page %d is not painted the same", n)
		}
	}
}

// rounding is how far the two kinds of browser may be apart in one value of one
// pixel: they resample pictures and draw gradients with other arithmetic.
const rounding = 8

// differing counts the channel values in which two pictures differ, and tells
// the largest difference.
func differing(t *testing.T, a, b []byte) (some, most int) {
	t.Helper()
	one, two := raster(t, a), raster(t, b)
	if one.Bounds() != two.Bounds() {
		t.Fatalf("sizes %v and %v", one.Bounds(), two.Bounds())
	}
	for i, v := range one.Pix {
		if d := int(v) - int(two.Pix[i]); d != 0 {
			some++
			most = max(most, d, -d)
		}
	}
	return some, most
}

func raster(t *testing.T, shot []byte) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Bounds(), img, img.Bounds().Min, draw.Src)
	return out
}

func TestThePageIsSteadyFromItsStart(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<!doctype html>
		<style>#fade { opacity: 0; animation: in 60s forwards } @keyframes in { to { opacity: 1 } }
			#move { transition: margin-left 60s } #move.on { margin-left: 300px }</style>
		<div id=fade>faded in</div><div id=move>moved</div>
		<p id=zone></p><p id=random></p><p id=wait></p><p id=kind></p><p id=motion></p>
		<script>
			const put = (id, s) => { document.getElementById(id).textContent = s };
			put('zone', new Date().toISOString() + ' ' + new Date().getTimezoneOffset());
			put('random', Math.random());
			const start = Date.now(); while (Date.now() - start < 60000); put('wait', 'waited');
			put('kind', (new Date() instanceof Date) + ' ' + new Date(0).toISOString() + ' ' + typeof Date());
			put('motion', matchMedia('(prefers-reduced-motion: reduce)').matches);
			onload = () => document.getElementById('move').className = 'on';
		</script>`)})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	c := see(t, b, capture.Request{URL: srv.URL + "/"})
	text := visible(c)
	for _, want := range []string{"faded in", "2026-11-02T09:30:00.000Z 0", "waited", "true 1970-01-01T00:00:00.000Z string"} {
		if !strings.Contains(text, want) {
			t.Errorf("visible text %q lacks %q", text, want)
		}
	}
	for _, box := range c.Text {
		if box.Text == "moved" && box.X < 300 {
			t.Errorf("the transition has not ended: %+v", box)
		}
	}
	if !c.Settled.FixedClock.Equal(fixed()) {
		t.Errorf("fixed clock %s", c.Settled.FixedClock)
	}
}

func TestTheWindowIsPhotographedWhereItIsScrolledTo(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<style>body { margin: 0; background: #fff }</style>
		<div style="height:1000px;background:#f00"></div><div style="height:3000px;background:#00f"></div>
		<img loading=lazy src="/late.svg" width=10 height=10>`),
		"/late.svg": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/svg+xml")
			fmt.Fprint(w, `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10" fill="lime"/></svg>`)
		}})
	b := start(t, Config{Gateway: loopback(t)})
	c := see(t, b, capture.Request{URL: srv.URL + "/", ScrollY: 500, FullPage: true,
		Viewport: capture.Viewport{Width: 600, Height: 800, Scale: 2}})
	wantSize(t, "window", c.First, 1200, 1600)
	wantSize(t, "page", c.FullPage, 1200, 2*c.PageHeight)
	first, page := raster(t, c.First), raster(t, c.FullPage)
	if r, _, bl, _ := first.At(100, 990).RGBA(); r == 0 || bl != 0 {
		t.Errorf("row 990 of the window is not red")
	}
	if r, _, bl, _ := first.At(100, 1010).RGBA(); r != 0 || bl == 0 {
		t.Errorf("row 1010 of the window is not blue")
	}
	if _, g, bl, _ := page.At(10, 2*4005).RGBA(); g == 0 || bl != 0 {
		t.Errorf("the lazy picture is not painted")
	}
}

func TestTheWindowShowsWhatScriptsMakeOfTheScroll(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<style>body { margin: 0; height: 6000px; background: #fff }
		#bar { position: fixed; top: 0; left: 0; width: 100%; height: 100px; background: #f00; transition: background .3s }
		#bar.down { background: #0f0 } #bar.up { background: #00f }</style><div id="bar"></div><script>
		let last = 0;
		addEventListener('scroll', () => {
			const y = scrollY;
			document.getElementById('bar').className = y === 0 ? '' : y > last ? 'down' : 'up';
			last = y;
		});</script>`)})
	b := start(t, Config{Gateway: loopback(t)})
	for _, look := range []struct {
		scroll  int
		another bool
		want    [3]uint32
	}{{0, false, [3]uint32{1, 0, 0}}, {700, false, [3]uint32{0, 1, 0}}, {700, true, [3]uint32{0, 0, 1}}} {
		c := see(t, b, capture.Request{URL: srv.URL + "/", ScrollY: look.scroll, FullPage: true, Another: look.another,
			Viewport: capture.Viewport{Width: 600, Height: 800, Scale: 1}})
		r, g, bl, _ := raster(t, c.First).At(50, 50).RGBA()
		if got := [3]uint32{r / 0xffff, g / 0xffff, bl / 0xffff}; got != look.want {
			t.Errorf("scrolled to %d (another look: %v) the bar is %v, want %v", look.scroll, look.another, got, look.want)
		}
	}
}

// A drawing that a script moves is photographed at its end, whichever clock the script
// goes by, and however late it was begun.
func TestAMovementByScriptReachesItsEnd(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<!doctype html>
		<p id=date>moving</p><p id=performance>moving</p><p id=frame>moving</p>
		<p id=late style="margin-top:1800px">moving</p><p style="height:900px"></p>
		<script>
			const run = (id, clock, length) => {
				let began;
				const step = (stamp) => {
					const at = clock(stamp);
					began ??= at;
					document.getElementById(id).textContent = at - began < length ? id + ' moving' : id + ' done';
					if (at - began < length) requestAnimationFrame(step);
				};
				requestAnimationFrame(step);
			};
			run('date', () => Date.now(), 2000);
			run('performance', () => performance.now(), 2000);
			run('frame', (stamp) => stamp, 2000);
			new IntersectionObserver((seen, o) => {
				if (!seen[0].isIntersecting) return;
				o.disconnect();
				run('late', (stamp) => stamp, 1000);
			}).observe(document.getElementById('late'));
		</script>`)})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	c := see(t, b, capture.Request{URL: srv.URL + "/", FullPage: true})
	for _, id := range []string{"date", "performance", "frame", "late"} {
		if text := visible(c); !strings.Contains(text, id+" done") {
			t.Errorf("%s was photographed while it moved: %q", id, text)
		}
	}
}

// A moving line is photographed where its content stands in the page, and where it may
// be seen is told.
func TestAMovingLineStandsWhereItIsWritten(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{
		"/moving": html(`<!doctype html><style>body { margin: 0; font: 20px sans-serif } marquee { width: 600px }</style>
			<form style="margin:0;height:90px"><input name=querySelectorAll type=hidden><input name=localName type=hidden>
				<marquee scrollamount=40>Our hall is open again</marquee></form>
			<marquee direction=up height=90 scrollamount=17><p>one</p><p>two</p></marquee>
			<div onmouseover="again()"><marquee behavior=alternate scrollamount=33>there and back</marquee></div>
			<p id=late></p><iframe src=/frame width=600 height=60></iframe><p style="height:2000px"></p>
			<script>
				const again = () => document.querySelectorAll('marquee').forEach((m) => m.start());
				setTimeout(() => { document.getElementById('late').innerHTML = '<marquee behavior=slide>came late</marquee>' }, 150);
				setTimeout(again, 300); onload = () => setInterval(again, 20);
			</script>`),
		"/frame": html(`<marquee>in a frame</marquee>`)})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	req := capture.Request{URL: srv.URL + "/moving", FullPage: true}
	one, two := see(t, b, req), see(t, b, req)
	if !bytes.Equal(one.First, two.First) || !bytes.Equal(one.FullPage, two.FullPage) {
		some, most := differing(t, one.FullPage, two.FullPage)
		t.Errorf("%d values differ, by up to %d of 255", some, most)
	}
	if len(one.Moving) != 4 || one.Moving[0] != (capture.Box{W: 600, H: 24}) || one.Moving[1].H != 90 {
		t.Errorf("lines move in %+v", one.Moving)
	}
	for _, want := range []string{"Our hall is open again", "there and back", "came late"} {
		found := false
		for _, box := range one.Text {
			if box.Text == want {
				found = true
				if box.X != 0 {
					t.Errorf("%q has moved to %v", want, box.Box)
				}
			}
		}
		if !found {
			t.Errorf("%q is not in %q", want, visible(one))
		}
	}
}
