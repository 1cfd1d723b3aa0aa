package casebook

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/archive"
	"github.com/defacecheck/defacecheck/capture/capturetest/proctree"
)

func each(t *testing.T, look func(t *testing.T, dir string, c Claim, k Known)) {
	out, m := corpus(t)
	for _, e := range m.Claims {
		dir := filepath.Join(out, claimsDir, e.Name)
		c, err := readJSON[Claim](filepath.Join(dir, ClaimName))
		k, err2 := readJSON[Known](filepath.Join(dir, TruthName))
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		t.Run(k.Class, func(t *testing.T) { look(t, dir, c, k) })
	}
}

func TestOneClaimOfEveryClassIsMade(t *testing.T) {
	_, m := corpus(t)
	var got []string
	for _, e := range m.Claims {
		got = append(got, e.Class)
	}
	if !slices.Equal(got, ClassNames()) {
		t.Errorf("classes %v", got)
	}
}

func decode(t *testing.T, name string) image.Image {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestPicturesAreWhatTheRecordsSayAndWhatWasAlteredIsMasked(t *testing.T) {
	each(t, func(t *testing.T, dir string, c Claim, k Known) {
		data, err := os.ReadFile(filepath.Join(dir, c.Picture))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != c.SHA256 {
			t.Error("the picture has another digest")
		}
		size := decode(t, filepath.Join(dir, c.Picture)).Bounds().Size()
		if size != image.Pt(k.Width, k.Height) {
			t.Errorf("the picture is %v, not %d x %d", size, k.Width, k.Height)
		}
		if (k.Mask != "") != (k.Truth == Edited) {
			t.Fatalf("truth %s and mask %q", k.Truth, k.Mask)
		}
		if k.Mask == "" {
			return
		}
		mask := decode(t, filepath.Join(dir, k.Mask)).(*image.Gray)
		if mask.Rect.Size() != size {
			t.Errorf("the mask is %v and the picture %v", mask.Rect.Size(), size)
		}
		if n := len(mask.Pix) - bytes.Count(mask.Pix, []byte{0}); n != k.Altered || n < size.X*size.Y/50 {
			t.Errorf("%d pixels are masked, %d are said to be", n, k.Altered)
		}
	})
}

// archived lists what the archive of a claim has of its URL, as documents by time.
func archived(t *testing.T, dir string, c Claim) (times []time.Time, docs [][]byte) {
	t.Helper()
	a, err := archive.Open(context.Background(), filepath.Join(dir, c.Archive), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	tm, err := a.TimeMap(t.Context(), c.URL, time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range tm {
		r, err := a.Fetch(t.Context(), c.URL, m.At)
		if err != nil {
			t.Fatal(err)
		}
		times, docs = append(times, m.At), append(docs, r.Body)
	}
	if w := a.Warnings(); len(w) > 0 {
		t.Errorf("warnings %v", w)
	}
	return times, docs
}

func says(doc []byte) bool {
	return bytes.Contains(doc, []byte("<title>Hacked by"))
}

func TestArchivesHoldWhatTheSiteShowedAtEachOfTheirTimes(t *testing.T) {
	each(t, func(t *testing.T, dir string, c Claim, k Known) {
		times, docs := archived(t, dir, c)
		if len(times) != len(k.Captures) {
			t.Fatalf("%d captures, %d in the records", len(times), len(k.Captures))
		}
		for i, v := range k.Captures {
			if !times[i].Equal(v.At) || says(docs[i]) != (v.Look != ordinary) {
				t.Errorf("capture %v, defaced %v; the records say %v %s", times[i], says(docs[i]), v.At, v.Look)
			}
			inLife := k.Begin != nil && !v.At.Before(*k.Begin) && v.At.Before(*k.End)
			if (v.Look != ordinary) != inLife {
				t.Errorf("capture %v shows %s, and the defacement was up: %v", v.At, v.Look, inLife)
			}
		}
	})
}

func TestPagesChangeBetweenTheirCaptures(t *testing.T) {
	changed := 0
	each(t, func(t *testing.T, dir string, c Claim, _ Known) {
		_, docs := archived(t, dir, c)
		for i := 1; i < len(docs); i++ {
			if !bytes.Equal(docs[i-1], docs[i]) {
				changed++
			}
		}
	})
	if changed < 5 {
		t.Errorf("%d pages differ from the capture before", changed)
	}
}

func TestTheLiveSiteIsWhatTheClassSays(t *testing.T) {
	each(t, func(t *testing.T, dir string, c Claim, k Known) {
		if c.Live.Gone {
			if k.Live != gone || len(c.Live.Pages) > 0 {
				t.Errorf("gone, and %s with %d pages", k.Live, len(c.Live.Pages))
			}
			return
		}
		doc, err := os.ReadFile(filepath.Join(dir, c.Live.Pages["/"+trimIndex(k.Page)]))
		if err != nil {
			t.Fatal(err)
		}
		if says(doc) != (k.Live == full || k.Live == partial) {
			t.Errorf("the page says that it is hacked: %v, and is %s", says(doc), k.Live)
		}
		up := k.Begin != nil && k.End.After(c.JudgedAt)
		if says(doc) != up {
			t.Errorf("the page says that it is hacked: %v, and it is: %v", says(doc), up)
		}
		if bytes.Contains(doc, []byte("elsewhere.example")) {
			t.Error("the page loads from elsewhere")
		}
		if varies := bytes.Contains(doc, []byte("readers today")); varies != (len(c.Live.Turns) == visits) {
			t.Errorf("an item of the page is another at every visit: %v, and %d visits find something", varies, len(c.Live.Turns))
		}
	})
}

func TestAPageWithAnItemThatVariesIsAnotherAtEveryVisit(t *testing.T) {
	s := &Server{live: Live{Pages: map[string]string{"/": livePage, "/a": "live/files/a"}, Turns: []string{livePage, "live/page-2.html"}}}
	var got []string
	for _, at := range []string{"/", "/a", "/", "/"} {
		_, _, turn := s.visit(at)
		got = append(got, turn)
	}
	if want := []string{livePage, "", "live/page-2.html", livePage}; !slices.Equal(got, want) {
		t.Errorf("served %q, want %q", got, want)
	}
}

func trimIndex(page string) string {
	if page == "index.html" {
		return ""
	}
	return page
}

func TestBracketsLieAsTheClassSays(t *testing.T) {
	each(t, func(t *testing.T, _ string, c Claim, k Known) {
		near := 100 * year
		before, after := near, near
		for _, v := range k.Captures {
			if v.Look != ordinary {
				continue
			}
			if d := k.ShownAt.Sub(v.At); d >= 0 {
				before = min(before, d)
			} else {
				after = min(after, -d)
			}
		}
		switch k.Class {
		case "spliced_tight", "devtools_tight":
			if before > 12*hour || after > 12*hour {
				t.Errorf("captures %v before and %v after", before, after)
			}
		case "spliced_wide", "devtools_wide":
			if before < 3*day || after < 3*day || before > 45*day {
				t.Errorf("captures %v before and %v after", before, after)
			}
		case "spliced_none", "devtools_none":
			if len(k.Captures) > 0 {
				t.Errorf("%d captures", len(k.Captures))
			}
		case "spliced_old":
			if before > 5*day || after > 5*day {
				t.Errorf("the old version is archived %v before and %v after", before, after)
			}
		}
	})
}

func TestDefacementsAreWitnessedOrNotAsTheClassSays(t *testing.T) {
	want := map[string]bool{"archived_meanwhile": true, "partial_archived": true, "unwitnessed": false, "ordinary": false, "mock_up": false, "other_site": false}
	each(t, func(t *testing.T, _ string, c Claim, k Known) {
		seen := slices.ContainsFunc(k.Captures, func(v visit) bool { return v.Look != ordinary })
		if w, known := want[k.Class]; known && seen != w {
			t.Errorf("archived: %v", seen)
		}
		if (k.Truth == Genuine) != (k.Begin != nil) {
			t.Errorf("truth %s, began %v", k.Truth, k.Begin)
		}
		if k.Begin != nil && (k.ShownAt.Before(*k.Begin) || k.ShownAt.After(*k.End)) {
			t.Error("the picture was taken when the page was not defaced")
		}
		if k.ShownAt.After(c.JudgedAt) {
			t.Error("the picture is of the future")
		}
	})
}

func TestPicturesOfOtherPlacesAreOfOtherPlaces(t *testing.T) {
	each(t, func(t *testing.T, _ string, c Claim, k Known) {
		if (k.Truth == Misattributed) != (k.ShownURL != c.URL) {
			t.Errorf("truth %s, shown %s, claimed %s", k.Truth, k.ShownURL, c.URL)
		}
		wantEarlier := k.Class == "same_page_elsewhere" || k.Class == "posted_earlier"
		if (len(c.Earlier) == 1) != wantEarlier {
			t.Fatalf("%d earlier claims", len(c.Earlier))
		}
		if wantEarlier && c.Earlier[0].URL == c.URL {
			t.Error("the earlier claim is about the same page")
		}
	})
}

func TestARunThatWasKilledOrLostItsBrowsersIsContinuedAndMakesTheSameFiles(t *testing.T) {
	out, first := corpus(t)
	if len(shared.early) == 0 || len(shared.early) == len(first.Claims) {
		t.Fatalf("the killed run left %d claims", len(shared.early))
	}
	// Made by the killed run, and by the one that continued it, with several browsers.
	for _, name := range []string{shared.early[0], filepath.Join(out, claimsDir, first.Claims[9].Name), filepath.Join(out, claimsDir, first.Claims[14].Name)} {
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	junk := filepath.Join(out, workDir, "claim-half")
	if err := os.Mkdir(junk, 0o755); err != nil {
		t.Fatal(err)
	}
	made, killed := 0, 0
	o := options()
	o.Progress = func(int, int, string) {
		if made++; made == 1 { // a browser may die as well
			killed = proctree.KillBrowsers(os.Getpid())
		}
	}
	again, err := Make(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if made != 3 || killed == 0 {
		t.Errorf("%d claims were made again, not 3, and %d processes of browsers killed", made, killed)
	}
	for i := range first.Claims {
		if first.Claims[i] != again.Claims[i] {
			t.Errorf("claim %v became %v", first.Claims[i], again.Claims[i])
		}
	}
	if _, err := os.Stat(junk); !errors.Is(err, os.ErrNotExist) {
		t.Error("what an ended run left half-made is still there")
	}
}

func TestACorpusOfAnotherSeedIsNotContinued(t *testing.T) {
	corpus(t)
	o := options()
	o.Seed++
	if _, err := Make(t.Context(), o); !errors.Is(err, ErrAnother) {
		t.Errorf("error %v", err)
	}
}
