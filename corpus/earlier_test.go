package corpus

import (
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scene is a picture with enough in it; shift moves its brightness a little, as
// compression does, and seed makes another picture.
func scene(seed, shift int) image.Image {
	m := image.NewGray(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			v := (x/20*seed*37+y/24*59)%200 + (x*y*seed)%23 + shift
			m.SetGray(x, y, color.Gray{uint8(v)})
		}
	}
	return m
}

func verdict(t *testing.T, name, sha, url, readAt string, i imprint.Imprint) string {
	t.Helper()
	at, err := time.Parse(time.RFC3339, readAt)
	if err != nil {
		t.Fatal(err)
	}
	h := i.Hex()
	doc, err := json.Marshal(verify.Result{Schema: verify.Schema, Claim: verify.ClaimFacts{
		Image: name, SHA256: sha, URL: url, ReadAt: at, ClaimedAt: &verify.Span{From: at, To: at},
		Hashes: verify.HashValues{Average: h.Average, Difference: h.Difference, Perception: h.Perception,
			Difference256: h.Difference256, Information: i.Information, Informative: i.Informative},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(doc) + "\n"
}

func TestTheSameFileComesFirstThenCopies(t *testing.T) {
	t.Parallel()
	one, copied, other := imprint.Of(scene(3, 0)), imprint.Of(scene(3, 2)), imprint.Of(scene(8, 0))
	e, err := ReadEarlier(strings.NewReader(
		verdict(t, "other.png", "cc", "http://c.test/", "2025-01-01T00:00:00Z", other) +
			verdict(t, "copy.jpg", "bb", "http://b.test/", "2025-01-02T00:00:00Z", copied) +
			verdict(t, "later.png", "aa", "http://z.test/", "2025-01-04T00:00:00Z", one) +
			verdict(t, "same.png", "aa", "http://a.test/", "2025-01-03T00:00:00Z", one)))
	if err != nil || e.Len() != 4 {
		t.Fatalf("%d claims, %v", e.Len(), err)
	}
	found, err := e.Find(t.Context(), "aa", one)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range found {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "same.png later.png copy.jpg" {
		t.Errorf("found %s", got)
	}
	if !found[0].Identical || found[2].Identical || found[0].URL != "http://a.test/" || found[0].Claimed.IsZero() {
		t.Errorf("facts are wrong: %+v", found)
	}
}

func TestABlankPictureMatchesOnlyTheVeryFile(t *testing.T) {
	t.Parallel()
	blank := imprint.Of(image.NewGray(image.Rect(0, 0, 50, 50)))
	e, err := ReadEarlier(strings.NewReader(verdict(t, "x.png", "aa", "http://a.test/", "2025-01-01T00:00:00Z", blank)))
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := e.Find(t.Context(), "bb", blank); len(found) != 0 {
		t.Errorf("another blank file was found: %v", found)
	}
	if found, _ := e.Find(t.Context(), "aa", blank); len(found) != 1 {
		t.Errorf("the same file was not found: %v", found)
	}
}

func TestDocumentsMayBeSpreadOverLines(t *testing.T) {
	t.Parallel()
	one := verdict(t, "x.png", "aa", "http://a.test/", "2025-01-01T00:00:00Z", imprint.Of(scene(3, 0)))
	e, err := ReadEarlier(strings.NewReader(strings.ReplaceAll(one, ",", ",\n  ") + one))
	if err != nil || e.Len() != 2 {
		t.Errorf("%d claims, %v", e.Len(), err)
	}
}

func TestBrokenCorpusFilesAreRefusedByNumber(t *testing.T) {
	t.Parallel()
	good := verdict(t, "x.png", "aa", "http://a.test/", "2025-01-01T00:00:00Z", imprint.Of(scene(3, 0)))
	for name, text := range map[string]string{
		"another schema":      good + `{"schema":"defacecheck/verdict/9"}`,
		"no JSON":             good + "image,url\n",
		"broken off":          good + good[:len(good)/2],
		"a list":              good + "[]",
		"no picture":          good + `{"schema":"defacecheck/verdict/1","claim":{}}`,
		"hashes of no length": good + strings.Replace(good, `"average":"`, `"average":"00`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := ReadEarlier(strings.NewReader(text)); !errors.Is(err, capture.ErrMalformed) || !strings.Contains(err.Error(), "verdict 2") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAnEndedContextEndsTheSearch(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(t.Context())
	end()
	if _, err := (&Earlier{}).Find(ctx, "aa", imprint.Imprint{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadEarlier(f *testing.F) {
	f.Add(`{"schema":"defacecheck/verdict/1","claim":{"image":"x","sha256":"aa","url":"http://a.test/"}}`)
	f.Add(`{"schema":"defacecheck/verdict/1","claim":{"sha256":"aa","url":"u","hashes":{"informative":true,"average":"0","information":2}}}`)
	f.Add(`[`)
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ReadEarlier(strings.NewReader(text))
		if (e == nil) == (err == nil) {
			t.Errorf("list %v, error %v", e, err)
		}
		if e != nil {
			if _, err := e.Find(t.Context(), "aa", imprint.Imprint{}); err != nil {
				t.Error(err)
			}
		}
	})
}
