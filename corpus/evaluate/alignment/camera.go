package alignment

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// camera is the claimants' Chromium: another program and another call than the
// one that makes the captures. It sees the sites through a proxy and nothing
// else.
type camera struct {
	ctx     context.Context
	close   func()
	version string
}

const launchTime = 60 * time.Second // a cold disk and a busy machine

// openCamera starts full Chrome where there is one, else whatever there is.
func openCamera(ctx context.Context, proxy string, noSandbox bool) (*camera, error) {
	inst, err := browser.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
	if err != nil {
		inst, err = browser.Find()
	}
	if err != nil {
		return nil, fmt.Errorf("find a claimant's browser: %w", err)
	}
	dir, cred, err := profile("chromium")
	if err != nil {
		return nil, fmt.Errorf("make a claimant's profile: %w", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(inst.Path), chromedp.UserDataDir(dir),
		chromedp.Flag("no-sandbox", noSandbox),
		chromedp.Flag("proxy-server", proxy),
		chromedp.Flag("proxy-bypass-list", "<-loopback>"),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.NoInheritEnv, chromedp.Env(environment(dir)...),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Pdeathsig: syscall.SIGKILL}
			cmd.Dir = "/"
		}))
	ctx, abort := context.WithCancel(ctx)
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	root, stopRoot := chromedp.NewContext(alloc)
	end := func() { abort(); stopAlloc(); _ = os.RemoveAll(dir) }
	late := time.AfterFunc(launchTime, abort)
	err = chromedp.Do(root)
	if !late.Stop() && err == nil {
		err = context.DeadlineExceeded
	}
	if err != nil {
		end()
		return nil, fmt.Errorf("start a claimant's browser %s: %w", inst.Path, err)
	}
	return &camera{ctx: root, version: inst.Version, close: func() {
		_ = chromedp.Cancel(root)
		stopRoot()
		end()
	}}, nil
}

func environment(home string) []string {
	return []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + home, "TMPDIR=" + home, "LANG=C.UTF-8", "TZ=UTC"}
}

// profile makes a browser's profile and says who runs it: as root somebody
// without rights.
func profile(kind string) (string, *syscall.Credential, error) {
	dir, err := os.MkdirTemp("", "defacecheck-"+kind+"-")
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
