// Package reusetest makes the pictures that the tests of reuse are about: one defaced page
// in the windows of several victims' browsers, painted by a real browser, and what
// becomes of a picture that is sent on.
package reusetest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"golang.org/x/image/draw"

	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/corpus/claimant"
)

// Width and Height are the size of a window's picture in pixels, and Top and Bottom where the page
// begins and ends in it.
const (
	Width, Height = 1100, 649
	Top, Bottom   = 83, 603
)

// windowHTML is a browser's window on a desktop around a defaced page, in the shapes that
// current browsers have.
const windowHTML = `<!doctype html><meta charset="utf-8"><style>
*{box-sizing:border-box}html,body{margin:0;overflow:hidden}body{font:13px "Liberation Sans",sans-serif;background:#fff;color:#202124}
#tabs{height:41px;background:#dee1e6;display:flex;align-items:flex-end;padding:0 8px}
.tab{height:34px;width:240px;border-radius:10px 10px 0 0;background:#fff;display:flex;align-items:center;gap:8px;padding:0 12px}
.tab i{width:14px;height:14px;border-radius:3px;background:#5f86c4}.tab span{flex:1}
#bar{height:42px;display:flex;align-items:center;gap:12px;padding:0 12px;border-bottom:1px solid #dadce0}
#addr{flex:1;height:30px;border-radius:15px;background:#f1f3f4;display:flex;align-items:center;padding:0 14px;font-size:14px}
#bar svg{width:16px;height:16px;margin:0 4px;fill:none;stroke:currentColor;stroke-width:1.8}
#page{height:520px;background:#0b0b12;color:#e8e8e8;padding:24px 60px;font:17px "Liberation Mono",monospace}
.flag{height:110px;background:repeating-linear-gradient(115deg,#802 0 40px,#fc5 40px 90px,#157 90px 170px)}.words{columns:2}
#page h1{color:#ff5340;font:48px "Liberation Serif",serif;margin:0 0 12px}
#task{height:46px;background:#1d2733;color:#eee;display:flex;align-items:center;gap:16px;padding:0 14px}#task b{width:24px;height:24px;border-radius:5px;background:#4ea3e0}
#task span{margin-left:auto;text-align:right;font-size:12px;line-height:16px}</style>
<div id="tabs"><div class="tab"><i></i><span>Owned</span>&times;</div></div>
<div id="bar"><svg viewBox="0 0 16 16"><path d="M14 8H3m5-5L3 8l5 5"/></svg><svg viewBox="0 0 16 16"><path d="M2 8h11M8 3l5 5-5 5"/></svg><svg viewBox="0 0 16 16"><path d="M13 5A6 6 0 1 0 14 9M13 1v4H9"/></svg><div id="addr">%s</div></div>
<div id="page">%s</div>
<div id="task"><b></b><b></b><b></b><span>%s<br>2025-02-11</span></div>`

const wordsHTML = `<div class="flag"></div><div class="words"><p>Your files were moved to a quiet place by the harbour, and the keys lie where the keys have always been lying.<p>Nothing was broken. Nobody was hurt, the lamps still burn, and the ferry leaves at seven as on every other day.<p>We came in through the door that you left open in May, past the boxes, over the yard and up the second stairs.<p>Greetings to the baker, the ferryman, the night watch of the mill and to all the cats of the town and its islands.<p>Write to us: kite at the old mill, third window from the left, or leave a word with the woman who sells the maps.<p>Next time close the door, feed the cats, read what stands on the wall, and do not name the password like the boat.</div>`

// View is one look at a defaced page.
type View struct {
	Title, Address, Clock string
	Page                  string // its HTML, in place of a headline with the usual words
}

func (v View) html() []byte {
	page := v.Page
	if page == "" {
		page = "<h1>" + v.Title + "</h1>" + wordsHTML
	}
	return fmt.Appendf(nil, windowHTML, v.Address, page, v.Clock)
}

// Shots are pictures of views in a real browser, as PNG. The error wraps
// capture.ErrNoBrowser where there is none.
func Shots(ctx context.Context, views ...View) ([][]byte, error) {
	inst, err := browser.Find()
	if err != nil {
		return nil, err
	}
	dir, as, err := claimant.Profile("reuse")
	if err != nil {
		return nil, err
	}
	defer claimant.Remove(dir)
	var all [][]byte
	for i, v := range views {
		page, out := filepath.Join(dir, "page.html"), filepath.Join(dir, fmt.Sprint(i, ".png"))
		if err := os.WriteFile(page, v.html(), 0o644); err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, inst.Path, "--headless", "--hide-scrollbars", "--user-data-dir="+dir,
			fmt.Sprintf("--window-size=%d,%d", Width, Height), "--screenshot="+out, "file://"+page)
		cmd.Dir, cmd.Env, cmd.WaitDelay = "/", claimant.Environment(dir), 10*time.Second
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
		if said, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("take picture of a window: %w: %s", err, said)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// Recompressed is a picture as a messenger sends it on: a JPEG of that quality (1 to 100), with sides
// that many times as long.
func Recompressed(img image.Image, scale float64, quality int) ([]byte, error) {
	size := img.Bounds().Size()
	small := image.NewRGBA(image.Rect(0, 0, int(scale*float64(size.X)), int(scale*float64(size.Y))))
	draw.CatmullRom.Scale(small, small.Rect, img, img.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality})
	return b.Bytes(), err
}
