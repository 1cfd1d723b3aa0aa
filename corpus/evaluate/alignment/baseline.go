package alignment

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
)

// nearHash is the distance in bits of 64 up to which whole pictures are usually
// called the same.
const nearHash = 10

//go:embed orb.py
var orbScript []byte

// orb is what ORB and RANSAC of OpenCV find in the page at its first window,
// where the page is that of the claim.
type orb struct {
	Inliers int     `json:"inliers"`
	Scale   float64 `json:"scale"`
	X       float64 `json:"x"`
	Y       float64 `json:"y"`
	Located bool    `json:"located"`
	Anchors int     `json:"anchors"`
	Placed  bool    `json:"placed"`
	Error   float64 `json:"error"`
}

// orbTask is one line for the script.
type orbTask struct {
	Picture string `json:"picture"`
	Page    string `json:"page"`
}

// minORB is how many inliers make ORB's answer a location: as many as ours takes.
const minORB = 40

// baseline compares whole pictures by hash, and asks OpenCV where there is one.
func (r *run) baseline(ctx context.Context, d *draft, o *outcome) error {
	w := r.stand.before()
	c, err := w.Live(ctx, capture.Request{URL: d.claim, Viewport: capture.DefaultViewport(), FullPage: true})
	if err != nil {
		return err
	}
	if c.Validity != capture.OK {
		return nil
	}
	first, err := picture.DecodeCapture(c.First)
	if err != nil {
		return err
	}
	if dist, err := imprint.Distance(imprint.Of(d.img), imprint.Of(first)); err == nil {
		o.PHash = dist.Perception
	}
	if r.o.python == "" {
		return nil
	}
	page := filepath.Join(r.o.out, "pages", digest(c.FullPage)[:16]+".png")
	if _, err := os.Stat(page); err != nil {
		if err := bench.Write(page, c.FullPage); err != nil {
			return err
		}
	}
	found, err := r.orb(ctx, orbTask{o.File, page})
	if err != nil {
		return err
	}
	found.Located = found.Inliers >= minORB
	if found.Located && !o.Negative {
		found.Anchors, found.Placed, found.Error = d.hold(view{c, true, 0}, place{found.Scale, found.X, found.Y, nil})
	}
	o.ORB = found
	return nil
}

func (r *run) orb(ctx context.Context, t orbTask) (*orb, error) {
	in, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	c := exec.CommandContext(ctx, r.o.python, "-c", string(orbScript))
	c.Stdin = bytes.NewReader(in)
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("ask OpenCV: %w", err)
	}
	var found orb
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, fmt.Errorf("read OpenCV's answer: %w", err)
	}
	return &found, nil
}
