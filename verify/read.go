package verify

import (
	"context"
	"errors"
	"image"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// Reader reads text off pictures; *reading.Engine is one.
type Reader interface {
	// Page reads the part r of a picture. Languages are Tesseract's names.
	Page(ctx context.Context, img *image.NRGBA, r image.Rectangle, languages ...string) (reading.Text, error)
	// Line reads the part r as one line, made so high.
	Line(ctx context.Context, img *image.NRGBA, r image.Rectangle, high reading.LineHeight) ([]reading.Word, error)
	// Lines reads the part r as so many lines, each made so high.
	Lines(ctx context.Context, img *image.NRGBA, r image.Rectangle, high reading.LineHeight, count int, languages ...string) ([]reading.Word, error)
	// Provenance names what a reading depends on besides the picture.
	Provenance() string
}

// readingTime bounds all reading for one claim by the wall clock. A page takes
// one to three seconds of a processor; this leaves room for a busy machine.
const readingTime = 2 * time.Minute

// readout is what was read off the picture.
type readout struct {
	text   []reading.Word                   // of the page; nil when it was not read
	page   *agree.Seen                      // the same, where it was compared with captures; nil where it was not
	bar    *bar                             // what the address bar holds; nil when there is none or it was not read
	tab    *tabFace                         // what the active tab holds; nil when there is none or it was not read
	clock  *clockFace                       // what the clock shows; nil when there is none or it was not read
	why    string                           // why the page was not read, one sentence; "" when it did not need to be
	unread struct{ bar, tab, clock string } // the same of what is there of the frame
}

// whyUnread says why a part of the picture was not read.
func whyUnread(part string, err error) string {
	if errors.Is(err, reading.ErrSmall) {
		return "There is no room for text on " + part + "."
	}
	return "Text recognition broke down or took too long on " + part + "."
}

// read reads the address bar, the tab and the clock, and the page where pixels did not settle whether a
// capture shows it, and compares its words with every capture's. Only an ended
// context is an error: what could not be read is not evidence.
func read(ctx context.Context, c *Case, opts Options) error {
	if opts.Reader == nil {
		c.Readout.why = opts.NotRead
		return nil
	}
	clock, stop := context.WithTimeout(ctx, readingTime)
	defer stop()
	lang := language(c)
	if around := keptFrame(c); around.Kind != frame.None {
		readAddress(clock, c, opts.Reader, around.Address)
		readTitle(clock, c, opts.Reader, around.Tab, lang)
		readClock(clock, c, opts.Reader, around.Clock, lang)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return readPage(ctx, clock, c, opts, lang)
}

// readPage reads the page within the clock where pixels left open whether a
// capture shows it, and compares its words; and where the claim names words to be
// looked for.
func readPage(ctx, clock context.Context, c *Case, opts Options, lang string) error {
	seen := c.withPage()
	open := len(seen) > 0 && len(c.showing()) == 0
	if !open && c.Claim.Notifier == "" && c.Claim.Words == "" {
		return nil
	}
	text, err := opts.Reader.Page(clock, c.Picture.Image, c.Frame.Content, lang)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.Readout.why = whyUnread("the picture", err)
		return nil
	}
	c.Readout.text = append([]reading.Word{}, text.Words...) // not nil: it was read
	if !open {
		return nil
	}
	c.Readout.page = &agree.Seen{Words: text.Words, Languages: text.Languages, Part: c.Frame.Content}
	for _, s := range seen {
		g := agree.Compare(*c.Readout.page, s.Capture)
		s.words = &g
	}
	noteRepainted(c)
	return nil
}

// withPage returns the sightings whose capture has the page, found in it or not.
func (c *Case) withPage() []*Sighting {
	return filter(c.Sightings, func(s *Sighting) bool { return s.Capture.Validity == capture.OK })
}

// language is the language of what the page showed at any time.
func language(c *Case) string {
	var texts []string
	for _, s := range c.withPage() {
		for _, b := range s.Capture.Text {
			texts = append(texts, b.Text)
		}
	}
	return reading.LanguageOf(host(c.Claim.URL), texts...)
}

// wordsView is an agreement as the result has it.
func wordsView(g *agree.Agreement) *Words {
	if g == nil {
		return nil
	}
	w := &Words{Read: g.Words, Found: g.Found, PageFound: g.PageFound, Placed: g.Placed, Rare: g.Rare,
		Unread: g.Unread, Strange: g.Strange, Whole: g.Whole()}
	for _, s := range g.Swapped {
		w.Swapped = append(w.Swapped, s.Picture+" for "+s.Page)
	}
	return w
}
