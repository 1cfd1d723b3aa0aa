package synth

import (
	"bytes"
	"context"
	"image"
	_ "image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/verify"
)

func decode(t *testing.T, name string) image.Image {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

func TestEveryPictureHasItsStatedSizeAndShowsSomething(t *testing.T) {
	s := townSet(t)
	for _, c := range s.Claims {
		m := canvas(decode(t, s.Path(c.Picture)))
		if m.Rect.Dx() != c.Width || m.Rect.Dy() != c.Height {
			t.Errorf("%s is %v, stated %dx%d", c.Picture, m.Rect.Size(), c.Width, c.Height)
		}
		colours := map[[4]byte]bool{}
		for i := 0; i < len(m.Pix); i += 4 * 97 {
			colours[[4]byte(m.Pix[i:])] = true
		}
		if len(colours) < 100 {
			t.Errorf("%s has %d colours: a broken rendering", c.Picture, len(colours))
		}
	}
}

func TestTheManifestReadsBackAndLabelsEveryClaim(t *testing.T) {
	s := townSet(t)
	again, err := Open(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Claims) != len(recipes()) || !again.Now.Equal(Now()) {
		t.Fatalf("%d claims as of %s", len(again.Claims), again.Now)
	}
	words := []verify.Word{verify.Supported, verify.LeansGenuine, verify.Inconclusive, verify.LeansFalse, verify.Contradicted}
	for _, c := range again.Claims {
		e := c.Expect
		if len(e.Words) == 0 || len(e.Answers) == 0 || len(e.Leanings) == 0 || e.Why == "" || c.Title == "" || c.Truth == "" {
			t.Errorf("%s is not fully labelled: %+v", c.Name, c)
		}
		for _, w := range e.Words {
			if !slices.Contains(words, w) {
				t.Errorf("%s expects the unknown word %q", c.Name, w)
			}
		}
		if (c.Truth == Edited) != (c.Mask != "") || (c.Altered > 0) != (c.Mask != "") {
			t.Errorf("%s: truth %s, mask %q, %d pixels", c.Name, c.Truth, c.Mask, c.Altered)
		}
		for _, date := range []string{c.ClaimedAt, c.PostedAt} {
			if when, err := parseDate(date); err != nil || when.After(s.Now) {
				t.Errorf("%s has the date %q: %v", c.Name, date, err)
			}
		}
	}
	if _, err := os.Stat(filepath.Join(s.Dir, tableName)); err != nil {
		t.Error(err)
	}
}

func parseDate(s string) (time.Time, error) {
	if when, err := time.Parse(time.DateOnly, s); err == nil {
		return when, nil
	}
	return time.Parse(time.RFC3339, s)
}

func TestEveryArchiveListsItsVisitsAndNothingElse(t *testing.T) {
	s := townSet(t)
	for i, r := range recipes() {
		c := s.Claims[i]
		a, err := archive.Open(context.Background(), s.Path(c.Archive), archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		tm, err := a.TimeMap(context.Background(), c.URL, time.Time{}, time.Time{})
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		var want, got []time.Time
		for _, v := range r.archive {
			if v.Host == TownHost && v.path == "/" {
				want = append(want, v.At)
			}
		}
		slices.SortFunc(want, time.Time.Compare)
		for _, m := range tm {
			got = append(got, m.At)
			if m.Status != 200 {
				t.Errorf("%s: the capture of %s has status %d", c.Name, m.At, m.Status)
			}
		}
		if !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s lists %v, want %v", c.Name, got, want)
		}
		if w := a.Warnings(); len(w) > 0 {
			t.Errorf("%s: %v", c.Name, w)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestArchivedPagesReplayWhole(t *testing.T) {
	s := townSet(t)
	c := claimOf(t, s, "b-partial")
	a, err := archive.Open(context.Background(), s.Path(c.Archive), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := browser.Start(context.Background(), browser.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, when := range []time.Time{at(2024, 9, 18, 11, 2), at(2026, 8, 5, 13, 20)} {
		got, err := b.Capture(context.Background(), capture.Request{URL: c.URL, Source: a, At: when})
		if err != nil {
			t.Fatal(err)
		}
		if got.Validity != capture.OK || !got.SeenAt.Equal(when) {
			t.Errorf("the capture of %s is %s (%s), seen at %s", when, got.Validity, got.Reason, got.SeenAt)
		}
		arrived := map[string]bool{}
		for _, x := range got.Requests {
			if x.Missing || x.Failed != "" {
				t.Errorf("as of %s, %s: missing %v, %s", when, x.URL, x.Missing, x.Failed)
			}
			arrived[x.URL] = arrived[x.URL] || x.Status == 200
		}
		for url, ok := range arrived {
			if !ok {
				t.Errorf("as of %s, %s did not arrive", when, url)
			}
		}
		if len(arrived) < 6 {
			t.Errorf("as of %s the page has %d parts", when, len(arrived))
		}
	}
}

func mask(t *testing.T, s *Set, c Claim) *image.Gray {
	t.Helper()
	data, err := os.ReadFile(s.Path(c.Mask))
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m.(*image.Gray)
}
