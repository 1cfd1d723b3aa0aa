package claimant

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestABrowserShowsAPageAndLeavesNoProfile(t *testing.T) {
	if _, err := browser.Find(); err != nil {
		t.Skipf("skipped: %v", err)
	}
	b, err := Start(t.Context(), Config{Flags: map[string]any{"host-resolver-rules": "MAP * ~NOTFOUND"}})
	if err != nil {
		t.Fatal(err)
	}
	tab, stop := chromedp.NewContext(b.Context, chromedp.WithNewBrowserContext())
	defer stop()
	if err := chromedp.Do(tab, chromedp.Navigate("data:text/html,<title>kite</title>")); err != nil {
		t.Error(err)
	}
	if title, err := chromedp.Run(tab, chromedp.Evaluate[string]("document.title")); err != nil || title != "kite" {
		t.Errorf("title %q, error %v", title, err)
	}
	if _, err := os.Stat(b.Profile); err != nil {
		t.Errorf("an open browser has no profile: %v", err)
	}
	b.Close()
	if _, err := os.Stat(b.Profile); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a closed browser leaves %s: %v", b.Profile, err)
	}
}

func TestLettersAreSmoothedForSubPixelsWhereAskedFor(t *testing.T) {
	if _, err := browser.Find(); err != nil {
		t.Skipf("skipped: %v", err)
	}
	for _, subpixel := range []bool{false, true} {
		b, err := Start(t.Context(), Config{Subpixel: subpixel, Flags: map[string]any{"host-resolver-rules": "MAP * ~NOTFOUND"}})
		if err != nil {
			t.Fatal(err)
		}
		tab, stop := chromedp.NewContext(b.Context, chromedp.WithNewBrowserContext())
		err = chromedp.Do(tab, chromedp.Navigate("data:text/html,<h1>The harbour is open"))
		shot, failed := chromedp.Run(tab, chromedp.CaptureScreenshot())
		stop()
		b.Close()
		if err := errors.Join(err, failed); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(shot))
		if err != nil {
			t.Fatal(err)
		}
		if n := coloured(img); (n > 50) != subpixel {
			t.Errorf("for sub-pixels %t: %d coloured pixels", subpixel, n)
		}
	}
}

// coloured counts the pixels that are not grey.
func coloured(img image.Image) (n int) {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, bl, _ := img.At(x, y).RGBA(); max(r, g, bl)-min(r, g, bl) > 20<<8 {
				n++
			}
		}
	}
	return n
}

func TestABrowserThatIsNotThereIsANamedErrorAndLeavesNothing(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	if _, err := Start(context.Background(), Config{Path: filepath.Join(tmp, "no-chrome")}); !errors.Is(err, capture.ErrNoBrowser) {
		t.Errorf("error %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestAProgramThatIsNoBrowserIsGivenUpAndLeavesNoProfile(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	program := filepath.Join(tmp, "chrome")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho Chromium 1.2.3.4\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(t.Context(), Config{Path: program}); err == nil {
		t.Error("a script that ends at once was taken for a browser")
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "defacecheck-*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestABrowserGetsNothingOfOurEnvironment(t *testing.T) {
	t.Setenv("SECRET_OF_OURS", "kite")
	env := Environment("/home/of/it")
	if strings.Contains(strings.Join(env, " "), "kite") || !slices.Contains(env, "HOME=/home/of/it") {
		t.Errorf("environment %v", env)
	}
}
