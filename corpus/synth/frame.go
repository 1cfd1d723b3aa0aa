package synth

import (
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"time"
)

// Heights of the painted frame in CSS pixels: tab strip and tool bar, task bar.
const (
	barHeight  = 84
	taskHeight = 48
)

// frame is the painted browser window.
type frame struct {
	title, address string
	taskBar        bool
}

// label is what the frame's template sees.
type label struct {
	Title, Address, Clock, Date, Colour string
}

// bars draws the frame for a picture of the given pose: the bars above and,
// with a task bar, those below.
func (c *camera) bars(ctx context.Context, p *press, f frame, as pose) (top, bottom image.Image, err error) {
	html, err := p.print("desk/", label{Title: f.title, Address: f.address,
		Clock: as.clock.UTC().Format("15:04"), Date: as.clock.UTC().Format(time.DateOnly), Colour: "#4c6b3f"})
	if err != nil {
		return nil, nil, err
	}
	s, err := c.take(ctx, pose{url: "data:text/html;base64," + base64.StdEncoding.EncodeToString(html),
		width: as.width, height: barHeight + taskHeight, scale: as.scale})
	if err != nil {
		return nil, nil, fmt.Errorf("draw frame: %w", err)
	}
	whole := canvas(s.img)
	cut := int(barHeight * as.scale)
	top = whole.SubImage(image.Rect(0, 0, whole.Rect.Dx(), cut))
	if f.taskBar {
		bottom = whole.SubImage(image.Rect(0, cut, whole.Rect.Dx(), whole.Rect.Dy()))
	}
	return top, bottom, nil
}
