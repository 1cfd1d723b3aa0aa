package frame_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

var realWindows = flag.Bool("windows", false, "take pictures of real browser windows (needs Xvfb, openbox, import and chromium or firefox-esr)")

// screen is a virtual display.
type screen struct {
	t    *testing.T
	ctx  context.Context
	name string
	home string
}

func (s *screen) start(args ...string) {
	cmd := exec.CommandContext(s.ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.name, "HOME="+s.home)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("start %s: %v", args[0], err)
	}
	s.t.Cleanup(func() { _ = cmd.Wait() })
}

func (s *screen) shot(name string) image.Image {
	path := filepath.Join(s.home, name+".png")
	cmd := exec.CommandContext(s.ctx, "import", "-display", s.name, "-window", "root", path)
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("take picture: %v: %s", err, out)
	}
	return load(s.t, path)
}

// keyPage shows in its colour where the content is, until it is told to turn to
// a page of text.
const keyPage = `<title>The market</title><style>html{background:#ff00fe;height:100%}.page{background:#fff;font:20px sans-serif}</style>
<script>(async function ask(){if(await (await fetch('/turned')).text()=='true'){document.documentElement.className='page';
document.body.innerHTML='<h1>Market day</h1><p>The market stays where it is.';return}setTimeout(ask,300)})()</script><body>`

// setting is one way of showing a browser.
type setting struct {
	name, browser string
	dark, marks   bool
	tabs          int
	scale         float64
}

// settings are what is tried: both browsers, both themes, with and without a
// bar of bookmarks, one tab and several, at one and at two pixels per CSS px.
var settings = []setting{
	{"Chromium", "chromium", false, false, 1, 1},
	{"Chromium, dark, bookmarks, three tabs", "chromium", true, true, 3, 1},
	{"Chromium, bookmarks, two tabs, twice as fine", "chromium", false, true, 2, 2},
	{"Chromium, dark, twice as fine", "chromium", true, false, 1, 2},
	{"Firefox", "firefox-esr", false, false, 1, 1},
	{"Firefox, dark, bookmarks, three tabs", "firefox-esr", true, true, 3, 1},
	{"Firefox, bookmarks, two tabs, twice as fine", "firefox-esr", false, true, 2, 2},
	{"Firefox, dark, twice as fine", "firefox-esr", true, false, 1, 2},
}

func TestRealWindowsComeOff(t *testing.T) {
	if !*realWindows {
		t.Skip("skipped: run with -windows to open real browser windows")
	}
	for _, tool := range []string{"Xvfb", "openbox", "import", "setpriv"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("skipped: %v", err)
		}
	}
	for i, s := range settings {
		t.Run(s.name, func(t *testing.T) { realWindow(t, s, fmt.Sprintf(":%d", 91+i)) })
	}
}

// realWindow shows the key page and then, in the same window, a page of text;
// what the key page covered is what must be found in the other, to the pixel.
func realWindow(t *testing.T, set setting, display string) {
	home, err := os.MkdirTemp("", "frame")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	// The browser has directories of its own: what others leave in theirs as
	// root it could not read.
	own := filepath.Join(home, "own")
	if err := errors.Join(os.Chmod(home, 0o711), os.Mkdir(own, 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(own, nobody, nobody); err != nil {
		t.Skipf("skipped: run as root: %v", err)
	}
	var turned atomic.Bool
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch {
		case r.URL.Path == "/turned":
			_, _ = fmt.Fprint(w, turned.Load())
		case r.URL.Path == "/":
			_, _ = io.WriteString(w, keyPage)
		default:
			_, _ = io.WriteString(w, "<title>Weather in the valley</title>")
		}
	}))
	t.Cleanup(srv.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	s := &screen{t, ctx, display, home}
	s.start("Xvfb", display, "-screen", "0", fmt.Sprintf("%.0fx%.0fx24", 1366*set.scale, 768*set.scale), "-nolisten", "tcp")
	time.Sleep(2 * time.Second)
	s.start("openbox")
	s.start(command(t, set, own, srv.URL)...)
	t.Cleanup(cancel) // before the waits above, so that they end
	want := s.awaitKey(ctx)
	turned.Store(true)
	page := s.awaitNoKey(ctx, want)
	f := frame.Find(page)
	if off(f.Content, want) > 0 {
		t.Errorf("%s %v, want %v: %s", f.Kind, f.Content, want, f.Why)
	}
	if f.Address.Empty() || f.Address.Max.Y > want.Min.Y {
		t.Errorf("address bar at %v", f.Address)
	}
}

const nobody = 65534

func command(t *testing.T, set setting, home, url string) []string {
	if _, err := exec.LookPath(set.browser); err != nil {
		t.Skipf("skipped: %v", err)
	}
	args := []string{"env", "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "setpriv",
		fmt.Sprintf("--reuid=%d", nobody), fmt.Sprintf("--regid=%d", nobody), "--clear-groups", set.browser}
	var others []string
	for i := range set.tabs - 1 {
		others = append(others, fmt.Sprintf("%s/other%d", url, i))
	}
	profile := filepath.Join(home, "profile")
	if set.browser == "chromium" {
		writeOwn(t, filepath.Join(profile, "Default", "Preferences"), fmt.Sprintf(`{"bookmark_bar":{"show_on_all_tabs":%t}}`, set.marks))
		writeOwn(t, filepath.Join(profile, "Default", "Bookmarks"), fmt.Sprintf(bookmarks, url))
		args = append(args, "--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
			"--user-data-dir="+profile, "--window-position=60,40", "--window-size=1200,640", fmt.Sprintf("--force-device-scale-factor=%g", set.scale))
		if set.dark {
			args = append(args, "--force-dark-mode")
		}
		return append(append(args, url+"/"), others...)
	}
	theme, bar := "light", "never"
	if set.dark {
		theme = "dark"
	}
	if set.marks {
		bar = "always"
	}
	writeOwn(t, filepath.Join(profile, "user.js"), fmt.Sprintf(preferences, theme, bar, fmt.Sprint(set.scale)))
	args = append(args, "--no-remote", "--profile", profile, "--width", "1200", "--height", "640", url+"/")
	return append(args, others...)
}

// preferences are Firefox's: no questions at the first start, no tab that thanks
// for it, and pages that are light whatever the theme.
const preferences = `user_pref("termsofuse.bypassNotification", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.preonboarding.enabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("extensions.activeThemeID", "firefox-compact-%s@mozilla.org");
user_pref("layout.css.prefers-color-scheme.content-override", 1);
user_pref("browser.toolbars.bookmarks.visibility", "%s");
user_pref("layout.css.devPixelsPerPx", "%s");
`

const bookmarks = `{"roots":{"bookmark_bar":{"children":[{"id":"5","name":"Town news","type":"url","url":"%[1]s/a"},
{"id":"6","name":"Weather","type":"url","url":"%[1]s/b"},{"id":"7","name":"Trains and buses","type":"url","url":"%[1]s/c"}],
"id":"1","name":"Bookmarks bar","type":"folder"},"other":{"children":[],"id":"2","name":"Other","type":"folder"},
"synced":{"children":[],"id":"3","name":"Mobile","type":"folder"}},"version":1}`

// writeOwn writes a file of the browser's, with its directories.
func writeOwn(t *testing.T, name, text string) {
	t.Helper()
	var made []string
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); err == nil {
			break
		}
		made = append(made, dir)
	}
	err := os.MkdirAll(filepath.Dir(name), 0o700)
	if err == nil {
		err = os.WriteFile(name, []byte(text), 0o600)
	}
	for _, f := range append(made, name) {
		err = errors.Join(err, os.Chown(f, nobody, nobody))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// awaitKey waits until the key colour stands still and gives where it is.
func (s *screen) awaitKey(ctx context.Context) image.Rectangle {
	var last image.Rectangle
	for same := 0; ctx.Err() == nil; {
		time.Sleep(time.Second)
		r := keyed(s.shot("key"))
		if same++; r != last || r.Dx() <= 600 || r.Dy() <= 300 {
			same = 0
		}
		if last = r; same >= 3 {
			return r
		}
	}
	s.t.Fatal("the browser's window did not appear")
	return image.Rectangle{}
}

// awaitNoKey waits until the page has taken the place of the key colour.
func (s *screen) awaitNoKey(ctx context.Context, at image.Rectangle) image.Image {
	for ctx.Err() == nil {
		time.Sleep(time.Second)
		if img := s.shot("page"); !keyed(img).Overlaps(at) {
			return img
		}
	}
	s.t.Fatal("the browser did not go on to the page")
	return nil
}

// keyed is where img has the key colour, which a colour profile may shift.
func keyed(img image.Image) (r image.Rectangle) {
	const by = 4
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			cr, cg, cb, _ := img.At(x, y).RGBA()
			if cr>>8 >= 255-by && cg>>8 <= by && cb>>8 >= 254-by {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}
