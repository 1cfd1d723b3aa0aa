package alignment

import (
	"context"

	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// camera is the claimants' Chromium: another program and another call than the
// one that makes the captures. It sees the sites through a proxy and nothing
// else.
type camera struct {
	*claimant.Browser
	config claimant.Config // with which windows are opened as well
}

func openCamera(ctx context.Context, proxy string, o options) (*camera, error) {
	config := claimant.Config{NoSandbox: o.noSandbox, Subpixel: o.subpixel,
		Flags: map[string]any{"proxy-server": proxy, "proxy-bypass-list": "<-loopback>"}}
	b, err := claimant.Start(ctx, config)
	if err != nil {
		return nil, err
	}
	if o.subpixel {
		b.Version += " for sub-pixels" // what is kept must not be mistaken for the other's
	}
	return &camera{b, config}, nil
}
