package browser

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// check makes sure that a request can be carried out, and completes it.
func (b *Browser) check(req capture.Request) (capture.Request, error) {
	u, err := url.Parse(req.URL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return req, fmt.Errorf("capture %.200q: %w: want http or https, a host, and no password", req.URL, capture.ErrBadURL)
	}
	if req.Source == nil && b.cfg.Gateway == nil {
		return req, fmt.Errorf("capture %s: %w: this browser has no gateway to the live web", capture.Redact(req.URL), capture.ErrRefused)
	}
	if req.Viewport == (capture.Viewport{}) {
		req.Viewport = capture.DefaultViewport()
	}
	v := &req.Viewport
	v.Scale = pick(v.Scale, 1)
	if v.Width < 1 || v.Height < 1 || v.Width > maxSide || v.Height > maxSide || v.Scale < 0.1 || v.Scale > 4 || req.ScrollY < 0 {
		return req, fmt.Errorf("capture %s: viewport %dx%d at scale %g and scroll %d cannot be: %w",
			req.URL, v.Width, v.Height, v.Scale, req.ScrollY, capture.ErrMalformed)
	}
	return req, nil
}

// maxSide bounds a window's width and height in CSS pixels.
const maxSide = 8192

// name gives the capture its identity within a run.
func name(c *capture.Capture) {
	c.ID = fmt.Sprintf("%s-%s-%dx%d", c.Origin.Kind, c.SeenAt.UTC().Format("20060102T150405Z"),
		c.Viewport.Width, c.Viewport.Height)
	if c.Viewport.Scale != 1 {
		c.ID += "@" + strings.TrimSuffix(fmt.Sprintf("%.2f", c.Viewport.Scale), ".00")
	}
	if c.Viewport.Mobile {
		c.ID += "-mobile"
	}
}
