package verify

import (
	"context"
	"fmt"
	"image"

	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/title"
)

// tabFace is what was read off the active tab of the picture's frame.
type tabFace struct {
	at       Rect
	one, two []reading.Word
}

// readTitle reads the active tab at a place, which is empty where the frame has
// none. What cannot be read is told as such.
func readTitle(ctx context.Context, c *Case, r Reader, at image.Rectangle, lang string) {
	if at.Empty() {
		return
	}
	one, two, err := title.Read(ctx, r, c.Picture.Image, at, lang)
	if err != nil {
		c.Readout.unread.tab = whyUnread("the tab in the picture", err)
		return
	}
	c.Readout.tab = &tabFace{rect(at), one, two}
}

// checkTitle compares the title in the picture's active tab with those of the
// captures. A defaced page mostly has another title than the ordinary one, so that
// a difference weighs nothing; agreement says that the window once showed this
// site, edited in the browser or not.
func checkTitle(c *Case) ([]finding, error) {
	face := c.Readout.tab
	if why := c.Readout.unread.tab; why != "" {
		return notRun("%s", why), nil
	}
	if face == nil {
		return nil, nil
	}
	seen, titles := c.withPage(), []string{}
	for _, s := range seen {
		titles = append(titles, s.Capture.Title)
	}
	v := title.Judge(face.one, face.two, titles...)
	f := finding{key: "title." + string(v.Outcome), at: []Rect{face.at}}
	if v.Title >= 0 {
		f.value, f.unit, f.captures = value(v.Share), "share of the letters read", ids(seen[v.Title])
	}
	switch v.Outcome {
	case title.Agrees:
		f.sentence = fmt.Sprintf("The tab in the picture has the title %q, as the page has in the capture of %s, whether or not that is what the page showed below it. A tab is easily painted.", titles[v.Title], day(seen[v.Title].seenAt()))
	case title.Differs:
		f.sentence = fmt.Sprintf("The tab in the picture reads %q, which no capture of the page has for a title. Who defaces a page mostly changes its title, so this weighs nothing.", v.Read)
	case title.Unsure:
		f.sentence = "The title in the picture's tab was not read surely enough to tell whether it is one of the page's."
	default:
		f.sentence = "No title could be read in the picture's tab, or no capture of the page has one."
	}
	return []finding{f}, nil
}
