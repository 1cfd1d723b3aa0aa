package browser

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"

	"github.com/defacecheck/defacecheck/capture"
)

// shrunk are budgets that keep the tests short and still hold on a machine that is
// busy with other tests: what is tested is the outcome, not the speed. The browser is
// ended if it opens no tab in time, so that this takes the longest of all: where four
// programs share a processor it has taken over ten seconds.
func shrunk() Budgets {
	return Budgets{Open: 40 * time.Second, Navigate: 30 * time.Second, Settle: 1500 * time.Millisecond, Freeze: 6 * time.Second,
		Shoot: 20 * time.Second, Read: 8 * time.Second}
}

// hostile are pages that do not want to be photographed. A nil want is a
// picture.
func hostile() map[string]struct {
	page http.HandlerFunc
	want error
} {
	never := func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	script := func(code string) http.HandlerFunc {
		return html("<!doctype html><h1>Owned by nobody</h1><p>greetings to all</p><script>" + code + "</script>")
	}
	type trap = struct {
		page http.HandlerFunc
		want error
	}
	return map[string]trap{
		"one alert":                 {script(`alert('hacked')`), nil},
		"an alert storm":            {script(`for (;;) alert('again')`), nil},
		"confirm and prompt":        {script(`confirm('really?'); prompt('name?', 'x')`), nil},
		"leaving is asked about":    {script(`onbeforeunload = (e) => { e.preventDefault(); e.returnValue = 'x' }; setInterval(() => location.reload(), 50)`), nil},
		"a part that never ends":    {html(`<h1>Owned by nobody</h1><img src="/never"><link rel=stylesheet href="/late.css">`), nil},
		"a script that never comes": {html(`<h1>Owned by nobody</h1><script src="/never"></script>`), nil},
		"a refresh loop":            {html(`<meta http-equiv=refresh content="0"><h1>Owned by nobody</h1>`), nil},
		"a reload loop":             {script(`location.reload()`), nil},
		"popups":                    {script(`setInterval(() => open('/x' + Math.random()), 10)`), nil},
		"popups through a frame":    {html(`<h1>Owned by nobody</h1><iframe id=f></iframe><script>setInterval(() => document.getElementById('f').contentWindow.open('/'), 10)</script>`), nil},
		"a busy loop":               {script(`for (;;) {}`), nil},
		"a busy loop after load":    {script(`onload = () => setTimeout(() => { for (;;) {} }, 20)`), nil},
		"a flood of writing":        {script(`setInterval(() => { for (let i = 0; i < 500; i++) document.write('<p>flood ' + i) }, 1)`), nil},
		"many pictures":             {html(`<h1>Owned by nobody</h1>` + strings.Repeat(`<img src="/x.gif" width=2 height=2>`, 3000)), nil},
		"a flood of requests":       {script(`setInterval(() => { for (let i = 0; i < 100; i++) new Image().src = '/p' + Math.random() }, 1)`), nil},
		"a flood of history":        {script(`setInterval(() => { for (let i = 0; i < 50; i++) history.pushState({}, '', '/h' + Math.random()) }, 1)`), nil},
		"a page that closes itself": {script(`close(); setInterval(() => close(), 10)`), nil},
		"closing through a frame":   {html(`<h1>Owned by nobody</h1><iframe id=f></iframe><script>setInterval(() => document.getElementById('f').contentWindow.close.call(window), 10)</script>`), nil},
		"animations without end":    {html(`<style>@keyframes a { from { margin-left: 0 } to { margin-left: 500px } } h1 { animation: a 0.1s infinite }</style><h1>Owned by nobody</h1><marquee>scroll</marquee>`), nil},
		"50,000 rows":               {html(`<h1>Owned by nobody</h1><div style="height:50000px;background:linear-gradient(red,blue)"></div>end`), nil},
		"a page of immense size":    {html(`<h1>Owned by nobody</h1><div style="height:90000000px;width:90000000px"></div>`), nil},
		"printing":                  {script(`print(); setInterval(print, 10)`), nil},
		"full screen":               {script(`document.documentElement.requestFullscreen()`), nil},
		"deep frames":               {html(`<h1>Owned by nobody</h1><iframe src="/deep"></iframe>`), nil},
		"a slow document":           {drip, nil},
		"forged functions":          {script(`Document.prototype.querySelectorAll = () => { throw 1 }; window.scrollTo = () => { throw 2 }; document.createTreeWalker = null; Object.defineProperty(Element.prototype, 'outerHTML', {get() { return 'forged' }}); JSON.stringify = () => 'forged'; Promise = null`), nil},
		"clobbered names":           {html(`<h1>Owned by nobody</h1><form name=querySelectorAll></form><img name=createTreeWalker><form name=documentElement><input name=outerHTML><input name=parentElement></form>`), nil},
		"a big heap":                {script(`const hog = []; for (let i = 0; i < 60; i++) hog.push(new Float64Array(1 << 20).fill(i))`), nil},
		"workers without end":       {script(`for (let i = 0; i < 200; i++) new Worker(URL.createObjectURL(new Blob(['for (;;) {}'])))`), nil},
		"a redirect loop":           {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, capture.ErrRedirects},
		"a file to be saved": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Disposition", "attachment")
			fmt.Fprint(w, "MZ")
		}, capture.ErrMalformed},
		"a document that never comes": {never, capture.ErrTimeout},
		"a connection that breaks":    {hangUp, capture.ErrConnect},
	}
}

// drip sends a page one word at a time, without end.
func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<h1>Owned by nobody</h1>")
	for i := 0; r.Context().Err() == nil; i++ {
		fmt.Fprintf(w, "<p>word %d %s", i, strings.Repeat(" ", 500))
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		conn.Close()
	}
}

func TestHostilePagesGiveAPictureOrAClearFinding(t *testing.T) {
	pages := map[string]http.HandlerFunc{
		"/never":    func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/late.css": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/deep":     html(`<iframe src="/deep?1"></iframe><iframe src="/deep?2"></iframe>`),
	}
	traps := hostile()
	paths := make(map[string]string)
	for name, trap := range traps {
		paths[name] = fmt.Sprintf("/trap%d", len(paths))
		pages[paths[name]] = trap.page
	}
	srv := site(t, pages)
	b := start(t, Config{Gateway: loopback(t), Budgets: shrunk(),
		Logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))})
	t.Run("traps", func(t *testing.T) {
		for name, trap := range traps {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				c := see(t, b, capture.Request{URL: srv.URL + paths[name], FullPage: true})
				checkTrap(t, c, trap.want)
			})
		}
	})
	if b.Restarts() != 0 {
		t.Errorf("the browser died %d times", b.Restarts())
	}
}

func checkTrap(t *testing.T, c *capture.Capture, want error) {
	t.Helper()
	t.Logf("%s after %d attempts in %v: %s; %+v", c.Validity, c.Settled.Attempts, c.Settled.Took.Round(time.Millisecond), c.Reason, c.Settled)
	if want != nil {
		if c.Validity != capture.Unreachable || !errors.Is(c.Err, want) {
			t.Errorf("validity %q with %v, want %v", c.Validity, c.Err, want)
		}
		return
	}
	if c.Validity != capture.OK || len(c.First) == 0 || len(c.FullPage) == 0 {
		t.Fatalf("validity %q (%s), %d and %d bytes of pictures", c.Validity, c.Reason, len(c.First), len(c.FullPage))
	}
	if text := visible(c); !strings.Contains(text, "Owned by nobody") && !strings.Contains(text, "flood") {
		t.Errorf("visible text %.200q", text)
	}
	if strings.Contains(string(c.HTML), "forged") && !strings.Contains(string(c.HTML), "Owned by nobody") {
		t.Errorf("the page forged its source: %.200s", c.HTML)
	}
}

func TestATallPageIsClippedAndSaysSo(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<div style="height:3000px;background:#eee">tall</div>`)})
	b := start(t, Config{Gateway: loopback(t), Budgets: Budgets{Rows: 2000}})
	c := see(t, b, capture.Request{URL: srv.URL + "/", FullPage: true})
	if !c.Clipped || c.PageHeight < 3000 {
		t.Errorf("clipped %v at %d rows", c.Clipped, c.PageHeight)
	}
	wantSize(t, "page", c.FullPage, 1366, 2000)
}

func TestDialogsAreKeptAndDismissed(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<script>alert('one'); confirm('two'); document.write('<p>after')</script>`)})
	b := start(t, Config{Gateway: loopback(t)})
	c := see(t, b, capture.Request{URL: srv.URL + "/"})
	want := []capture.Dialog{{Kind: "alert", Text: "one"}, {Kind: "confirm", Text: "two"}}
	if fmt.Sprint(c.Dialogs) != fmt.Sprint(want) || visible(c) != "after" || c.Settled.Attempts != 1 {
		t.Errorf("dialogs %v, text %q, attempts %d", c.Dialogs, visible(c), c.Settled.Attempts)
	}
}

func TestACrashedTabIsNoticedWithinTwoSeconds(t *testing.T) {
	srv := site(t, map[string]http.HandlerFunc{"/": html(`<p>fragile`)})
	b := start(t, Config{Gateway: loopback(t)})
	way, err := openRoad(context.Background(), b.cfg.Gateway, true)
	if err != nil {
		t.Fatal(err)
	}
	defer way.close()
	req, _ := b.check(capture.Request{URL: srv.URL + "/"})
	v, err := openVisit(context.Background(), &visit{cfg: b.cfg, eng: b.eng, req: req, road: way, scripts: true, log: b.cfg.Logger})
	if err != nil {
		t.Fatal(err)
	}
	defer v.close()
	if err := v.phase("navigate", time.Minute, v.navigate); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	go func() { _, _ = cdp.Call(v.ctx, v.page, page.Crash, cdp.Empty{}) }()
	err = v.phase("wait", time.Minute, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	if !errors.Is(err, capture.ErrCrashed) {
		t.Errorf("error %v, want %v", err, capture.ErrCrashed)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("noticed after %v", took)
	}
}
