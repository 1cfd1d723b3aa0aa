package casebook

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// camera is a claimant's browser, and a proxy that answers all that it asks.
type camera struct {
	*claimant.Browser
	srv  *http.Server
	done chan error

	mu  sync.Mutex
	now state
	bad error // the first error of an answer
}

// openCamera starts a browser that smooths letters in grey, or for sub-pixels.
func openCamera(ctx context.Context, path string, noSandbox, subpixel bool) (*camera, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open camera: %w", err)
	}
	c := &camera{done: make(chan error, 1)}
	c.srv = &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second}
	go func() { c.done <- c.srv.Serve(l) }()
	c.Browser, err = claimant.Start(ctx, claimant.Config{Path: path, NoSandbox: noSandbox, Subpixel: subpixel, Flags: map[string]any{
		"proxy-server": "http://" + l.Addr().String(), "proxy-bypass-list": "<-loopback>"}})
	if err != nil {
		return nil, errors.Join(err, c.stop())
	}
	return c, nil
}

func (c *camera) stop() error {
	err := c.srv.Close()
	if e := <-c.done; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}

func (c *camera) close() error {
	c.Close()
	return c.stop()
}

// ServeHTTP answers as the proxy.
func (c *camera) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	s := c.now
	c.mu.Unlock()
	a, err := missing(), error(nil)
	if s.site != nil && r.URL.Port() == Port {
		if a, err = s.answer(r.URL); err != nil {
			c.mu.Lock()
			c.bad = errors.Join(c.bad, err)
			c.mu.Unlock()
			a = missing()
		}
	}
	w.Header().Set("Content-Type", a.kind)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// pose is how a picture is taken. At most one of Find and Scroll decides where.
type pose struct {
	url   string
	win   window
	clock time.Time
	find  string // JavaScript expression of an element that is scrolled into view; "" scrolls by the window
	edit  string // JavaScript run after a first picture was taken
}

// shot is a picture of the content area, and before it was edited.
type shot struct {
	img, before *image.RGBA
	found       bool            // the element of find is in view
	hole        image.Rectangle // of the element #hole, in pixels
}

const shotTime = 60 * time.Second

// steady is run at the start of a document: clock and chance stand still, and nothing
// moves by itself, so that the same pose gives the same picture.
const steady = `(()=>{const t=%d,D=Date;Date=class extends D{constructor(...a){a.length?super(...a):super(t)}static now(){return t}};
let s=42;Math.random=()=>(s=(s*16807)%%2147483647)/2147483647;
addEventListener('DOMContentLoaded',()=>{const e=document.createElement('style');e.textContent='*,*::before,*::after{animation:none!important;transition:none!important;scroll-behavior:auto!important;caret-color:transparent!important}';document.head.append(e)})})()`

// settle waits for fonts and pictures, then for scripts to have drawn.
const settle = `(async()=>{await document.fonts.ready;await Promise.all([...document.images].map(i=>Promise.race([i.decode().catch(()=>0),new Promise(r=>setTimeout(r,2000))])));
await new Promise(r=>setTimeout(r,250));await new Promise(r=>requestAnimationFrame(()=>requestAnimationFrame(r)));return true})()`

// toFind scrolls an element to the first quarter of the window and says whether it is
// in view.
const toFind = `(()=>{const e=%s;if(!e)return false;window.scrollTo(0,e.getBoundingClientRect().top+scrollY-innerHeight/4);
const r=e.getBoundingClientRect();return r.width>150&&r.height>10&&r.top>=0&&r.top<innerHeight*.8&&r.left>=0&&r.left<innerWidth-100&&e.checkVisibility({checkOpacity:true,checkVisibilityCSS:true})})()`

const toShare = `(()=>{window.scrollTo(0,%g*(Math.min(9000,document.documentElement.scrollHeight)-innerHeight));return true})()`

const holeOf = `(()=>{const e=document.getElementById('hole');if(!e)return [0,0,0,0];const r=e.getBoundingClientRect();return [r.x,r.y,r.width,r.height]})()`

// take takes a picture of what the world shows in state s, in a tab and browser
// context of its own.
func (c *camera) take(ctx context.Context, s state, p pose) (shot, error) {
	c.mu.Lock()
	c.now, c.bad = s, nil
	c.mu.Unlock()
	tab, stop := chromedp.NewContext(c.Context, chromedp.WithNewBrowserContext())
	defer stop()
	tab, cancel := context.WithTimeout(tab, shotTime)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	out, err := c.expose(tab, p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err = errors.Join(c.bad, err); err != nil {
		return out, fmt.Errorf("take picture of %.100s: %w", p.url, err)
	}
	return out, nil
}

func (c *camera) expose(tab context.Context, p pose) (s shot, err error) {
	prepare := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(p.win.Width), Height: int64(p.win.Height), DeviceScaleFactor: p.win.Scale, Mobile: p.win.Phone}); err != nil {
			return err
		}
		if p.win.Phone {
			if _, err := cdp.Call(ctx, t, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: browser.UserAgent(c.Version, true)}); err != nil {
				return err
			}
		}
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(steady, p.clock.UnixMilli())})
		return err
	})
	if err := chromedp.Do(tab, prepare, chromedp.Navigate(p.url)); err != nil {
		return s, err
	}
	if _, err := script(tab, settle); err != nil {
		return s, err
	}
	move := fmt.Sprintf(toShare, p.win.Scroll)
	if p.find != "" {
		move = fmt.Sprintf(toFind, p.find)
	}
	if s.found, err = script(tab, move); err != nil {
		return s, err
	}
	if _, err := script(tab, settle); err != nil {
		return s, err
	}
	if s.img, err = release(tab); err != nil || p.edit == "" {
		return s, errors.Join(err, s.findHole(tab, p))
	}
	s.before = s.img
	if s.found, err = script(tab, p.edit); err != nil {
		return s, err
	}
	if _, err := script(tab, settle); err != nil {
		return s, err
	}
	s.img, err = release(tab)
	return s, err
}

func (s *shot) findHole(tab context.Context, p pose) error {
	box, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](holeOf))
	if err != nil || len(box) != 4 {
		return err
	}
	f := func(v float64) int { return int(v*p.win.Scale + 0.5) }
	s.hole = image.Rect(f(box[0]), f(box[1]), f(box[0]+box[2]), f(box[1]+box[3]))
	return nil
}

func script(tab context.Context, js string) (bool, error) {
	return chromedp.Run(tab, chromedp.Evaluate[bool](js, chromedp.EvalAwaitPromise))
}

func release(tab context.Context) (*image.RGBA, error) {
	res, err := chromedp.Run(tab, func(ctx context.Context, t *chromedp.Target) (page.CaptureScreenshotResult, error) {
		return cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{FromSurface: new(true), OptimizeForSpeed: new(true)})
	})
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(bytes.NewReader(res.Data))
	if err != nil {
		return nil, err
	}
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out, nil
}

// dataURL is a page without a server.
func dataURL(html []byte) string {
	return "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(html)
}
