package browser

import (
	"net/http"
	"slices"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func TestTextSaysInWhichFontItIsAndWhetherItStaysInView(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<!doctype html>
		<style>body { font-family: serif; height: 4000px } code { font-family: "No Such Font", monospace }
			nav { position: fixed } h2 { position: sticky; top: 0 } p { position: relative }</style>
		<nav><ul><li>menu</ul></nav><h2>section</h2><p>body</p><code>code</code>`)})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	c := see(t, b, capture.Request{URL: srv.URL + "/"})
	got := map[string]capture.TextBox{}
	for _, box := range c.Text {
		got[box.Text] = box
	}
	for text, want := range map[string]capture.TextBox{
		"menu":    {Font: "serif", Held: true},
		"section": {Font: "serif", Held: true},
		"body":    {Font: "serif"},
		"code":    {Font: `"No Such Font", monospace`},
	} {
		if box := got[text]; box.Font != want.Font || box.Held != want.Held {
			t.Errorf("%s: font %q, held %v; want %q, %v", text, box.Font, box.Held, want.Font, want.Held)
		}
	}
}

func TestAGroundThatStandsStillIsTold(t *testing.T) {
	page := func(style string) http.HandlerFunc {
		return html(`<!doctype html><style>` + style + `</style><main>words</main>`)
	}
	srv := site(t, map[string]http.HandlerFunc{
		"/fixed":  page(`body { background: linear-gradient(red, blue) fixed }`),
		"/moving": page(`body { background: linear-gradient(red, blue) }`),
		"/plain":  page(`body { background: red fixed }`),
		"/hidden": page(`main { background: linear-gradient(red, blue) fixed; visibility: hidden }`),
	})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	for path, want := range map[string]bool{"/fixed": true, "/moving": false, "/plain": false, "/hidden": false} {
		if c := see(t, b, capture.Request{URL: srv.URL + path}); c.StandingGround != want {
			t.Errorf("%s: a ground that stands still %v, want %v", path, c.StandingGround, want)
		}
	}
}

func TestControlsAreTold(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<!doctype html><style>body { margin: 0 } body * { display: block }</style>
		<audio controls style="width:300px;height:54px"></audio><audio></audio><video width=200 height=100></video>
		<input type=hidden><button style="width:90px;height:30px;margin:0">go</button><textarea style="visibility:hidden"></textarea>`)})
	b := start(t, Config{Gateway: loopback(t), Clock: fixed})
	got := see(t, b, capture.Request{URL: srv.URL + "/"}).Controls
	want := []capture.Box{{W: 300, H: 54}, {Y: 154, W: 90, H: 30}}
	if !slices.Equal(got, want) {
		t.Errorf("controls %+v, want %+v", got, want)
	}
}
