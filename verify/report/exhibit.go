package report

import (
	"fmt"
	"html/template"
	"image"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// maxExhibits is how many captures are shown beside the picture. A reader
// compares two or three; each costs two embedded pictures.
const maxExhibits = 4

// tallest is the height of a shown picture in its own widths: a full-page shot
// is narrowed so that it does not run on for screens.
const tallest = 1.6

// shot is one embedded picture and the frame it is laid out in.
type shot struct {
	Source template.URL
	Alt    string
	W, H   int    // pixels of the frame that overlays refer to
	Narrow string // width in percent of the column
}

// exhibitView is the picture beside one capture.
type exhibitView struct {
	Title   string
	Caption string
	Picture shot
	Capture shot
	Located bool
	Overlay overlay
}

// hatching is the size of the patterns in pixels of the picture, so that they
// look the same over a telephone's screenshot and a full desktop's.
type hatching struct{ Pitch, Bar string }

func newHatching(width int) hatching {
	pitch := max(6, float64(width)/60)
	return hatching{decimal(pitch), decimal(pitch / 6)}
}

func decimal(x float64) string { return fmt.Sprintf("%.1f", x) }

// exhibits embeds the picture and the closest captures.
func exhibits(j *verify.Judgement, r *verify.Result) (picture *shot, views []exhibitView, err error) {
	if j.Picture == nil {
		return nil, nil, nil
	}
	p, err := newShot(j.Picture, "The picture as it was posted")
	if err != nil {
		return nil, nil, fmt.Errorf("show picture: %w", err)
	}
	for _, x := range j.Exhibits {
		if len(views) == maxExhibits {
			break
		}
		v, ok, err := newExhibit(x, p, r)
		if err != nil {
			return nil, nil, fmt.Errorf("show capture %s: %w", Safe(x.CaptureID), err)
		}
		if ok {
			views = append(views, v)
		}
	}
	return &p, views, nil
}

// frameShot embeds what surrounds the page, nil where nothing does.
func frameShot(j *verify.Judgement) (*shot, error) {
	if j.Frame == nil {
		return nil, nil
	}
	s, err := newShot(j.Frame, "What surrounds the page in the picture; the page itself is left out")
	if err != nil {
		return nil, fmt.Errorf("show frame: %w", err)
	}
	return &s, nil
}

// frameText says what the frame is and what may be read in it.
func frameText(f verify.FrameFacts) string {
	s := "Only the page was compared; this was left out"
	switch f.Kind {
	case "browser":
		s += " as the bars of a browser's window"
	case "desktop":
		s += " as a browser's window and the desktop around it"
	case "phone":
		s += " as the bars of a phone"
	case "letterbox":
		s += " as what a program puts around a picture it shows"
	}
	s += "."
	var holds []string
	for _, part := range []struct {
		at   *verify.Rect
		name string
	}{{f.Address, "an address bar"}, {f.Tab, "a tab"}, {f.Clock, "a clock"}} {
		if part.at != nil {
			holds = append(holds, part.name)
		}
	}
	switch n := len(holds); n {
	case 0:
		return s
	case 1:
		return s + " It seems to hold " + holds[0] + "."
	default:
		return s + " It seems to hold " + strings.Join(holds[:n-1], ", ") + " and " + holds[n-1] + "."
	}
}

func newExhibit(x verify.Exhibit, picture shot, r *verify.Result) (exhibitView, bool, error) {
	img, located := x.View, true
	if img == nil {
		img, located = x.Shot, false
	}
	if img == nil {
		return exhibitView{}, false, nil
	}
	c := findCapture(r, Safe(x.CaptureID))
	s, err := newShot(img, captureAlt(c, located))
	if err != nil {
		return exhibitView{}, false, err
	}
	v := exhibitView{Title: captureName(c), Caption: exhibitCaption(c, located), Picture: picture, Capture: s, Located: located}
	if located {
		v.Overlay = newOverlay(x.Tiles, c.Match)
		if len(x.Tiles) > maxTiles {
			v.Caption += " The tiles are too many to be marked."
		}
	}
	return v, true, nil
}

func newShot(img image.Image, alt string) (shot, error) {
	uri, err := dataURI(img)
	if err != nil {
		return shot{}, err
	}
	b := img.Bounds()
	s := shot{Source: uri, Alt: alt, W: b.Dx(), H: b.Dy(), Narrow: "100"}
	if ratio := float64(s.H) / float64(s.W); ratio > tallest {
		s.Narrow = fmt.Sprintf("%.1f", max(35, 100*tallest/ratio))
	}
	return s, nil
}

// findCapture returns the capture of that id, or one that is only its id.
func findCapture(r *verify.Result, id string) verify.CaptureView {
	for _, c := range r.Captures {
		if c.ID == id {
			return c
		}
	}
	return verify.CaptureView{ID: id, Source: id}
}

func captureAlt(c verify.CaptureView, located bool) string {
	if located {
		return "The capture (" + captureName(c) + ") in the frame of the picture"
	}
	return "The first screen of the capture (" + captureName(c) + ")"
}

// asideText says how much of the picture was left out because it varies by
// itself, with a leading space; "" for none.
func asideText(a *verify.Aside) string {
	if a == nil {
		return ""
	}
	s := fmt.Sprintf(" %s of the picture was set aside, because the page shows other things there from one look to the next.", shareOf(a.Share))
	if a.Unseen > 0 {
		s += fmt.Sprintf(" In %s of it the picture shows there what no look at the page showed.", shareOf(a.Unseen))
	}
	return s
}

// shareOf prints a share of the picture and never rounds it to nothing.
func shareOf(x float64) string {
	if x < 0.01 {
		return "Less than 1 %"
	}
	return fmt.Sprintf("%.0f %%", 100*x)
}

// exhibitCaption says in words what the marks show, for those who cannot see
// them.
func exhibitCaption(c verify.CaptureView, located bool) string {
	if !located {
		return "The picture could not be located in this capture, so nothing is marked. The capture's first screen is shown."
	}
	s := "Result: " + stateText(c)
	if c.StateReason != "" {
		s += " (" + c.StateReason + ")"
	}
	s += "."
	if m := c.Match; m != nil {
		s += fmt.Sprintf(" Of the tiles with content, %d agree and %d differ.", m.TilesSame, m.TilesDiff)
		if m.Changed > 0 {
			s += fmt.Sprintf(" The largest changed region takes %.0f %% of the picture.", 100*m.Changed)
		}
		s += asideText(m.SetAside)
	}
	return s
}
