package synth

import (
	"context"
	"fmt"
	"image"
	"net/netip"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// camera takes the claimants' pictures. It is a browser of its own, so that a
// picture and a capture never share a call.
type camera struct{ *claimant.Browser }

// openCamera starts the browser at execPath, or a usual one, which finds the
// sites of the set at addr and nothing else.
func openCamera(ctx context.Context, execPath string, noSandbox bool, addr netip.Addr) (*camera, error) {
	b, err := claimant.Start(ctx, claimant.Config{Path: execPath, NoSandbox: noSandbox, Flags: map[string]any{
		"host-resolver-rules": fmt.Sprintf("MAP %s %s, MAP %s %s, MAP * ~NOTFOUND, EXCLUDE %s", TownHost, addr, ClubHost, addr, addr),
		"no-proxy-server":     true,
	}})
	if err != nil {
		return nil, err
	}
	return &camera{b}, nil
}

// pose is how a picture is taken.
type pose struct {
	url           string
	width, height int       // CSS pixels of the content area
	scale         float64   // device pixels per CSS pixel
	mobile        bool      // a telephone's viewport rules
	scrollY       int       // CSS pixels
	clock         time.Time // what the page is told the time is
	edit          string    // script run when the page stands still: the developer tools
}

// shot is a picture and where the news stand in it.
type shot struct {
	file []byte // PNG as the browser wrote it
	img  image.Image
	news image.Rectangle // device pixels of the picture; empty when there are none
}

// deviceRect scales a rectangle of CSS pixels to whole device pixels.
func deviceRect(x, y, w, h, scale float64) image.Rectangle {
	round := func(v float64) int { return int(v*scale + 0.5) }
	return image.Rect(round(x), round(y), round(x+w), round(y+h))
}

// addressOf is what an address bar shows of a URL.
func addressOf(url string) string {
	return strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")
}
