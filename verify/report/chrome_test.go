package report

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/verify"
)

// chromePath finds a Chrome, or skips the test.
func chromePath(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium-headless-shell", "chromium", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	t.Skip("no Chrome is installed: the report is not opened in one")
	return ""
}

// openChrome starts Chrome with its sandbox on; as root it runs as nobody,
// because the sandbox refuses root.
func openChrome(t *testing.T) context.Context {
	t.Helper()
	path := chromePath(t)
	profile := readableDir(t)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.UserDataDir(profile), chromedp.Flag("no-sandbox", false), chromedp.Flag("disable-dev-shm-usage", true))
	if os.Getuid() == 0 {
		cred := nobody(t)
		if err := os.Chown(profile, int(cred.Uid), int(cred.Gid)); err != nil {
			t.Fatal(err)
		}
		opts = append(opts, chromedp.Env("HOME="+profile), chromedp.ModifyCmdFunc(func(c *exec.Cmd) {
			c.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Pdeathsig: syscall.SIGKILL}
		}))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	ctx, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(stopAlloc)
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Skipf("Chrome does not start here: %v", err)
	}
	t.Cleanup(func() { _ = chromedp.Cancel(ctx) })
	return ctx
}

func nobody(t *testing.T) *syscall.Credential {
	t.Helper()
	u, err := user.Lookup("nobody")
	if err != nil {
		t.Skipf("Chrome's sandbox refuses root, and there is no user nobody: %v", err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
}

// readableDir is a temporary directory that another user can enter, which
// t.TempDir is not.
func readableDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "report-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pageFacts is a page as a reader's browser has it.
type pageFacts struct {
	ScrollWidth, InnerWidth, Images, Broken int
	Widest                                  string
	Requests                                int
}

const measurePage = `(() => {
  const imgs = [...document.images], iw = document.documentElement.clientWidth;
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > iw + 1);
  return {ScrollWidth: document.documentElement.scrollWidth, InnerWidth: window.innerWidth, Images: imgs.length,
    Broken: imgs.filter(i => !i.complete || i.naturalWidth === 0).length,
    Widest: wide.length ? wide[0].tagName + '.' + wide[0].getAttribute('class') : '',
    Requests: performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length};
})()`

func TestTheReportFitsPhoneAndDeskInChrome(t *testing.T) {
	ctx := openChrome(t)
	dir := readableDir(t)
	unseen := &verify.Judgement{Result: pageNotSeen(), Picture: defaced(t)}
	for name, j := range map[string]*verify.Judgement{"sample": sampleJudgement(t), "hostile": hostileJudgement(t), "unseen": unseen} {
		file := written(t, dir, name, j)
		for _, v := range []struct {
			width  int64
			scheme string
		}{{360, "light"}, {1280, "light"}, {1280, "dark"}} {
			t.Run(fmt.Sprintf("%s at %d pixels, %s", name, v.width, v.scheme), func(t *testing.T) {
				got, messages := look(t, ctx, file, name, v.width, v.scheme)
				if got.ScrollWidth > got.InnerWidth || got.Widest != "" {
					t.Errorf("page is %d wide in a window of %d; first to stick out: %s", got.ScrollWidth, got.InnerWidth, got.Widest)
				}
				if got.Images == 0 || got.Broken != 0 {
					t.Errorf("%d of %d pictures did not load", got.Broken, got.Images)
				}
				if got.Requests != 0 || len(messages) != 0 {
					t.Errorf("page asked for %d resources and said %q", got.Requests, messages)
				}
			})
		}
	}
}

func written(t *testing.T, dir, name string, j *verify.Judgement) string {
	t.Helper()
	d := filepath.Join(dir, name)
	if err := WriteDir(d, j); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(d, HTMLName)
}

// look opens the file and returns what the browser makes of it and says.
func look(t *testing.T, parent context.Context, file, name string, width int64, scheme string) (pageFacts, []string) {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})); err != nil {
		t.Fatal(err)
	}
	console := make(chan []string, 1)
	said := chromedp.Console(ctx)
	go func() {
		var all []string
		for m, err := range said {
			if err == nil {
				all = append(all, m.String())
			}
		}
		console <- all
	}()
	if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[pageFacts](measurePage))
	if err != nil {
		t.Fatal(err)
	}
	saveShot(t, ctx, fmt.Sprintf("%s-%d-%s.png", name, width, scheme))
	cancel() // ends the stream of messages
	return got, <-console
}

func saveShot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if *shots == "" {
		return
	}
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*shots, name), b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestTheLookInChromeNoticesABadPage(t *testing.T) {
	ctx := openChrome(t)
	file := filepath.Join(readableDir(t), "bad.html")
	page := `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:">
<p style="width:900px">wide</p><img src="http://127.0.0.1:9/x.png" alt=""><script>document.title = "ran"</script>`
	if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	got, messages := look(t, ctx, file, "bad", 360, "light")
	if got.Broken != 1 || len(messages) < 2 {
		t.Errorf("a page that breaks its own policy gives %+v and %q", got, messages)
	}
}
