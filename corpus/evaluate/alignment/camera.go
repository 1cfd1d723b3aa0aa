package alignment

import (
	"context"

	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// camera is the claimants' Chromium: another program and another call than the
// one that makes the captures. It sees the sites through a proxy and nothing
// else.
type camera struct{ *claimant.Browser }

func openCamera(ctx context.Context, proxy string, noSandbox bool) (*camera, error) {
	b, err := claimant.Start(ctx, claimant.Config{NoSandbox: noSandbox,
		Flags: map[string]any{"proxy-server": proxy, "proxy-bypass-list": "<-loopback>"}})
	if err != nil {
		return nil, err
	}
	return &camera{b}, nil
}
