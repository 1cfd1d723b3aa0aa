package align

import (
	"image"
	_ "image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/defacecheck/defacecheck/capture/realdata"
)

// mirrored loads the screenshots of real defacements that lie beside the
// repository, if they do.
func mirrored(t *testing.T) map[string]image.Image {
	t.Helper()
	out := map[string]image.Image{}
	for name, img := range beside(t, "defacement/*/screenshot.png") {
		out[filepath.Base(filepath.Dir(name))] = img
	}
	return out
}

// beside loads pictures beside the repository by patterns of their paths.
func beside(t *testing.T, patterns ...string) map[string]image.Image {
	t.Helper()
	out := map[string]image.Image{}
	for _, name := range realdata.Glob(t, patterns...) {
		out[name] = load(t, name)
	}
	return out
}

func load(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestRealDefacementsAreTheSameAsThemselvesAndNothingElse(t *testing.T) {
	t.Parallel()
	images := mirrored(t)
	pages, pics, sent := map[string]*Features{}, map[string]*Features{}, map[string]image.Image{}
	for name, img := range images {
		sent[name] = recompressed(t, img, 70)
		pages[name] = Describe(Luma(img), Options{Page: true})
		pics[name] = Describe(Luma(sent[name]), Options{})
	}
	for name := range images {
		for other := range images {
			c := Compare(sent[name], images[other], Register(pics[name], pages[other]), CompareOptions{})
			if name == other && c.State != Same {
				t.Errorf("%s recompressed is %s: %s", name, c.State, c.Why)
			}
			if name != other && (c.State == Same || c.State == Altered) {
				t.Errorf("%s in %s is %s: %s", name, other, c.State, c.Why)
			}
		}
	}
}
