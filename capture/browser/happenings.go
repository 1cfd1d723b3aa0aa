package browser

import (
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"

	"github.com/defacecheck/defacecheck/capture"
)

// committed notes that the main frame shows another document now.
func (r *recorder) committed(f *cdp.Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f.LoaderID == r.loader {
		return
	}
	r.frame, r.loader, r.url = f.ID, f.LoaderID, f.URL+f.URLFragment
	r.commits++
	r.isLoaded = false
	r.active = time.Now()
}

func (r *recorder) loaded(loader cdp.LoaderID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if loader == r.loader && r.commits > 0 {
		r.isLoaded = true
		r.active = time.Now()
	}
}

// dialog keeps a dialog and returns how many there have been.
func (r *recorder) dialog(e *page.EventJavascriptDialogOpening) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if len(r.dialogs) < r.limits.Dialogs {
		r.dialogs = append(r.dialogs, capture.Dialog{Kind: string(e.Type), Text: clip(e.Message, maxDialogText)})
	}
	return r.asked
}

// maxDialogText keeps a page from filling the report with one alert.
const maxDialogText = 2000

// child counts the frames or the workers that have a process of their own.
func (r *recorder) child(kind string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.children[kind]++
	return r.children[kind]
}

// quiet reports whether the document has loaded, and whether the network has
// been silent for the given time.
func (r *recorder) quiet(d time.Duration) (loaded, silent bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.isLoaded, r.pending == 0 && time.Since(r.active) >= d
}
