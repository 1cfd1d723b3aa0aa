package alignment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/url"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/corpus/claimant"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// bars is how much of a screen is left for what a browser has above its page, in
// CSS pixels.
const bars = 90

// marker is a page of a colour that no browser's window has: where it shows, pages are.
const marker = "<!doctype html><body style=background:#f0f>"

var markerColour = color.RGBA{255, 0, 255, 255}

var errNoMarker = errors.New("the window does not show where its page is")

// shown is a picture of a screen and what the page has where.
type shown struct {
	PNG, Before []byte
	Content     image.Rectangle
	Layout      layout
}

// inWindow takes a picture of a screen that a browser's real window fills, or gives the one
// that is kept.
func (r *run) inWindow(ctx context.Context, page Page, p pose) (Shot, error) {
	take, version := r.camera.onScreen, r.camera.Version
	if p.Firefox {
		take, version = r.firefoxOnScreen, r.firefox.version
	}
	s, err := bench.Keep(r.cache, "windows", []any{"shown/1 ", page.on.site.digest, fmt.Sprintf("%+v", p), version}, func() (shown, error) { return take(ctx, p) })
	if err != nil {
		return Shot{}, err
	}
	if p.Firefox { // tells nothing of its page
		inner := p
		inner.Width, inner.Height = int(float64(s.Content.Dx())/p.Scale), int(float64(s.Content.Dy())/p.Scale)
		if s.Layout, err = r.inView(ctx, page, inner); err != nil {
			return Shot{}, err
		}
	}
	img, err := decode(s.PNG)
	if err != nil {
		return Shot{}, err
	}
	// Where pixels of CSS are no whole ones the screen is larger than the window.
	img = img.SubImage(image.Rectangle{Max: s.Content.Max}).(*image.RGBA)
	return shotOf(img, s.Before, s.Content, s.Layout, p)
}

// screenFor is the size of a screen whose browser's page gets about the pose's window.
func screenFor(p pose) image.Point {
	return image.Pt(int(math.Round(float64(p.Width)*p.Scale)), int(math.Round(float64(p.Height+bars)*p.Scale)))
}

// onScreen starts a browser with a window, for this picture alone.
func (c *camera) onScreen(ctx context.Context, p pose) (taken shown, err error) {
	ctx, cancel := context.WithTimeout(ctx, windowTime)
	defer cancel()
	err = onScreen(ctx, screenFor(p), func(s *screen) error {
		config := c.config
		config.Screen, config.Flags = s.name, map[string]any{"force-device-scale-factor": fmt.Sprint(p.Scale), "window-position": "0,0",
			"window-size": fmt.Sprintf("%d,%d", p.Width, p.Height+bars)}
		for name, value := range c.config.Flags {
			config.Flags[name] = value
		}
		b, err := claimant.Start(ctx, config)
		if err != nil {
			return err
		}
		defer b.Close()
		tab, stop := context.WithCancel(b.Context)
		defer stop()
		defer context.AfterFunc(ctx, stop)()
		taken, err = s.page(ctx, tab, p)
		return err
	})
	if err != nil {
		return shown{}, fmt.Errorf("take picture of a window with %.120s: %w", p.URL, err)
	}
	return taken, nil
}

// page shows a page in the tab and takes its picture off the screen.
func (s *screen) page(ctx, tab context.Context, p pose) (taken shown, err error) {
	if err := chromedp.Do(tab, chromedp.Navigate(p.URL)); err != nil {
		return taken, err
	}
	if err := wait(tab, settle, fmt.Sprintf(scroll, reach, p.Scroll)); err != nil {
		return taken, err
	}
	if p.Edit > 0 {
		if taken.Before, err = s.picture(ctx, soon); err != nil {
			return taken, err
		}
		if err := wait(tab, fmt.Sprintf(rewrite, p.Edit)); err != nil {
			return taken, err
		}
	}
	if taken.Layout, err = chromedp.Run(tab, chromedp.Evaluate[layout](fmt.Sprintf(viewed, p.Scale))); err != nil {
		return taken, err
	}
	if taken.PNG, err = s.picture(ctx, soon); err != nil {
		return taken, err
	}
	if err := chromedp.Do(tab, chromedp.Navigate("data:text/html,"+url.PathEscape(marker))); err != nil {
		return taken, err
	}
	img, err := s.steady(ctx, soon)
	if err != nil {
		return taken, err
	}
	taken.Content, err = markedPart(img)
	return taken, err
}

// firefoxOnScreen takes a picture of a window with the page. Where the page is in it tells
// one with the marker.
func (r *run) firefoxOnScreen(ctx context.Context, p pose) (taken shown, err error) {
	if taken.PNG, err = r.firefox.window(ctx, p.URL, screenFor(p), p.Scale, false); err != nil {
		return taken, err
	}
	taken.Content, err = bench.Keep(r.cache, "windows", []any{"marker/2 ", screenFor(p), p.Scale, r.firefox.version}, func() (image.Rectangle, error) {
		dir, err := os.MkdirTemp("", "defacecheck-marker-")
		if err != nil {
			return image.Rectangle{}, err
		}
		defer os.RemoveAll(dir)
		file := filepath.Join(dir, "marker.html") // Firefox opens no data: URL from outside
		if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(file, []byte(marker), 0o644)); err != nil {
			return image.Rectangle{}, err
		}
		blank, err := r.firefox.window(ctx, "file://"+file, screenFor(p), p.Scale, false)
		if err != nil {
			return image.Rectangle{}, err
		}
		img, err := decode(blank)
		if err != nil {
			return image.Rectangle{}, err
		}
		return markedPart(img)
	})
	return taken, err
}

// markedPart is where the marker shows.
func markedPart(img *image.RGBA) (at image.Rectangle, err error) {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y) == markerColour {
				at = at.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if at.Dx() < img.Rect.Dx()/2 || at.Dy() < img.Rect.Dy()/2 {
		return at, errNoMarker
	}
	return at, nil
}

// picture is what the screen shows when it stands still.
func (s *screen) picture(ctx context.Context, p patience) ([]byte, error) {
	img, err := s.steady(ctx, p)
	if err != nil {
		return nil, err
	}
	return encoded(img)
}

func encoded(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img)
	return b.Bytes(), err
}
