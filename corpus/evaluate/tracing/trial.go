package tracing

import (
	"context"
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/defacecheck/defacecheck/corpus/evaluate/alignment"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/trace"
)

// trial is one picture to make and to look at.
type trial struct {
	id     string
	set    string
	page   alignment.Page
	pose   alignment.Pose
	edit   *edit // nil: untouched
	before int   // quality of the JPEG that was edited; 0 is a PNG
	after  chain
	other  alignment.Page // what pasted material is of
	// fringed: the page's letters are smoothed for sub-pixels, and material's are not
	// where an edit is one of those of fringedEdits.
	fringed bool
}

// outcome is what came of one.
type outcome struct {
	ID, Set, Site, Edit, Group, Before, After, Pose, Browser string
	Width, Height                                            int
	Fringed                                                  bool            // the page's letters are smoothed for sub-pixels
	Window                                                   bool            // a real one is around the page
	At                                                       image.Rectangle // what was edited
	Hits                                                     []hit
	Seconds                                                  float64 // of looking
	Trouble                                                  string
}

// hit is a finding of a part, with its overlap with what was edited; or, in an
// untouched picture, a false alarm.
type hit struct {
	Method, Kind string
	How          string // asked: of the part that was edited; searched; unplaced: without the page's own pictures known
	At           image.Rectangle
	Chance       float64
	IoU          float64
}

// look makes the picture, reads it as a stranger's file is read, and looks at it
// three times: asking about the part that was edited, or two parts that were not;
// without asking; and without knowing where the page shows pictures.
func (r *run) look(ctx context.Context, t *trial) (*outcome, error) {
	o := &outcome{ID: t.id, Set: t.set, Site: t.page.Site, Edit: "untouched", Before: "png", After: t.after.name, Fringed: t.fringed,
		Pose: poseName(t.pose), Browser: browserOf(t.pose), Window: t.pose.Window}
	m, err := r.made(ctx, t)
	if errors.Is(err, errNotPossible) || errors.Is(err, alignment.ErrNoScreen) {
		return nil, nil
	}
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		o.Trouble = err.Error()
		return o, nil
	}
	if r.o.makeOnly {
		return o, nil
	}
	if t.edit != nil {
		o.Edit, o.Group = t.edit.name, t.edit.group
	}
	if t.before > 0 {
		o.Before = fmt.Sprintf("jpeg %d", t.before)
	}
	pic, err := picture.Read(ctx, m.File)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.id, err)
	}
	o.Width, o.Height, o.At = pic.Width, pic.Height, m.At
	for _, how := range []struct {
		name  string
		about trace.About
	}{
		{"asked", trace.About{Page: m.Content, Pictures: m.Pictures, Asked: m.Asked}},
		{"searched", trace.About{Page: m.Content, Pictures: m.Pictures}},
		{"unplaced", trace.About{Page: m.Content}},
	} {
		began := time.Now()
		found, err := trace.Find(ctx, pic.Image, how.about)
		if err != nil {
			return nil, err
		}
		if how.name == "asked" {
			o.Seconds = time.Since(began).Seconds()
		}
		for _, f := range found {
			if f.Kind.Local() && f.Asked != (how.name == "asked") {
				continue
			}
			if !f.Kind.Local() && how.name != "asked" {
				continue
			}
			o.Hits = append(o.Hits, hit{f.Method, string(f.Kind), how.name, f.At, f.Chance, overlap(f.At, m.At)})
		}
	}
	return o, nil
}

func poseName(p alignment.Pose) string {
	name := fmt.Sprintf("%dx%d@%g %s", p.Width, p.Height, p.Scale, browserOf(p))
	if p.Window {
		name += " window"
	}
	return name
}

func browserOf(p alignment.Pose) string {
	if p.Firefox {
		return "firefox"
	}
	return "chromium"
}

// made is a picture as it was posted, and the truth about it.
type made struct {
	ID          string // so that the cache can be read by itself
	File        []byte
	At, Content image.Rectangle
	Pictures    []image.Rectangle
	Asked       []image.Rectangle
}

// made makes the picture, or takes it from the cache.
func (r *run) made(ctx context.Context, t *trial) (made, error) {
	return bench.Keep(r.o.cache, "pictures", []any{"trace/2 ", r.o.seed, t.id, fmt.Sprintf("%+v", t.pose)}, func() (made, error) {
		w, data, err := r.develop(ctx, t)
		if err != nil {
			return made{}, err
		}
		m := made{ID: t.id, File: data, At: w.at, Content: w.content, Pictures: w.pictures, Asked: []image.Rectangle{w.at}}
		if t.edit == nil {
			m.Asked = nil
			for range 2 {
				if s, err := w.spot(w.img, w.content, w.size(), w.pictures); err == nil {
					m.Asked = append(m.Asked, s)
				}
			}
		}
		return m, nil
	})
}

// develop makes the picture and its file.
func (r *run) develop(ctx context.Context, t *trial) (*work, []byte, error) {
	shot, err := r.takenBy(t.fringed).Take(ctx, t.page, t.pose)
	if err != nil {
		return nil, nil, err
	}
	w := newWork(shot)
	w.tools, w.rng = r.tools, drawBy(r.o.seed, t.id)
	w.material = func() (*image.NRGBA, error) {
		p := t.pose
		p.Window, p.Edit = false, 0
		m, err := r.takenBy(t.edit != nil && t.edit.intoGrey).Take(ctx, t.other, p)
		if err != nil {
			return nil, err
		}
		return flat(m.Image), nil
	}
	if t.before > 0 {
		if err := w.recompress(ctx, t.before); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case t.edit == nil:
	case t.edit.rewritten:
		w.at = shot.Changed
	default:
		if err := t.edit.make(ctx, w); err != nil {
			return nil, nil, err
		}
	}
	if t.edit != nil && w.at.Empty() {
		return nil, nil, errNotPossible
	}
	data, err := t.after.save(ctx, w)
	return w, data, err
}

func (r *run) takenBy(fringed bool) *alignment.Studio {
	if fringed {
		return r.fringe
	}
	return r.studio
}

func overlap(a, b image.Rectangle) float64 {
	area := func(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }
	i := area(a.Intersect(b))
	if i == 0 {
		return 0
	}
	return i / (area(a) + area(b) - i)
}
