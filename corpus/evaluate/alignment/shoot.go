package alignment

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// pose is how a claimant takes a picture.
type pose struct {
	URL           string
	Width, Height int     // CSS px of the content area
	Scale         float64 // device pixels per CSS px
	Mobile        bool
	Scroll        float64 // share, 0 to 1, of what can be scrolled
	Edit          int     // from 1: which line is rewritten in the developer tools; 0 is none
	Firefox       bool
}

// shot is a picture of the content area.
type shot struct {
	PNG    []byte
	Before []byte            // before the edit
	Lines  []capture.TextBox // text in view, in pixels of the shot
	Hole   capture.Box       // of the element #hole, in pixels of the shot
	PerCSS float64           // pixels of the shot per CSS pixel of the layout
}

const shotTime = 60 * time.Second

// settle waits for fonts and pictures, then for scripts to have drawn.
const settle = `(async()=>{await document.fonts.ready;await Promise.all([...document.images].map(i=>Promise.race([i.decode().catch(()=>0),new Promise(r=>setTimeout(r,3000))])));
await new Promise(r=>setTimeout(r,900));return true})()`

// reach is how far down, in CSS pixels, pictures are taken: captures end at
// 16,384, and in another window a page is longer.
const reach = 12000

// scroll goes through the page once, to wake lazy pictures, and then to its place.
const scroll = `(async()=>{const p=f=>window.scrollTo({top:f*(Math.min(%d,document.documentElement.scrollHeight)-innerHeight),behavior:'instant'});
for(const f of [.25,.5,.75,1]){p(f);await new Promise(r=>setTimeout(r,60))}p(%g);await new Promise(r=>setTimeout(r,400));return true})()`

// jump goes to another place of a page that was walked through.
const jump = `(async()=>{window.scrollTo({top:%[2]g*(Math.min(%[1]d,document.documentElement.scrollHeight)-innerHeight),behavior:'instant'});await new Promise(r=>setTimeout(r,300));return true})()`

// lines lists the text in view in pixels of the shot.
const lines = `(()=>{const out=[],k=(visualViewport?visualViewport.scale:1)*%g;if(!document.body)return out;
const w=document.createTreeWalker(document.body,NodeFilter.SHOW_TEXT);let n;
while((n=w.nextNode())&&out.length<3000){const text=n.data.replace(/\s+/g,' ').trim();const e=n.parentElement;
if(text.length<6||!e||!e.checkVisibility({checkOpacity:true,checkVisibilityCSS:true}))continue;
const r=document.createRange();r.selectNodeContents(n);const b=r.getBoundingClientRect();
if(b.width<1||b.height<1||b.bottom<0||b.top>innerHeight)continue;
out.push({x:b.x*k,y:b.y*k,w:b.width*k,h:b.height*k,text})}return out})()`

// rewrite replaces one line in view by another of the same length.
const rewrite = `(()=>{const all=[],w=document.createTreeWalker(document.body,NodeFilter.SHOW_TEXT);let n;
while((n=w.nextNode())){const t=n.data.trim(),e=n.parentElement;if(t.length<18||t.length>90||!e||!e.checkVisibility())continue;
const r=document.createRange();r.selectNodeContents(n);const c=[...r.getClientRects()];
if(c.length!=1||c[0].top<0||c[0].bottom>innerHeight||c[0].left<0||c[0].right>innerWidth||c[0].width<100)continue;all.push(n)}
if(!all.length)return false;n=all[%d%%all.length];const say='Taken over by the Paper Kite: your server was open, and now everybody has read your letters.';
n.data=say.slice(0,n.data.trim().length);return true})()`

// perCSS is less than the device pixel ratio where a phone shows a page made for
// desktops.
const perCSS = `(visualViewport?visualViewport.scale:1)*%g`

const hole = `(()=>{const e=document.getElementById('hole');if(!e)return {x:0,y:0,w:0,h:0};const r=e.getBoundingClientRect(),k=%g;
return {x:r.x*k,y:r.y*k,w:r.width*k,h:r.height*k}})()`

// take takes a picture.
func (c *camera) take(ctx context.Context, p pose) (shot, error) {
	all, err := c.series(ctx, p, []float64{p.Scroll})
	if err != nil {
		return shot{}, err
	}
	return all[0], nil
}

// series takes a picture at each scroll, in a tab and browser context of its own.
func (c *camera) series(ctx context.Context, p pose, scrolls []float64) (all []shot, err error) {
	err = c.visit(ctx, p, func(tab context.Context) error {
		for i, y := range scrolls {
			move := scroll
			if i > 0 {
				move = jump
			}
			if err := wait(tab, fmt.Sprintf(move, reach, y)); err != nil {
				return err
			}
			s, err := p.release(tab)
			if err != nil {
				return err
			}
			all = append(all, s)
		}
		return nil
	})
	return all, err
}

// visit opens the page at the pose and hands over the tab when it has settled.
func (c *camera) visit(ctx context.Context, p pose, do func(tab context.Context) error) (err error) {
	tab, stop := chromedp.NewContext(c.Context, chromedp.WithNewBrowserContext())
	defer stop()
	tab, cancel := context.WithTimeout(tab, shotTime)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	defer func() {
		if err != nil {
			err = fmt.Errorf("take picture of %.120s: %w", p.URL, err)
		}
	}()
	window := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(p.Width), Height: int64(p.Height), DeviceScaleFactor: p.Scale, Mobile: p.Mobile})
		return err
	})
	if err := chromedp.Do(tab, window, chromedp.Navigate(p.URL)); err != nil {
		return err
	}
	if err := wait(tab, settle); err != nil {
		return err
	}
	return do(tab)
}

// release takes one picture of what the tab shows.
func (p pose) release(tab context.Context) (s shot, err error) {
	if p.Edit > 0 {
		if s.Before, err = chromedp.Run(tab, chromedp.CaptureScreenshot()); err != nil {
			return s, err
		}
		if err := wait(tab, fmt.Sprintf(rewrite, p.Edit)); err != nil {
			return s, err
		}
	}
	if s.Lines, err = chromedp.Run(tab, chromedp.Evaluate[[]capture.TextBox](fmt.Sprintf(lines, p.Scale))); err != nil {
		return s, err
	}
	if s.Hole, err = chromedp.Run(tab, chromedp.Evaluate[capture.Box](fmt.Sprintf(hole, p.Scale))); err != nil {
		return s, err
	}
	if s.PerCSS, err = chromedp.Run(tab, chromedp.Evaluate[float64](fmt.Sprintf(perCSS, p.Scale))); err != nil {
		return s, err
	}
	s.PNG, err = chromedp.Run(tab, chromedp.CaptureScreenshot())
	return s, err
}

func wait(tab context.Context, scripts ...string) error {
	for _, js := range scripts {
		if _, err := chromedp.Run(tab, chromedp.Evaluate[bool](js, chromedp.EvalAwaitPromise)); err != nil {
			return err
		}
	}
	return nil
}

// photograph is take, cached.
func (r *run) photograph(ctx context.Context, digest string, p pose) (shot, error) {
	version := r.camera.Version
	if p.Firefox {
		version = r.firefox.version
	}
	return bench.Keep(r.cache, "shots", []any{"shot/4 ", digest, fmt.Sprintf("%+v", p), version}, func() (shot, error) {
		if p.Firefox {
			return r.firefox.take(ctx, p)
		}
		return r.camera.take(ctx, p)
	})
}

// photographs is series, cached.
func (r *run) photographs(ctx context.Context, digest string, p pose, scrolls []float64) ([]shot, error) {
	return bench.Keep(r.cache, "series", []any{"series/1 ", digest, fmt.Sprintf("%+v %v", p, scrolls), r.camera.Version}, func() ([]shot, error) {
		return r.camera.series(ctx, p, scrolls)
	})
}

// draw paints HTML.
func (r *run) draw(ctx context.Context, html string, width, height int, scale float64) (shot, error) {
	url := "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(html))
	return r.photograph(ctx, "", pose{URL: url, Width: width, Height: height, Scale: scale})
}
