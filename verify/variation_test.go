package verify_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify"
)

// slot is where, in the visitor's window, the restless part of the pages below
// lies, and elsewhere is a place outside of it.
var (
	slot      = image.Rect(0, 111, 1280, 291)
	elsewhere = image.Rect(60, 420, 640, 580)
)

// fair is the page of a village fair with something of its own below the head:
// extra is markup in a block of 180 px, css and script are the page's.
func fair(extra, css, script string) string {
	return `<!doctype html><title>Fair</title><style>body{font:20px/1.5 sans-serif;margin:0;background:#f4f1ea} header{background:#24506b;color:#fff;padding:30px 60px;font-size:34px}
 #slot{height:180px;overflow:hidden;font-size:26px} main{padding:20px 60px;columns:2;column-gap:60px} p{margin:0 0 16px}` + css + `</style>
<header>The fair on the common</header><div id="slot">` + extra + `</div><main>
<p>Stalls are let from the first of March. Applications go to the clerk, with a drawing of the stall and its awning.</p>
<p>The carousel of the brothers Aumann comes again, and for the first time a swing boat from over the mountains.</p>
<p>Dogs are kept on leads between the tents. Horses are watered at the trough behind the brewery and nowhere else.</p>
<p>The prize for the heaviest pumpkin went to the miller's daughter last year; this year the scales are checked.</p>
<p>Music on the green from six, weather permitting. When it rains the band plays in the barn of the upper farm.</p>
<p>Lost children wait at the tent of the red lantern, where there is lemonade. Found purses are kept there as well.</p></main>` + script
}

// slide is one thing of several that stand in the slot by turns.
func slide(n int) string {
	text := [...]string{"Brass band on Saturday, all afternoon and evening", "Cider tasting with eleven kinds of apples", "Puppet theatre: the goose that would not fly", "Archery for beginners behind the orchard"}[n%4]
	return fmt.Sprintf(`<div style="background:hsl(%d 50%% 82%%);height:180px;padding:20px 60px;letter-spacing:%dpx">%s<br>%s</div>`, 90*n, n%3, text, strings.Repeat("* ", 9+3*n))
}

// carousel chooses a slide in the visitor's browser.
const carousel = `<script>const all=document.querySelectorAll('#slot>div');const n=Math.floor(Math.random()*all.length);all.forEach((e,i)=>{e.style.display=i==n?'':'none'})</script>`

const consent = `<div style="position:fixed;left:0;right:0;bottom:0;background:#222;color:#fff;padding:18px 60px">We use cookies to make this site work and to count its visitors. <button>Accept all</button> <button>Reject</button></div>`

// movingLine stands at its left end in every capture.
const movingLine = `<p style="padding:0 60px">News of the day</p><marquee style="width:1160px;margin-left:60px">Ferries run until the lanterns are out</marquee>`

func state(r *verify.Result) verify.State { return r.Captures[len(r.Captures)-1].State }

func TestWhatVariesByItselfIsNoAlteration(t *testing.T) {
	all := slide(0) + slide(1) + slide(2) + slide(3)
	for name, c := range map[string]struct {
		seen string   // by the claimant
		live []string // by the judge, in turn
	}{
		"a carousel that the browser turns": {fair(slide(2), "", ""), []string{fair(all, "", carousel)}},
		"adverts that the server turns":     {fair(slide(3), "", ""), []string{fair(slide(0), "", ""), fair(slide(1), "", ""), fair(slide(2), "", "")}},
		"today's date": {fair(`<p style="padding:20px 60px">Today is <script>document.write(new Date().toDateString())</script></p>`, "", ""),
			[]string{fair(`<p style="padding:20px 60px">Today is <script>document.write(new Date().toDateString())</script></p>`, "", "")}},
		"a line that moves":      {fair(strings.Replace(movingLine, "Ferries", `<span style="margin-left:440px"></span>Ferries`, 1), "", ""), []string{fair(movingLine, "", "")}},
		"a question for consent": {fair(slide(0), "", ""), []string{fair(slide(0), "", consent)}},
		"a banner that pushes the text down": {fair(slide(0), "", ""),
			[]string{strings.Replace(fair(slide(0), "", ""), "<header>", `<div style="background:#fc0;padding:14px 60px">Parking on the meadow is full. Please come by train.</div><header>`, 1)}},
		"a font that came late": {fair(slide(0), "", ""), []string{fair(slide(0), "body{font-family:serif}", "")}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t)
			honest := s.picture("2026-05-30 12:00", c.seen)
			r := s.claim(honest, "2026-05-30 12:00", c.live...).Result
			if got := state(r); got == verify.Altered || got == verify.Other {
				t.Errorf("the honest picture is %q", got)
			}
			if w := r.Verdict.Word; w == verify.Contradicted || w == verify.LeansFalse {
				t.Errorf("the honest picture is %s", w)
			}
			r = s.claim(painted(t, honest, elsewhere), "2026-05-30 12:00", c.live...).Result
			if got := state(r); got == verify.Same || got == verify.Other {
				t.Errorf("with a message painted elsewhere it is %q", got)
			}
		})
	}
}

func TestAMessageInAnAdvertsPlaceIsNotSetAsideInSilence(t *testing.T) {
	s := newStage(t)
	honest := s.picture("2026-05-30 12:00", fair(slide(0), "", ""))
	r := s.claim(painted(t, honest, slot), "2026-05-30 12:00", fair(slide(0), "", ""), fair(slide(1), "", ""), fair(slide(2), "", "")).Result
	if w := r.Verdict.Word; w == verify.Supported || w == verify.LeansGenuine || r.Verdict.Answer == verify.OrdinaryPage {
		t.Errorf("%s, %s", w, r.Verdict.Answer)
	}
	if c := r.Captures[0]; c.State == verify.Same {
		if a := c.Match.SetAside; a == nil || a.Unseen < 0.05 {
			t.Errorf("set aside: %+v", a)
		}
		if e := findingOf(t, r, "witness"); !strings.Contains(e.Sentence, "no look at the page showed") {
			t.Error(e.Sentence)
		}
	}
}
