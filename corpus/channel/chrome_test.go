package channel_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus/channel"
	"github.com/defacecheck/defacecheck/corpus/claimant"
	"github.com/defacecheck/defacecheck/verify"
)

// looked is a page as a reader's browser has it.
type looked struct {
	ScrollWidth, InnerWidth, Images, Broken, Requests int
	Widest                                            string
}

const measure = `(() => {
  const iw = document.documentElement.clientWidth, imgs = [...document.images].map(i => { i.loading = 'eager'; return i; });
  const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > iw + 1);
  return {ScrollWidth: document.documentElement.scrollWidth, InnerWidth: window.innerWidth, Images: imgs.length,
    Broken: imgs.filter(i => i.complete && i.naturalWidth === 0).length,
    Widest: wide.length ? wide[0].tagName + '.' + wide[0].getAttribute('class') : '',
    Requests: performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).length};
})()`

func TestThePageFitsPhoneAndDeskInChrome(t *testing.T) {
	b, err := claimant.Start(t.Context(), claimant.Config{})
	if errors.Is(err, capture.ErrNoBrowser) {
		t.Skip("skipped: no browser is installed: the page is not opened in one")
	}
	if err != nil {
		t.Skipf("skipped: the browser does not start here: %v", err)
	}
	defer b.Close()
	dir, err := os.MkdirTemp("", "channel-test-") // a browser of another user must enter it
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	hostile, named := hostileRecords()
	pictures := func(_ context.Context, sha256 string) (image.Image, error) { return scene(int(sha256[0])), nil }
	all := sample()
	related := copies(all)
	for n, r := range []verify.Relation{verify.SamePage, verify.CannotTell, verify.Unexamined} {
		related[[2]string{all[2].Picture.SHA256, all[3+n].Picture.SHA256}] = r
		related[[2]string{all[8].Picture.SHA256, all[9+n].Picture.SHA256}] = verify.SameScreenshot
	}
	for name, s := range map[string]*channel.Study{
		"sample":  study(t, channel.Options{Program: "defacecheck test", Grouper: related, Ranks: strings.NewReader("17,site-11.test\n99,site-16.test\n")}, all...),
		"hostile": study(t, channel.Options{Channel: named, Program: "defacecheck test"}, hostile...),
	} {
		file := filepath.Join(dir, name+".html")
		text := page(t, s, channel.View{Pictures: pictures, Link: func(id string) string { return "../reports/" + id + "/report.html" }})
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{360, 1280} {
			got := look(t, b.Context, file, fmt.Sprintf("%s-%d.png", name, width), width)
			if got.ScrollWidth > got.InnerWidth || got.Widest != "" {
				t.Errorf("%s: page is %d wide in a window of %d; first to stick out: %s", name, got.ScrollWidth, got.InnerWidth, got.Widest)
			}
			if got.Images == 0 || got.Broken != 0 || got.Requests != 0 {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}

func look(t *testing.T, parent context.Context, file, name string, width int64) looked {
	t.Helper()
	ctx, cancel := chromedp.NewContext(parent)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate("file://"+file)); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[looked](measure))
	if err != nil {
		t.Fatal(err)
	}
	if *shots != "" {
		shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err == nil {
			err = os.WriteFile(filepath.Join(*shots, name), shot, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return got
}
