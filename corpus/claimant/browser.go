package claimant

import (
	"context"
	"fmt"
	"os/exec"
	"syscall"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture/browser"
)

// Config says which browser is started and what it may see. The zero value is a
// usual browser that sees the network.
type Config struct {
	Path      string // of the program; "" is full Chrome where there is one, else whatever there is
	NoSandbox bool
	Subpixel  bool           // letters are smoothed for a screen's sub-pixels, as Windows does, and not in grey
	Screen    string         // the X display on which it opens its windows; "" opens none
	Flags     map[string]any // further ones, as chromedp.Flag takes them
}

// Browser is a running browser. It is safe for concurrent use: every tab is a
// chromedp context made from Context.
type Browser struct {
	Context context.Context
	Version string // as the program says
	Profile string // directory; gone after Close
	close   func()
}

// fullBrowsers are what a person browses with; a headless shell is the fallback.
var fullBrowsers = [...]string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// launchTime bounds the start on a cold disk and a busy machine.
const launchTime = 60 * time.Second

// Start starts a browser, which ends with ctx at the latest. Without one the error
// is capture.ErrNoBrowser.
func Start(ctx context.Context, c Config) (*Browser, error) {
	inst, err := find(c.Path)
	if err != nil {
		return nil, fmt.Errorf("find a claimant's browser: %w", err)
	}
	dir, as, err := Profile("claimant")
	if err != nil {
		return nil, fmt.Errorf("start a claimant's browser: %w", err)
	}
	if c.Subpixel {
		if err := smoothForSubpixels(dir); err != nil {
			Remove(dir)
			return nil, fmt.Errorf("start a claimant's browser: %w", err)
		}
	}
	b, err := launch(ctx, dir, c.options(inst.Path, dir, as))
	if err != nil {
		return nil, fmt.Errorf("start a claimant's browser %s: %w", inst.Path, err)
	}
	b.Version = inst.Version
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() { b.close() }

func find(path string) (browser.Installation, error) {
	if path != "" {
		return browser.Find(path)
	}
	inst, err := browser.Find(fullBrowsers[:]...)
	if err != nil {
		return browser.Find()
	}
	return inst, nil
}

func (c Config) options(path, dir string, as *syscall.Credential) []chromedp.ExecAllocatorOption {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.UserDataDir(dir),
		chromedp.Flag("no-sandbox", c.NoSandbox),
		chromedp.Flag("disable-component-update", true),
		// The first two are chromedp's own; a renderer kept ready is never used by
		// tabs that have a browser context each, and takes as long to start.
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,SpareRendererForSitePerProcess"),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.NoInheritEnv,
		chromedp.Env(Environment(dir)...),
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGKILL}
			cmd.Dir = "/"
		}))
	if c.Screen != "" { // windows as people have them: nothing says that a program drives them
		opts = append(opts, chromedp.Env("DISPLAY="+c.Screen), chromedp.Flag("headless", false),
			chromedp.Flag("enable-automation", false), chromedp.Flag("hide-scrollbars", false))
	}
	for name, value := range c.Flags {
		opts = append(opts, chromedp.Flag(name, value))
	}
	return opts
}

// launch starts the browser. Until it has started, chromedp's own cancel
// function waits for a process that may never come (v0.23), so that a start
// which fails is ended from above it.
func launch(ctx context.Context, dir string, opts []chromedp.ExecAllocatorOption) (*Browser, error) {
	ctx, abort := context.WithCancel(ctx)
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	root, stopRoot := chromedp.NewContext(alloc)
	end := func() { abort(); stopAlloc(); Remove(dir) }
	tooLate := time.AfterFunc(launchTime, abort)
	err := chromedp.Do(root)
	if !tooLate.Stop() && err == nil {
		err = context.DeadlineExceeded
	}
	if err != nil {
		end()
		return nil, err
	}
	return &Browser{Context: root, Profile: dir, close: func() {
		_ = chromedp.Cancel(root)
		stopRoot()
		end()
	}}, nil
}
