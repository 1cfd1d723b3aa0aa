package reading_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/reading"
	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestTextIsReadOnEveryGroundOfOnePage(t *testing.T) {
	t.Parallel()
	e := readingtest.Engine(t)
	s := newSheet(900, 420, color.White)
	lines := []struct {
		ground, ink color.Color
		text        string
	}{
		{color.White, color.Black, "The harbour office opens every morning"},
		{color.Black, color.White, "Hacked by nobody in particular yesterday"},
		{color.Black, color.NRGBA{220, 0, 0, 255}, "Security is only an illusion here"},
		{color.NRGBA{20, 40, 120, 255}, color.NRGBA{255, 220, 0, 255}, "Greetings from the northern islands"},
		{color.NRGBA{230, 230, 230, 255}, color.NRGBA{120, 120, 120, 255}, "Copyright notice and further conditions"},
	}
	for i, l := range lines {
		bar := newSheet(900, 80, l.ground)
		bar.write(t, 30, 50, 18, l.ink, l.text)
		copy(s.Pix[s.PixOffset(0, i*80):], bar.Pix)
	}
	got, err := e.Page(t.Context(), s.NRGBA, s.Rect)
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines {
		if !strings.Contains(joined(got), l.text) {
			t.Errorf("%q was not read in %q", l.text, joined(got))
		}
		for _, w := range got.Words {
			if band := image.Rect(0, i*80, 900, i*80+80); strings.HasPrefix(l.text, w.Text+" ") && !w.Box.In(band) {
				t.Errorf("%q was read at %v, it stands in %v", w.Text, w.Box, band)
			}
		}
	}
	if got.Words[0].Line == got.Words[len(got.Words)-1].Line {
		t.Error("five lines are one line")
	}
}

func TestBoxesArePixelsOfThePicture(t *testing.T) {
	t.Parallel()
	e := readingtest.Engine(t)
	s := newSheet(700, 300, color.White)
	s.write(t, 10, 40, 16, color.Black, "Outside of the part")
	end := s.write(t, 200, 200, 16, color.Black, "harbour")
	got, err := e.Page(t.Context(), s.NRGBA, image.Rect(150, 120, 700, 300))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Words) != 1 || got.Words[0].Text != "harbour" {
		t.Fatalf("read %+v", got.Words)
	}
	if b := got.Words[0].Box; b.Min.X < 196 || b.Min.X > 204 || b.Max.X < end-4 || b.Max.X > end+4 || b.Min.Y < 180 || b.Max.Y > 204 {
		t.Errorf("the word stands from 200 to %d above 200, it was read at %v", end, b)
	}
}

func TestTheSamePictureGivesTheSameWords(t *testing.T) {
	t.Parallel()
	e := readingtest.Engine(t)
	s := newSheet(600, 120, color.White)
	s.write(t, 20, 60, 15, color.Black, "once and again the very same words")
	one, err := e.Page(t.Context(), s.NRGBA, s.Rect)
	if err != nil {
		t.Fatal(err)
	}
	two, err := e.Page(t.Context(), s.NRGBA, s.Rect)
	if err != nil || !reflect.DeepEqual(one, two) {
		t.Errorf("%+v, then %+v, %v", one, two, err)
	}
	if e.Version() == "" || !strings.Contains(e.Provenance(), e.Languages()[0].SHA256[:12]) {
		t.Errorf("provenance %q of %q", e.Provenance(), e.Version())
	}
}

func TestAnEmptyPageHasNoWords(t *testing.T) {
	t.Parallel()
	e := readingtest.Engine(t)
	for _, ground := range []color.Color{color.White, color.Black, color.NRGBA{90, 90, 90, 255}} {
		s := newSheet(400, 300, ground)
		got, err := e.Page(t.Context(), s.NRGBA, s.Rect)
		if err != nil || len(got.Words) != 0 {
			t.Errorf("on %v: %+v, %v", ground, got.Words, err)
		}
	}
	s := newSheet(2, 2, color.White)
	if _, err := e.Page(t.Context(), s.NRGBA, s.Rect); !errors.Is(err, reading.ErrSmall) {
		t.Errorf("two pixels: %v", err)
	}
	if _, err := e.Page(t.Context(), s.NRGBA, image.Rect(5, 5, 9, 9)); !errors.Is(err, reading.ErrSmall) {
		t.Errorf("outside of the picture: %v", err)
	}
}

func TestALongPageIsReadFromItsTop(t *testing.T) {
	t.Parallel()
	e := readingtest.Engine(t)
	s := newSheet(800, 6000, color.White)
	s.write(t, 20, 60, 16, color.Black, "topmost")
	s.write(t, 20, 5900, 16, color.Black, "undermost")
	got, err := e.Page(t.Context(), s.NRGBA, s.Rect)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Clipped || joined(got) != "topmost" {
		t.Errorf("clipped %v, read %q", got.Clipped, joined(got))
	}
}

func TestWithoutTesseractNothingIsReadAndOneIsToldHowToInstallIt(t *testing.T) {
	t.Parallel()
	_, err := reading.Open(t.Context(), reading.Config{Path: "/nonexistent/tesseract"})
	if !errors.Is(err, reading.ErrAbsent) || !strings.Contains(err.Error(), "apt-get install tesseract-ocr") {
		t.Errorf("got %v", err)
	}
	if _, err := reading.Open(t.Context(), reading.Config{Path: "/bin/true"}); !errors.Is(err, reading.ErrAbsent) {
		t.Errorf("another program: %v", err)
	}
}

func TestEveryFailureOfTheProgramHasAName(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		want   error
	}{
		"it hangs":            {"sleep 60", reading.ErrFailed},
		"it crashes":          {"kill -SEGV $$", reading.ErrFailed},
		"it refuses":          {"echo bad image >&2; exit 1", reading.ErrFailed},
		"it writes for ever":  {"while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done", reading.ErrFailed},
		"it writes no table":  {"echo hello", reading.ErrMalformed},
		"it writes odd boxes": {`printf '5\t1\t1\t1\t1\t1\t-5\t0\t99999999999\t1\t90\tword\n'`, reading.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, err := reading.Open(t.Context(), reading.Config{Path: stand(t, c.script), Time: time.Second})
			if err != nil {
				t.Fatal(err)
			}
			s := newSheet(100, 100, color.White)
			if _, err := e.Page(t.Context(), s.NRGBA, s.Rect); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestAnEndedContextIsToldAsSuch(t *testing.T) {
	t.Parallel()
	e, err := reading.Open(t.Context(), reading.Config{Path: stand(t, "sleep 60")})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	s := newSheet(100, 100, color.White)
	if _, err := e.Page(ctx, s.NRGBA, s.Rect); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, reading.ErrFailed) {
		t.Errorf("got %v", err)
	}
}
