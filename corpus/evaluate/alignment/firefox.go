package alignment

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// firefox is a claimant's other browser, a process for each picture. It tells
// nothing of where the text stands.
type firefox struct{ path, version, proxy string }

// findFirefox returns nil where there is none.
func findFirefox(ctx context.Context, proxy string) *firefox {
	for _, name := range []string{"firefox-esr", "firefox"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		dir, cred, err := claimant.Profile("firefox")
		if err != nil {
			return nil
		}
		defer claimant.Remove(dir)
		c := exec.CommandContext(ctx, path, "--version")
		c.Env, c.SysProcAttr = claimant.Environment(dir), &syscall.SysProcAttr{Credential: cred}
		if out, err := c.Output(); err == nil {
			return &firefox{path: path, version: strings.TrimSpace(string(out)), proxy: proxy}
		}
	}
	return nil
}

// prefs send everything through the proxy and keep the browser from calling home.
const prefs = `user_pref("network.proxy.type",1);user_pref("network.proxy.http",%q);user_pref("network.proxy.http_port",%s);
user_pref("network.proxy.allow_hijacking_localhost",true);user_pref("layout.css.devPixelsPerPx","%g");
user_pref("browser.shell.checkDefaultBrowser",false);user_pref("datareporting.policy.dataSubmissionEnabled",false);
user_pref("toolkit.telemetry.enabled",false);user_pref("app.update.enabled",false);user_pref("dom.security.https_only_mode",false);
user_pref("dom.security.https_first",false);user_pref("network.captive-portal-service.enabled",false);user_pref("extensions.update.enabled",false);
`

func (f *firefox) take(ctx context.Context, p pose) (shot, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*shotTime)
	defer cancel()
	dir, cred, err := claimant.Profile("firefox")
	if err != nil {
		return shot{}, err
	}
	defer claimant.Remove(dir)
	proxy, err := url.Parse(f.proxy)
	if err != nil {
		return shot{}, err
	}
	settings := fmt.Sprintf(prefs, proxy.Hostname(), proxy.Port(), p.Scale)
	if err := os.WriteFile(filepath.Join(dir, "user.js"), []byte(settings), 0o644); err != nil {
		return shot{}, err
	}
	out := filepath.Join(dir, "shot.png")
	c := exec.CommandContext(ctx, f.path, "--headless", "--no-remote", "--profile", dir, "--screenshot", out,
		fmt.Sprintf("--window-size=%d", p.Width), p.URL)
	c.Env, c.Dir = claimant.Environment(dir), dir
	c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	said, err := c.CombinedOutput()
	if err != nil {
		return shot{}, fmt.Errorf("take picture of %s with firefox: %w: %.300s", p.URL, err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		return shot{}, fmt.Errorf("take picture of %s with firefox: %w", p.URL, err)
	}
	return window(data, p)
}

// window cuts the window out of a picture of the whole page.
func window(data []byte, p pose) (shot, error) {
	whole, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return shot{}, err
	}
	b := whole.Bounds()
	h := min(int(float64(p.Height)*p.Scale), b.Dy())
	top := max(0, int(p.Scroll*(min(float64(b.Dy()), reach*p.Scale)-float64(h))))
	cut := image.NewNRGBA(image.Rect(0, 0, b.Dx(), h))
	draw.Draw(cut, cut.Rect, whole, image.Pt(b.Min.X, b.Min.Y+top), draw.Src)
	var buf bytes.Buffer
	err = png.Encode(&buf, cut)
	return shot{PNG: buf.Bytes()}, err
}
