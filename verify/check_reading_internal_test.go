package verify

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/agree"
)

// worded gives a sighting an agreement of its text with the picture's.
func worded(s *Sighting, found float64) *Sighting {
	s.words = &agree.Agreement{Words: 30, Found: found, Page: 30, PageFound: found, Placed: 1, Rare: 12, Scale: 1}
	if s.State == Other {
		s.Match.Located = false
	}
	return s
}

func TestWordsSpeakWherePixelsDoNot(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		claimed  string
		captures []*Sighting
		want     string
	}{
		"an archive has the words, before and after are others": {"2026-03-10 12:00", []*Sighting{
			worded(sighting("2026-03-09 10:00", Other, "new"), 0.1), worded(sighting("2026-03-10 15:00", Uninformative, "defaced"), 0.98),
			worded(sighting("2026-03-11 10:00", Other, "new"), 0.1)}, "reading.agrees"},
		"the live page has them and there is nothing else": {"2026-05-30 12:00", []*Sighting{
			live(worded(sighting("2026-06-01 00:00", Uninformative, "defaced"), 0.98))}, "reading.agrees_alone"},
		"only earlier captures differ, as when news change": {"2026-05-30 12:00", []*Sighting{
			worded(sighting("2026-05-20 10:00", Other, "old"), 0.1), live(worded(sighting("2026-06-01 00:00", Uninformative, "new"), 0.98))},
			"reading.agrees_alone"},
		"a part of the picture is something else": {"2026-05-30 12:00", []*Sighting{
			live(worded(sighting("2026-06-01 00:00", Altered, "new"), 0.98))}, "reading.agrees_altered"},
		"the capture lies years away": {"2023-03-10 12:00", []*Sighting{
			worded(sighting("2026-03-10 15:00", Uninformative, "defaced"), 0.98)}, "reading.agrees_far"},
		"the ordinary page's words": {"2026-03-10 12:00", []*Sighting{
			worded(sighting("2025-12-09 10:00", Uninformative, "new"), 0.98), worded(sighting("2026-05-11 10:00", Altered, "new"), 0.97)},
			"reading.ordinary_text"},
		"neighbours that share half of the words": {"2026-03-10 12:00", []*Sighting{
			worded(sighting("2026-03-09 10:00", Other, "new"), 0.6), worded(sighting("2026-03-10 15:00", Uninformative, "defaced"), 0.98),
			worded(sighting("2026-03-11 10:00", Other, "new"), 0.6)}, "reading.agrees_alone"},
		"no capture has the words": {"2026-03-10 12:00", []*Sighting{
			worded(sighting("2026-03-09 10:00", Other, "new"), 0.1)}, "reading.not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := caseOf(t, tc.claimed, tc.captures...)
			c.Readout.page = &agree.Seen{}
			found, err := checkReading(c)
			if err != nil || len(found) != 1 || found[0].key != tc.want {
				t.Fatalf("got %+v, %v, want %s", found, err, tc.want)
			}
			if w, err := c.Model.Weight(groupWitness, tc.want); err != nil || w >= c.Model.Bands.Supported {
				t.Errorf("words alone weigh %v, %v", w, err)
			}
			if s := found[0].sentence; !strings.HasSuffix(s, ".") || strings.Contains(s, "  ") {
				t.Errorf("sentence %q", s)
			}
		})
	}
}

func TestWordsOfAScriptThatCannotBeReadSayNothing(t *testing.T) {
	t.Parallel()
	s := worded(sighting("2026-03-10 15:00", Uninformative, "defaced"), 0.98)
	s.words.Unread = 0.7
	c := caseOf(t, "2026-03-10 12:00", s)
	c.Readout.page = &agree.Seen{}
	if found, err := checkReading(c); err != nil || found[0].key != "reading.not_found" {
		t.Errorf("%+v, %v", found, err)
	}
}

// fakeReader reads what it is told, and counts how often.
type fakeReader struct {
	text  reading.Text
	line  []reading.Word // of the address bar
	clock []reading.Word // and of the tab
	err   error
	asked *[]string
}

func (f fakeReader) Page(_ context.Context, _ *image.NRGBA, _ image.Rectangle, languages ...string) (reading.Text, error) {
	*f.asked = append(*f.asked, languages...)
	return f.text, f.err
}

func (f fakeReader) Line(context.Context, *image.NRGBA, image.Rectangle, reading.LineHeight) ([]reading.Word, error) {
	return f.line, f.err
}

func (f fakeReader) Lines(context.Context, *image.NRGBA, image.Rectangle, reading.LineHeight, int, ...string) ([]reading.Word, error) {
	return f.clock, f.err
}

func (fakeReader) Provenance() string { return "fake 1" }

func pictured(c *Case) *Case {
	img := image.NewNRGBA(image.Rect(0, 0, 600, 400))
	c.Picture, c.Frame = &picture.Picture{Image: img}, frame.Frame{Content: img.Rect}
	return c
}

func TestThePictureIsReadOnlyWherePixelsDoNotSettleIt(t *testing.T) {
	t.Parallel()
	var text reading.Text
	s := sighting("2026-03-10 15:00", Uninformative, "defaced")
	for i := range 12 {
		w := fmt.Sprintf("settlement%c", 'a'+rune(i))
		text.Words = append(text.Words, reading.Word{Text: w, Box: image.Rect(10, 30*i, 100, 30*i+15), Confidence: 95})
		s.Capture.Text = append(s.Capture.Text, capture.TextBox{Box: capture.Box{X: 10, Y: float64(30 * i), W: 90, H: 15}, Text: w})
	}
	for name, tc := range map[string]struct {
		opts  func(Reader) Options
		state State
		err   error
		asked int
		whole bool
		why   string
	}{
		"pixels say nothing":     {func(r Reader) Options { return Options{Reader: r} }, Uninformative, nil, 1, true, ""},
		"pixels are the same":    {func(r Reader) Options { return Options{Reader: r} }, Same, nil, 0, false, ""},
		"there is no reader":     {func(Reader) Options { return Options{NotRead: "Install it."} }, Uninformative, nil, 0, false, "Install it."},
		"the reader breaks down": {func(r Reader) Options { return Options{Reader: r} }, Uninformative, reading.ErrFailed, 1, false, "Text recognition broke down"},
		"the picture is small":   {func(r Reader) Options { return Options{Reader: r} }, Uninformative, reading.ErrSmall, 1, false, "no room for text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked []string
			one := *s
			one.State = tc.state
			c := pictured(caseOf(t, "2026-03-10 12:00", &one))
			if err := read(t.Context(), c, tc.opts(fakeReader{text: text, err: tc.err, asked: &asked})); err != nil {
				t.Fatal(err)
			}
			if len(asked) != tc.asked || one.sameWords() != tc.whole || !strings.Contains(c.Readout.why, tc.why) || (c.Readout.why == "") != (tc.why == "") {
				t.Errorf("asked %v, whole %v, why %q", asked, one.sameWords(), c.Readout.why)
			}
			found, err := checkReading(c)
			if err != nil || tc.why != "" && (len(found) != 1 || found[0].key != "") {
				t.Errorf("%+v, %v", found, err)
			}
		})
	}
}

func TestWhatIsThereOfAFrameAndCannotBeReadIsTold(t *testing.T) {
	t.Parallel()
	c := pictured(caseOf(t, "2026-03-10 12:00", sighting("2026-03-10 15:00", Uninformative, "defaced")))
	var asked []string
	r, at := fakeReader{err: reading.ErrFailed, asked: &asked}, image.Rect(100, 10, 500, 34)
	readAddress(t.Context(), c, r, at)
	readTitle(t.Context(), c, r, at, "eng")
	readClock(t.Context(), c, r, at, "eng")
	for part, check := range map[string]func(*Case) ([]finding, error){"address bar": checkAddress, "tab": checkTitle, "clock": checkClock} {
		found, err := check(c)
		if err != nil || len(found) != 1 || found[0].key != "" || !strings.Contains(found[0].sentence, part) {
			t.Errorf("%s: %+v, %v", part, found, err)
		}
	}
}

func TestAnEndedContextEndsTheReading(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var asked []string
	c := pictured(caseOf(t, "", sighting("2026-03-10 15:00", Uninformative, "defaced")))
	if err := read(ctx, c, Options{Reader: fakeReader{err: context.Canceled, asked: &asked}}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
