package synth

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// shotTime bounds one picture; an ordinary one takes half a second.
const shotTime = 30 * time.Second

// stopClock is run at the start of a document: its clock stands still, so that
// the same pose gives the same picture.
const stopClock = `(()=>{const t=%d,D=Date;Date=class extends D{constructor(...a){a.length?super(...a):super(t)}static now(){return t}}})()`

// settle waits for fonts and pictures, and for two frames to be painted.
const settle = `(async()=>{await document.fonts.ready;await Promise.all([...document.images].map(i=>i.decode().catch(()=>0)));
await new Promise(r=>requestAnimationFrame(()=>requestAnimationFrame(r)));return true})()`

// newsBox returns where the news stand, relative to the window.
const newsBox = `(()=>{const e=document.getElementById('news');if(!e)return [0,0,0,0];const r=e.getBoundingClientRect();return [r.x,r.y,r.width,r.height]})()`

// take takes a picture in a tab and browser context of its own.
func (c *camera) take(ctx context.Context, p pose) (shot, error) {
	tab, stop := chromedp.NewContext(c.Context, chromedp.WithNewBrowserContext())
	defer stop()
	tab, cancel := context.WithTimeout(tab, shotTime)
	defer cancel()
	release := context.AfterFunc(ctx, cancel)
	defer release()

	var s shot
	if err := chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return c.prepare(ctx, t, p) }),
		chromedp.Navigate(p.url)); err != nil {
		return s, fmt.Errorf("take picture of %s: %w", p.url, err)
	}
	if p.scrollY > 0 {
		p.edit = fmt.Sprintf("window.scrollTo(0,%d);", p.scrollY) + p.edit
	}
	s, err := expose(tab, p)
	if err != nil {
		return s, fmt.Errorf("take picture of %s: %w", p.url, err)
	}
	return s, nil
}

func (c *camera) prepare(ctx context.Context, t *chromedp.Target, p pose) error {
	if _, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(p.width), Height: int64(p.height), DeviceScaleFactor: p.scale, Mobile: p.mobile}); err != nil {
		return err
	}
	if p.clock.IsZero() {
		return nil
	}
	_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(stopClock, p.clock.UnixMilli())})
	return err
}

func expose(tab context.Context, p pose) (s shot, err error) {
	if _, err = chromedp.Run(tab, chromedp.Evaluate[bool](settle, chromedp.EvalAwaitPromise)); err != nil {
		return s, err
	}
	if p.edit != "" {
		if _, err = chromedp.Run(tab, chromedp.Evaluate[bool](p.edit+";true")); err != nil {
			return s, err
		}
		if _, err = chromedp.Run(tab, chromedp.Evaluate[bool](settle, chromedp.EvalAwaitPromise)); err != nil {
			return s, err
		}
	}
	box, err := chromedp.Run(tab, chromedp.Evaluate[[]float64](newsBox))
	if err != nil {
		return s, err
	}
	data, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		return s, err
	}
	if s.img, err = png.Decode(bytes.NewReader(data)); err != nil {
		return s, err
	}
	s.file = data
	want := image.Pt(int(float64(p.width)*p.scale), int(float64(p.height)*p.scale))
	if got := s.img.Bounds().Size(); got != want {
		return s, fmt.Errorf("the picture is %v, not %v", got, want)
	}
	s.news = deviceRect(box[0], box[1], box[2], box[3], p.scale).Intersect(s.img.Bounds())
	return s, nil
}
