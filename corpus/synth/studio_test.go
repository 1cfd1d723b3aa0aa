package synth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
)

func newStudio(t *testing.T) *studio {
	t.Helper()
	needBrowser(t)
	shared.once.Do(func() { shared.studio, shared.err = openStudio() })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.studio
}

func openStudio() (*studio, error) {
	p, err := newPress()
	if err != nil {
		return nil, err
	}
	server, err := startServer(p, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	server.fixed, server.visits = true, 2
	cam, err := openCamera(context.Background(), "", false, server.Addr)
	if err != nil {
		server.close()
		return nil, err
	}
	return &studio{press: p, server: server, camera: cam}, nil
}

func recipeOf(t *testing.T, name string) recipe {
	t.Helper()
	for _, r := range recipes() {
		if r.claim.Name == name {
			return r
		}
	}
	t.Fatalf("there is no recipe %s", name)
	return recipe{}
}

// An independent rendering of the unaltered page must agree with the posted
// picture everywhere outside of the mask and nowhere inside it.
func TestTheMaskIsExactlyWhatDiffersFromTheUnalteredPage(t *testing.T) {
	set, s := townSet(t), newStudio(t)
	for _, c := range []struct {
		name  string
		frame int // device pixels above the content
	}{{"c-spliced-tight", 0}, {"e-developer-tools", 105}} {
		r := recipeOf(t, c.name)
		r.making, r.frame = served, nil
		plain, _, _, err := s.render(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		claim := claimOf(t, set, c.name)
		posted, m, page := canvas(decode(t, set.Path(claim.Picture))), mask(t, set, claim), canvas(plain)
		if m.Rect != posted.Rect {
			t.Fatalf("%s: the mask is %v, the picture %v", c.name, m.Rect, posted.Rect)
		}
		wrong, marked := 0, 0
		for y := range page.Rect.Dy() {
			for x := range page.Rect.Dx() {
				altered := m.GrayAt(x, y+c.frame).Y != 0
				if altered {
					marked++
				}
				if altered == (page.NRGBAAt(x, y) == posted.NRGBAAt(x, y+c.frame)) {
					wrong++
				}
			}
		}
		if wrong > 0 || marked != claim.Altered {
			t.Errorf("%s: %d pixels are wrongly marked; %d marked in the content, %d stated", c.name, wrong, marked, claim.Altered)
		}
		if share := float64(marked) / float64(len(m.Pix)); share < 0.05 || share > 0.6 {
			t.Errorf("%s: %.2f of the picture is altered", c.name, share)
		}
	}
}

func TestTheSameRecipeGivesTheSameBytes(t *testing.T) {
	set, s := townSet(t), newStudio(t)
	for _, name := range []string{"a-witnessed", "b-partial", "g-still-live"} {
		pic, err := s.make(context.Background(), recipeOf(t, name))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(pic.file)
		if got, want := hex.EncodeToString(sum[:]), claimOf(t, set, name).SHA256; got != want {
			t.Errorf("%s was %s and now is %s", name, want, got)
		}
	}
}

func TestTheCameraScrollsAndScales(t *testing.T) {
	s := newStudio(t)
	s.server.show(State{TownHost, at(2026, 9, 1, 12, 0), Ordinary})
	p := pose{url: townURL(), width: 1000, height: 600, scale: 1.5, clock: at(2026, 9, 1, 12, 0)}
	top, err := s.camera.take(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if top.img.Bounds().Size() != image.Pt(1500, 900) {
		t.Errorf("the picture is %v", top.img.Bounds())
	}
	p.scrollY = 500
	down, err := s.camera.take(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if down.news.Min.Y >= 900 || down.news.Empty() || (!top.news.Empty() && top.news.Min.Y <= down.news.Min.Y) {
		t.Errorf("the news stand at %v, scrolled at %v", top.news, down.news)
	}
}

func TestACameraThatIsNotThereIsANamedError(t *testing.T) {
	needBrowser(t)
	_, err := Town(context.Background(), Options{Dir: t.TempDir(), Camera: filepath.Join(t.TempDir(), "no-chrome")})
	if !errors.Is(err, capture.ErrNoBrowser) {
		t.Errorf("got %v", err)
	}
}

func TestACancelledMakingEndsWithItsCause(t *testing.T) {
	needBrowser(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Town(ctx, Options{Dir: t.TempDir()}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
