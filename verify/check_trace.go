package verify

import (
	"context"

	"github.com/defacecheck/defacecheck/verify/trace"
)

// traces is what the picture's own pixels say of how it was made.
type traces struct {
	found  []trace.Finding
	placed bool // where the page's own pictures lie is known, and they were left out
}

// lookForTraces looks at the decoded picture. The parts that a capture does not
// agree with are asked about.
func lookForTraces(ctx context.Context, c *Case) error {
	about := trace.About{Page: c.Frame.Content}
	s := c.placing()
	if s != nil {
		for _, b := range s.Capture.Pictures {
			about.Pictures = append(about.Pictures, s.onPicture(b).image())
		}
		for _, r := range s.Match.Regions {
			about.Asked = append(about.Asked, r.image())
		}
	}
	found, err := trace.Find(ctx, c.Picture.Image, about)
	c.Traces = traces{found, s != nil}
	return err
}

// placing is the sighting that says best where the page lies in the picture; nil
// where it was not found, or lies in perspective.
func (c *Case) placing() *Sighting {
	var best *Sighting
	for _, s := range c.usable() {
		if s.Match == nil || !s.Match.Located || s.Match.Homography != nil {
			continue
		}
		if best == nil || s.Match.Agreement > best.Match.Agreement {
			best = s
		}
	}
	return best
}

// checkTrace weighs parts of the picture whose pixels have another history than
// the rest. Most edits leave no such trace, so silence weighs nothing; and what
// was compressed as a whole is no sign of anything.
func checkTrace(c *Case) ([]finding, error) {
	var all []finding
	for _, t := range c.Traces.found {
		f := finding{key: "trace." + string(t.Kind), method: traceMethod(t.Method), sentence: t.Sentence, leaning: Edited,
			value: value(t.Chance), unit: "log10 of how many such findings are expected by chance"}
		if t.Kind.Local() {
			f.at = []Rect{rect(t.At)}
			switch {
			case !c.Traces.placed:
				f.key += "_unplaced"
			case !t.Asked:
				f.key += "_searched"
			default:
				f.sentence += " A capture of the page does not agree with this part either."
			}
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		return []finding{{key: "trace.nothing", sentence: "The pixels carry no trace of compression and none of parts with another history. Most ways of editing leave none, so this weighs nothing."}}, nil
	}
	return all, nil
}

// traceMethod says in plain words by what a trace was found.
func traceMethod(name string) string {
	switch name {
	case trace.Halo{}.Name():
		return "the ground beside letters, which JPEG makes uneven (halo)"
	case trace.Rise{}.Name():
		return "how steeply letters begin (rise)"
	case trace.Fringe{}.Name():
		return "coloured fringes of letters (fringe)"
	}
	return ""
}
