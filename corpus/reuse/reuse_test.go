package reuse

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/reuse/reusetest"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/corpus/store/storetest/pgtest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/align"
	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/picture"
	"github.com/defacecheck/defacecheck/verify/picture/confine"
)

func TestMain(m *testing.M) {
	if code, ours := confine.Serve(os.Args, os.Stdin, os.Stdout, os.Stderr, verify.Jobs()...); ours {
		os.Exit(code)
	}
	goleak.VerifyTestMain(m)
}

// The views differ in one letter of the address, in the minute, and in all of the address.
var (
	first  = view{"Kite was here", "mill-valley.example", "14:05", ""}
	letter = view{"Kite was here", "mill-va1ley.example", "14:05", ""}
	minute = view{"Kite was here", "mill-valley.example", "14:06", ""}
	other  = view{"Kite was here", "www.ferry-house.example/index.html", "14:05", ""}
)

// pageOnly is where a view has the page.
var pageOnly = image.Rect(0, reusetest.Top, reusetest.Width, reusetest.Bottom)

func TestOnlyWhatBelongsToOneMomentProvesTheSameScreenshot(t *testing.T) {
	t.Parallel()
	all := shots(t, first, letter, other)
	own := all[0]
	for name, tc := range map[string]struct {
		other          *picture.Picture
		want           verify.Relation
		address, clock bool
	}{
		"the file itself":               {own, verify.IdenticalFile, true, true},
		"recompressed":                  {recompressed(t, own, 1, 75), verify.SameScreenshot, true, true},
		"put on a desktop":              {laidOn(t, recompressed(t, own, 1, 85)), verify.SameScreenshot, true, true},
		"cut at the side and top":       {cut(t, own, image.Rect(0, 30, 1040, 649)), verify.CannotTell, true, false},
		"cut to the page":               {cut(t, own, pageOnly), verify.CannotTell, false, false},
		"one letter of another address": {recompressed(t, all[1], 1, 85), verify.SamePage, false, false},
		"another victim":                {recompressed(t, all[2], 1, 85), verify.SamePage, false, false},
	} {
		for _, f := range []Finding{Compare(own, tc.other), Compare(tc.other, own)} {
			if f.Relation != tc.want || !f.Page || f.Address != tc.address || f.Clock != tc.clock {
				t.Errorf("%s: %s, page %v, address %v, clock %v (%s)", name, f.Relation, f.Page, f.Address, f.Clock, f.Why)
			}
		}
	}
}

// What is too small or too much compressed to be told apart must not be called the same; a minute is one
// digit of a clock.
func TestInDoubtItCannotTell(t *testing.T) {
	t.Parallel()
	all := shots(t, first, letter, minute)
	for name, tc := range map[string]struct {
		other *picture.Picture
		not   verify.Relation
	}{
		"a minute later":            {recompressed(t, all[2], 1, 85), verify.SameScreenshot},
		"a minute later, smaller":   {recompressed(t, all[2], 0.7, 80), verify.SameScreenshot},
		"another address, smaller":  {recompressed(t, all[1], 0.7, 80), verify.SameScreenshot},
		"the same, smaller":         {recompressed(t, all[0], 0.85, 85), verify.SamePage},
		"the same, much compressed": {recompressed(t, all[0], 1, 50), verify.SamePage},
	} {
		f := Compare(all[0], tc.other)
		if f.Relation == tc.not || f.Relation == verify.Different {
			t.Errorf("%s: %s (%s)", name, f.Relation, f.Why)
		}
		if tc.not == verify.SameScreenshot && (f.Address && name[0:2] == "an" || f.Clock) {
			t.Errorf("%s: address %v, clock %v", name, f.Address, f.Clock)
		}
	}
}

func TestBarePicturesProveNothingWhateverTheyHaveInCommon(t *testing.T) {
	t.Parallel()
	bare := cut(t, shots(t, first)[0], pageOnly)
	if f := Compare(bare, bare); f.Relation != verify.IdenticalFile || f.Address || f.Clock {
		t.Errorf("a bare file and itself: %+v", f)
	}
	if f := Compare(bare, recompressed(t, bare, 1, 80)); f.Relation != verify.CannotTell || f.Address || f.Clock {
		t.Errorf("a bare picture and its copy: %+v", f)
	}
}

func TestAnotherPageIsDifferent(t *testing.T) {
	t.Parallel()
	all := shots(t, first, view{"An altogether other headline, and longer", "mill-valley.example", "14:05", ""})
	if f := Compare(all[0], recompressed(t, all[1], 1, 90)); f.Relation == verify.SameScreenshot || f.Relation == verify.SamePage || f.Page {
		t.Errorf("another headline: %+v", f)
	}
}

// kept is a corpus with these pictures, each posted for an address of its own.
func kept(t *testing.T, spec string, all ...*picture.Picture) (*store.Store, []*picture.Picture) {
	t.Helper()
	s, err := store.Open(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var read []*picture.Picture
	for i, p := range all {
		var b bytes.Buffer
		if err := png.Encode(&b, p.Image); err != nil {
			t.Fatal(err)
		}
		pic, err := picture.Read(t.Context(), b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2025, 2, 1+i, 0, 0, 0, 0, time.UTC)
		_, err = s.Add(t.Context(), store.Item{File: b.Bytes(), ReadAt: at,
			Picture: corpus.Picture{SHA256: pic.SHA256, Bytes: pic.Bytes, Format: string(pic.Format), Width: pic.Width, Height: pic.Height, Print: imprint.Of(pic.Image)},
			Posting: corpus.Posting{URL: "http://site-" + string(rune('a'+i)) + ".example/", PostedAt: verify.Span{From: at, To: at}}})
		if err != nil {
			t.Fatal(err)
		}
		read = append(read, pic)
	}
	return s, read
}

func TestMachinesThatOpenACorpusAtOnceTakeLandmarksTogether(t *testing.T) {
	t.Parallel()
	var pictures []*picture.Picture
	for i := range 12 {
		img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
		draw.Draw(img, image.Rect(20*i, 10*i, 20*i+40, 10*i+40), image.NewUniform(color.NRGBA{200, uint8(20 * i), 40, 255}), image.Point{}, draw.Src)
		pictures = append(pictures, pictureOf(t, img))
	}
	spec := pgtest.Start(t).Database(t)
	kept(t, spec, pictures...)
	var machines errgroup.Group
	for range 4 {
		s, err := store.Open(t.Context(), spec)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		machines.Go(func() error {
			_, err := Open(t.Context(), s, nil)
			return err
		})
	}
	if err := machines.Wait(); err != nil {
		t.Error(err)
	}
}

func TestPartsAndCopiesFindTheirPictureAndClustersHoldOnePage(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { finds(t, filepath.Join(t.TempDir(), "corpus")) })
	t.Run("postgresql", func(t *testing.T) { finds(t, pgtest.Start(t).Database(t)) })
}

func finds(t *testing.T, spec string) {
	views := shots(t, first, other, view{"Another hand wrote these words", "lamp.example", "09:10", ""})
	blank := pictureOf(t, image.NewNRGBA(image.Rect(0, 0, 900, 600)))
	s, read := kept(t, spec, views[0], views[1], blank)
	f, err := Open(t.Context(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, q := range map[string]*picture.Picture{
		"a copy": recompressed(t, views[0], 0.7, 70), "a part": cut(t, views[0], image.Rect(150, 110, 900, 560)), "with more around": laidOn(t, views[0]),
	} {
		found, err := f.Examine(t.Context(), q)
		if err != nil || len(found) < 2 || found[0].Relation == verify.Different {
			t.Errorf("%s: found %+v, %v", name, found, err)
		}
	}
	if got := f.Candidates(read[2].Image); len(got) != 0 {
		t.Errorf("a blank picture resembles %v", got)
	}
	again, err := Open(t.Context(), s, func(int, int) { t.Error("landmarks were taken twice") })
	if err != nil {
		t.Fatal(err)
	}
	clusters, err := again.Clusters(t.Context(), nil)
	if err != nil || len(clusters) != 1 || len(clusters[0].Pictures) != 2 || clusters[0].Links[0].Relation != verify.SamePage {
		t.Errorf("clusters %+v, %v", clusters, err)
	}
	mine := corpus.ID(read[0].SHA256, "http://site-a.example/", verify.Span{}, verify.Span{From: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)})
	found, err := f.Besides(mine).(verify.Examiner).Examine(t.Context(), read[0])
	if err != nil || len(found) == 0 {
		t.Fatalf("found %v, %v", found, err)
	}
	for _, p := range found {
		if p.Relation == verify.IdenticalFile {
			t.Errorf("a claim is a precedent of itself: %+v", p)
		}
	}
}

func TestLandmarksSurviveBeingKept(t *testing.T) {
	t.Parallel()
	all := shots(t, first)
	want := landmarksOf(all[0].Image, align.Landmarks)
	got, err := unpack(pack(want))
	if err != nil || len(got) != len(want) || len(got) == 0 || got[3] != want[3] {
		t.Errorf("%d landmarks of %d, %v", len(got), len(want), err)
	}
	if _, err := unpack(make([]byte, 33)); err == nil {
		t.Error("33 bytes were taken for landmarks")
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(make([]byte, 64))
	f.Fuzz(func(t *testing.T, data []byte) {
		if all, err := unpack(data); err == nil && !bytes.Equal(pack(all), data) {
			t.Fatalf("%x came back as %x", data, pack(all))
		}
	})
}
