package alignment

import (
	"context"
	"fmt"
	"image"
	"math"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/defacecheck/defacecheck/corpus/claimant"
	"github.com/defacecheck/defacecheck/corpus/evaluate/bench"
)

// windowPrefs are Firefox's in a real window: no questions at the first start.
const windowPrefs = `user_pref("termsofuse.bypassNotification",true);user_pref("browser.aboutwelcome.enabled",false);
user_pref("browser.preonboarding.enabled",false);user_pref("browser.startup.homepage_override.mstone","ignore");
`

// panelPrefs open Firefox's panel of bookmarks.
const panelPrefs = `user_pref("sidebar.revamp",true);user_pref("sidebar.visibility","always-show");
user_pref("sidebar.backupState","{\"command\":\"viewBookmarksSidebar\",\"panelOpen\":true,\"launcherVisible\":true,\"launcherExpanded\":false}");
`

// windowTime bounds one picture of a real window.
const windowTime = 3 * time.Minute

// firefoxWindow is a screen filled by a real window of Firefox, bars and all, with
// or without its panel of bookmarks.
func firefoxWindow(panel bool) func(context.Context, *run, *draft) error {
	return func(ctx context.Context, r *run, c *draft) error {
		if r.firefox == nil {
			return errNotPossible
		}
		size := image.Pt(c.pose.Width, c.pose.Height+bars)
		key := []any{"window/1 ", c.on.site.digest, c.on.url(), size, panel, r.firefox.version}
		data, err := bench.Keep(r.cache, "windows", key, func() ([]byte, error) { return r.firefox.window(ctx, c.on.url(), size, 1, panel) })
		if err != nil {
			return err
		}
		if c.img, err = decode(data); err != nil {
			return err
		}
		c.lines = nil // where Firefox puts text is not known
		return nil
	}
}

// window takes a picture of a screen of this size, in device pixels, that a window fills.
func (f *firefox) window(ctx context.Context, page string, size image.Point, scale float64, panel bool) (data []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, windowTime)
	defer cancel()
	err = onScreen(ctx, size, func(s *screen) error {
		data, err = f.shown(ctx, s, page, size, scale, panel)
		return err
	})
	return data, err
}

// shown opens a window and takes a picture of the screen when it stands still.
func (f *firefox) shown(ctx context.Context, s *screen, page string, size image.Point, scale float64, panel bool) ([]byte, error) {
	dir, cred, err := claimant.Profile("firefox")
	if err != nil {
		return nil, err
	}
	defer claimant.Remove(dir)
	if err := f.furnish(dir, scale, panel); err != nil {
		return nil, err
	}
	css := func(px int) string { return fmt.Sprint(math.Ceil(float64(px) / scale)) }
	c := exec.CommandContext(ctx, f.path, "--no-remote", "--profile", dir, "--width", css(size.X), "--height", css(size.Y), page)
	c.Env, c.Dir = append(claimant.Environment(dir), "DISPLAY="+s.name, "XDG_RUNTIME_DIR="+dir), dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true, Pdeathsig: syscall.SIGKILL}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("open a window of firefox: %w", err)
	}
	img, err := s.steady(ctx, slowly)
	_ = c.Cancel()
	_ = c.Wait()
	if err != nil {
		return nil, fmt.Errorf("take picture of firefox with %s: %w", page, err)
	}
	return encoded(img)
}

// furnish writes the settings into a profile.
func (f *firefox) furnish(dir string, scale float64, panel bool) error {
	proxy, err := url.Parse(f.proxy)
	if err != nil {
		return err
	}
	settings := fmt.Sprintf(prefs, proxy.Hostname(), proxy.Port(), scale) + windowPrefs
	if panel {
		settings += panelPrefs
	}
	return os.WriteFile(filepath.Join(dir, "user.js"), []byte(settings), 0o644)
}
