package browser

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// varied serves n pages of mixed kinds at /0 to /n-1, the same ones every
// time: columns of text, tables, pictures, gradients, long pages, scripts that
// build the page, framed pages.
func varied(t testing.TB) *httptest.Server {
	t.Helper()
	var mu sync.Mutex
	drawn := make(map[uint64][]byte) // so that drawing is not measured
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n uint64
		switch {
		case strings.HasPrefix(r.URL.Path, "/picture/"):
			fmt.Sscanf(r.URL.Path, "/picture/%d", &n)
			w.Header().Set("Content-Type", "image/png")
			mu.Lock()
			if drawn[n] == nil {
				drawn[n] = picture(n)
			}
			shown := drawn[n]
			mu.Unlock()
			w.Write(shown)
		case strings.HasPrefix(r.URL.Path, "/style/"):
			fmt.Sscanf(r.URL.Path, "/style/%d", &n)
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, styleOf(n))
		default:
			if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err != nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, variedPage(n))
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func picture(n uint64) []byte {
	rng := rand.New(rand.NewPCG(n, 1))
	img := image.NewRGBA(image.Rect(0, 0, 200+int(n%5)*80, 150+int(n%3)*60))
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			img.SetRGBA(x, y, color.RGBA{uint8(x + int(n)*7), uint8(y * 2), uint8(rng.IntN(64)), 255})
		}
	}
	var buf bytes.Buffer
	_ = png.Encode(&buf, img)
	return buf.Bytes()
}

func styleOf(n uint64) string {
	return fmt.Sprintf(`body { font: %dpx/1.5 %s; margin: 0 %dpx; color: #%06x }
		.bar { background: linear-gradient(90deg, #%06x, #%06x); padding: 20px; color: white }
		.columns { columns: %d; column-gap: 30px } table { border-collapse: collapse }
		td { border: 1px solid #999; padding: 4px 8px } .fade { animation: in 2s; transition: all 1s }
		@keyframes in { from { opacity: 0 } to { opacity: 1 } }
		.card { box-shadow: 0 2px 8px #0006; border-radius: 8px; padding: 12px; margin: 12px; display: inline-block; width: 250px }`,
		13+n%5, []string{"serif", "sans-serif", "monospace"}[(n+n/6)%3], 20+n%4*30, n*0x30201%0x606060,
		n*0x123457%0xffffff, n*0x654321%0xffffff, 1+n%4)
}

var stock = strings.Fields(`the council meets on tuesday in the hall behind the old market and
	everybody is welcome water will be turned off in the lower town between eight and noon please
	keep buckets ready school begins after the harvest feast new books have come to the library`)

func words(rng *rand.Rand, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = stock[rng.IntN(len(stock))]
	}
	return strings.Join(out, " ") + ". "
}

func variedPage(n uint64) string {
	rng := rand.New(rand.NewPCG(n, 2))
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang=en><title>Page %d</title><link rel=stylesheet href=/style/%d>
		<div class=bar><h1>Town of page %d</h1></div>`, n, n, n)
	switch n % 6 {
	case 0: // columns of text
		b.WriteString(`<div class=columns>`)
		for range 12 {
			fmt.Fprintf(&b, "<p>%s</p>", words(rng, 90))
		}
		b.WriteString(`</div>`)
	case 1: // a long table
		b.WriteString(`<table>`)
		for i := range 80 {
			fmt.Fprintf(&b, "<tr><td>%d<td>%s<td>%s<td>%d</tr>", i, words(rng, 4), words(rng, 7), rng.IntN(10000))
		}
		b.WriteString(`</table>`)
	case 2: // pictures
		for i := range 12 {
			fmt.Fprintf(&b, `<div class=card><img src="/picture/%d" width=240><p>%s</p></div>`, n*100+uint64(i), words(rng, 15))
		}
	case 3: // built by script, with fades and a clock
		fmt.Fprintf(&b, `<p id=clock></p><div id=list class=fade></div><script>
			const list = document.getElementById('list');
			for (let i = 0; i < 150; i++) { const p = document.createElement('p');
				p.textContent = i + ' ' + Math.random() + ' %s'; list.append(p) }
			setInterval(() => { document.getElementById('clock').textContent = new Date().toString() }, 200);
			</script>`, words(rng, 20))
	case 4: // a long page with late pictures
		for i := range 25 {
			fmt.Fprintf(&b, `<h2>%s</h2><p>%s</p>`, words(rng, 4), words(rng, 120))
			if i%5 == 4 {
				fmt.Fprintf(&b, `<img loading=lazy src="/picture/%d">`, n*100+uint64(i))
			}
		}
	case 5: // gradients and cards
		for range 30 {
			fmt.Fprintf(&b, `<div class="card fade" style="background:radial-gradient(#%06x,#%06x)"><h3>%s</h3>%s</div>`,
				rng.IntN(0xffffff), rng.IntN(0xffffff), words(rng, 3), words(rng, 30))
		}
	}
	return b.String() + "<hr>end of page"
}
