package synth

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net/netip"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// camera takes the claimants' pictures. It is a browser of its own, started by
// chromedp and not by package browser, so that a picture and a capture never
// share a call.
type camera struct {
	ctx    context.Context
	cancel func()
	dir    string
}

// fullBrowsers are what a person browses with; a headless shell is the fallback.
var fullBrowsers = [...]string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// launchTime bounds the start of the camera on a cold disk and a busy machine.
const launchTime = 30 * time.Second

// openCamera starts the browser at execPath, or a usual one, which finds the
// sites of the set at addr and nothing else.
func openCamera(ctx context.Context, execPath string, noSandbox bool, addr netip.Addr) (*camera, error) {
	execPath, err := findCamera(execPath)
	if err != nil {
		return nil, err
	}
	dir, cred, err := cameraProfile()
	if err != nil {
		return nil, fmt.Errorf("make camera profile: %w", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(execPath),
		chromedp.UserDataDir(dir),
		chromedp.Flag("no-sandbox", noSandbox),
		chromedp.Flag("host-resolver-rules", fmt.Sprintf("MAP %s %s, MAP %s %s, MAP * ~NOTFOUND, EXCLUDE %s", TownHost, addr, ClubHost, addr, addr)),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.NoInheritEnv,
		chromedp.Env("PATH=/usr/local/bin:/usr/bin:/bin", "HOME="+dir, "TMPDIR="+dir, "LANG=C.UTF-8", "TZ=UTC"),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Pdeathsig: syscall.SIGKILL}
			cmd.Dir = "/"
		}),
	)
	return launch(ctx, execPath, dir, opts)
}

// launch starts the browser. Until it has started, chromedp's own cancel
// function waits for a process that may never come (v0.23), so that a start
// which fails is ended from above it.
func launch(ctx context.Context, execPath, dir string, opts []chromedp.ExecAllocatorOption) (*camera, error) {
	ctx, abort := context.WithCancel(ctx)
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	root, stopRoot := chromedp.NewContext(alloc)
	end := func() { abort(); stopAlloc(); removeProfile(dir) }
	tooLate := time.AfterFunc(launchTime, abort)
	err := chromedp.Do(root)
	if !tooLate.Stop() && err == nil {
		err = context.DeadlineExceeded
	}
	if err != nil {
		end()
		return nil, fmt.Errorf("start camera %s: %w", execPath, err)
	}
	return &camera{ctx: root, dir: dir, cancel: func() {
		_ = chromedp.Cancel(root)
		stopRoot()
		end()
	}}, nil
}

// removeProfile deletes the profile. Helpers of the browser outlive it by a
// moment and may still write there, hence several tries.
func removeProfile(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func findCamera(execPath string) (string, error) {
	if execPath != "" {
		inst, err := browser.Find(execPath)
		return inst.Path, err
	}
	inst, err := browser.Find(fullBrowsers[:]...)
	if err != nil {
		inst, err = browser.Find()
	}
	return inst.Path, err
}

// cameraProfile makes the profile and says who runs the browser: as root
// somebody without rights, since the sandbox does not start as root.
func cameraProfile() (string, *syscall.Credential, error) {
	dir, err := os.MkdirTemp("", "defacecheck-camera-")
	if err != nil || os.Geteuid() != 0 {
		return dir, nil, err
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return dir, nil, errors.Join(err, os.RemoveAll(dir))
	}
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
		return dir, nil, errors.Join(err, os.RemoveAll(dir))
	}
	return dir, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func (c *camera) close() { c.cancel() }

// pose is how a picture is taken.
type pose struct {
	url           string
	width, height int       // CSS pixels of the content area
	scale         float64   // device pixels per CSS pixel
	mobile        bool      // a telephone's viewport rules
	scrollY       int       // CSS pixels
	clock         time.Time // what the page is told the time is
	edit          string    // script run when the page stands still: the developer tools
}

// shot is a picture and where the news stand in it.
type shot struct {
	file []byte // PNG as the browser wrote it
	img  image.Image
	news image.Rectangle // device pixels of the picture; empty when there are none
}

// deviceRect scales a rectangle of CSS pixels to whole device pixels.
func deviceRect(x, y, w, h, scale float64) image.Rectangle {
	round := func(v float64) int { return int(v*scale + 0.5) }
	return image.Rect(round(x), round(y), round(x+w), round(y+h))
}

// addressOf is what an address bar shows of a URL.
func addressOf(url string) string {
	return strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/")
}
