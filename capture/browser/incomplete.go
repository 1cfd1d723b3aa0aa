package browser

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/defacecheck/defacecheck/capture"
)

// The rule for captures that lack too much to judge their look: the archive
// failed to give
//
//   - a style sheet, when at least half of the page's style sheets are missing
//     (those of font services, which change letters and not the layout, aside), or
//   - at least three pictures, when more than half of the pictures are missing, or
//   - a framed document, when at least half of them are missing and the page
//     itself says next to nothing (a frameset), or
//   - any script, when the page is blank.
//
// What the site itself did not have (a picture with status 404) was missing
// for its visitors too and does not count.
const (
	missingPictures = 3
	framesetText    = 200 // bytes of text; more is a page with frames, not a frameset
)

// tally counts one type of subresource.
type tally struct{ all, missing int }

func incomplete(f facts) (finding, bool) {
	sheets, pictures, frames, scripts := tallies(f)
	switch {
	case sheets.missing > 0 && 2*sheets.missing >= sheets.all:
		return lacks(sheets, "style sheets")
	case pictures.missing >= missingPictures && 2*pictures.missing > pictures.all:
		return lacks(pictures, "pictures")
	case frames.missing > 0 && 2*frames.missing >= frames.all && len(f.text) < framesetText:
		return lacks(frames, "frames")
	case scripts.missing > 0 && f.flat:
		return lacks(scripts, "scripts, and the page is blank without them,")
	}
	return finding{}, false
}

func lacks(t tally, what string) (finding, bool) {
	return finding{capture.Incomplete, fmt.Sprintf("%d of %d %s are missing", t.missing, t.all, what)}, true
}

func tallies(f facts) (sheets, pictures, frames, scripts tally) {
	for _, x := range f.requests {
		if isInline(x.URL) {
			continue
		}
		var t *tally
		switch x.Type {
		case "Stylesheet":
			if ofFontService(x.URL) {
				continue
			}
			t = &sheets
		case "Image":
			t = &pictures
		case "Document":
			if x.URL == f.url || x.Status >= 300 && x.Status < 400 {
				continue
			}
			t = &frames
		case "Script":
			t = &scripts
		default:
			continue
		}
		t.all++
		if x.Missing {
			t.missing++
		}
	}
	return sheets, pictures, frames, scripts
}

// ofFontService says whether an address belongs to a service that serves style
// sheets with nothing but web fonts in them.
func ofFontService(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Hostname()) {
	case "fonts.googleapis.com", "fonts.bunny.net", "use.typekit.net", "p.typekit.net", "fast.fonts.net", "cloud.typography.com":
		return true
	}
	return false
}
