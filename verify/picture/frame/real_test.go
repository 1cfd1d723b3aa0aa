package frame_test

import (
	"context"
	"flag"
	"fmt"
	"image"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
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
	cmd.Env = append(os.Environ(), "DISPLAY="+s.name, "HOME="+s.home, "XDG_RUNTIME_DIR="+s.home)
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

// key is the colour of the page that shows where the content is.
const keyPage = "<title>Where is the page</title><style>html{background:#ff00fe;height:100%}</style>"

func TestRealWindowsComeOff(t *testing.T) {
	if !*realWindows {
		t.Skip("skipped: run with -windows to open real browser windows")
	}
	for _, tool := range []string{"Xvfb", "openbox", "import", "setpriv"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("skipped: %v", err)
		}
	}
	for i, b := range []string{"chromium", "chromium dark", "firefox-esr"} {
		t.Run(b, func(t *testing.T) { realWindow(t, b, fmt.Sprintf(":%d", 91+i)) })
	}
}

// realWindow shows the key page and, in the same window after eight seconds, a
// page of text; what the key page covered is what must be found in the other.
func realWindow(t *testing.T, browser, display string) {
	home, err := os.MkdirTemp("", "frame")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	if err := os.Chown(home, 65534, 65534); err != nil { // Firefox wants a profile of its own
		t.Skipf("skipped: run as root: %v", err)
	}
	turned, once := make(chan struct{}), sync.Once{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/page" {
			_, _ = io.WriteString(w, "<title>A page</title><body style='font:20px sans-serif'><h1>Market day</h1><p>The market stays where it is.")
			once.Do(func() { close(turned) })
			return
		}
		_, _ = io.WriteString(w, "<meta http-equiv=refresh content='8;url=/page'>"+keyPage)
	}))
	t.Cleanup(srv.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	s := &screen{t, ctx, display, home}
	s.start("Xvfb", display, "-screen", "0", "1366x768x24", "-nolisten", "tcp")
	time.Sleep(2 * time.Second)
	s.start("openbox")
	s.start(command(t, browser, home, srv.URL+"/")...)
	t.Cleanup(cancel) // before the waits above, so that they end
	want := s.awaitKey(ctx)
	select {
	case <-turned:
	case <-ctx.Done():
		t.Fatal("the browser did not go on to the page")
	}
	time.Sleep(3 * time.Second)
	f := frame.Find(s.shot("page"))
	if off(f.Content, want) > 4 {
		t.Errorf("%s %v, want %v: %s", f.Kind, f.Content, want, f.Why)
	}
	if f.Address.Empty() || f.Address.Max.Y > want.Min.Y {
		t.Errorf("address bar at %v", f.Address)
	}
}

func command(t *testing.T, browser, home, url string) []string {
	as := []string{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}
	program := "chromium"
	args := []string{"--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
		"--user-data-dir=" + home + "/profile", "--window-position=60,40", "--window-size=1200,640"}
	switch browser {
	case "chromium dark":
		args = append(args, "--force-dark-mode")
	case "firefox-esr":
		// No questions at the first start, and no tab that thanks for it.
		prefs := "user_pref(\"termsofuse.bypassNotification\", true);\nuser_pref(\"browser.aboutwelcome.enabled\", false);\n" +
			"user_pref(\"datareporting.policy.dataSubmissionEnabled\", false);\nuser_pref(\"browser.shell.checkDefaultBrowser\", false);\n" +
			"user_pref(\"browser.preonboarding.enabled\", false);\n"
		if err := os.WriteFile(filepath.Join(home, "user.js"), []byte(prefs), 0o666); err != nil {
			t.Fatal(err)
		}
		program, args = browser, []string{"--no-remote", "--profile", home, "--width", "1200", "--height", "640"}
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("skipped: %v", err)
	}
	return append(append(append(as, program), args...), url)
}

// awaitKey waits until the key colour shows and gives where.
func (s *screen) awaitKey(ctx context.Context) image.Rectangle {
	for ctx.Err() == nil {
		time.Sleep(500 * time.Millisecond)
		img := s.shot("key")
		var r image.Rectangle
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if cr, cg, cb, _ := img.At(x, y).RGBA(); cr>>8 == 255 && cg == 0 && cb>>8 == 254 {
					r = r.Union(image.Rect(x, y, x+1, y+1))
				}
			}
		}
		if r.Dx() > 600 && r.Dy() > 300 {
			return r
		}
	}
	s.t.Fatal("the browser's window did not appear")
	return image.Rectangle{}
}
