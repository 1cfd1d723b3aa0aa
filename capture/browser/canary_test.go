package browser

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/egress"
)

// canary is a server on loopback that no page may reach. It counts TCP
// connections and UDP packets, so that a refused handshake would still tell.
type canary struct {
	addr string
	mu   sync.Mutex
	hits []string
}

func newCanary(t *testing.T) *canary {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &canary{addr: l.Addr().String()}
	udp, err := net.ListenPacket("udp4", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 200)
			_ = conn.SetDeadline(time.Now().Add(time.Second))
			n, _ := conn.Read(buf)
			c.hit("tcp " + string(buf[:n]))
			conn.Close()
		}
	})
	wg.Go(func() {
		buf := make([]byte, 200)
		for {
			n, _, err := udp.ReadFrom(buf)
			if err != nil {
				return
			}
			c.hit(fmt.Sprintf("udp %d bytes", n))
		}
	})
	t.Cleanup(func() { l.Close(); udp.Close(); wg.Wait() })
	return c
}

func (c *canary) hit(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits = append(c.hits, what)
}

func (c *canary) silent(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, hit := range c.hits {
		t.Errorf("the page reached loopback: %.100q", hit)
	}
}

// ways are pages that try to reach the canary, one way a page; CANARY stands
// for its host and port.
func ways() map[string]string {
	worker := func(code string) string {
		return `<script>new Worker(URL.createObjectURL(new Blob([` + "`" + code + "`" + `])))</script>`
	}
	script := func(code string) string { return "<script>" + code + "</script>" }
	return map[string]string{
		"fetch":             script(`fetch('http://CANARY/fetch', {mode: 'no-cors'})`),
		"fetch in a worker": worker(`fetch('http://CANARY/worker', {mode: 'no-cors'})`),
		"importScripts":     worker(`importScripts('http://CANARY/import.js')`),
		"module import":     `<script type=module>import 'http://CANARY/module.js'</script>`,
		"xhr":               script(`const x = new XMLHttpRequest(); x.open('GET', 'http://CANARY/xhr'); x.send()`),
		"picture":           `<img src="http://CANARY/img">`,
		"picture by other spellings": `<img src="http://2130706433:PORT/a"><img src="http://0x7f.1:PORT/b">
			<img src="http://127.1:PORT/c"><img src="http://[::ffff:127.0.0.1]:PORT/d"><img src="http://LOCALHOST:PORT/e">
			<img src="http://localhost.:PORT/f"><img src="http://0.0.0.0:PORT/g"><img src="http://①②⑦.0.0.1:PORT/h">`,
		"frame":                        `<iframe src="http://CANARY/frame"></iframe>`,
		"frame in a frame":             `<iframe srcdoc="<iframe src='http://CANARY/inner'></iframe>"></iframe>`,
		"data frame":                   `<iframe src="data:text/html,<img src=http://CANARY/data>"></iframe>`,
		"object and embed":             `<object data="http://CANARY/object"></object><embed src="http://CANARY/embed">`,
		"style sheet":                  `<link rel=stylesheet href="http://CANARY/style"><style>@import 'http://CANARY/import'; body { background: url(http://CANARY/bg) } @font-face { font-family: x; src: url(http://CANARY/font) } p { font-family: x }</style><p>x`,
		"media":                        `<video src="http://CANARY/video" autoplay muted></video><audio src="http://CANARY/audio" autoplay></audio><video><track default src="http://CANARY/track"></video>`,
		"svg use and filter":           `<svg><image href="http://CANARY/svg"/><use href="http://CANARY/use#x"/></svg>`,
		"websocket":                    script(`new WebSocket('ws://CANARY/socket')`),
		"websocket in a worker":        worker(`new WebSocket('ws://CANARY/socket')`),
		"event source":                 script(`new EventSource('http://CANARY/events')`),
		"beacon":                       script(`navigator.sendBeacon('http://CANARY/beacon', 'x')`),
		"ping":                         `<a id=a href="#x" ping="http://CANARY/ping">x</a>` + script(`document.getElementById('a').click()`),
		"webrtc":                       script(`const p = new RTCPeerConnection({iceServers: [{urls: 'stun:CANARY'}, {urls: 'turn:CANARY?transport=tcp', username: 'u', credential: 'c'}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))`),
		"webrtc to a peer":             script(`(async () => { const p = new RTCPeerConnection(); p.createDataChannel('x'); await p.setLocalDescription(await p.createOffer()); const [h, port] = 'CANARY'.split(':'); const q = new RTCPeerConnection(); q.createDataChannel('x'); await q.setRemoteDescription(p.localDescription); await q.setLocalDescription(await q.createAnswer()); await p.setRemoteDescription(q.localDescription); p.addIceCandidate({candidate: 'candidate:1 1 udp 2113937151 ' + h + ' ' + port + ' typ host', sdpMid: '0'}) })()`),
		"webtransport":                 script(`new WebTransport('https://CANARY/')`),
		"popup":                        script(`window.open('http://CANARY/popup')`),
		"popup through a frame":        `<iframe id=f></iframe>` + script(`document.getElementById('f').contentWindow.open('http://CANARY/popup2')`),
		"clicked link to a new tab":    `<a id=a target=_blank href="http://CANARY/tab">x</a>` + script(`document.getElementById('a').click()`),
		"form":                         `<form id=f action="http://CANARY/form" method=post target=x><input name=a></form><iframe name=x></iframe>` + script(`document.getElementById('f').submit()`),
		"form to a new tab":            `<form id=f action="http://CANARY/form" target=_blank></form>` + script(`document.getElementById('f').submit()`),
		"favicon":                      `<link rel=icon href="http://CANARY/favicon.ico"><link rel=apple-touch-icon href="http://CANARY/touch"><link rel=manifest href="http://CANARY/manifest">`,
		"hints":                        `<link rel=prefetch href="http://CANARY/prefetch"><link rel=preload as=script href="http://CANARY/preload"><link rel=modulepreload href="http://CANARY/mp"><link rel=preconnect href="http://CANARY"><link rel=dns-prefetch href="http://CANARY"><link rel=prerender href="http://CANARY/prerender">`,
		"speculation rules":            `<script type=speculationrules>{"prerender":[{"source":"list","urls":["http://CANARY/rules"]}],"prefetch":[{"source":"list","urls":["http://CANARY/rules2"]}]}</script>`,
		"meta refresh":                 `<meta http-equiv=refresh content="0; url=http://CANARY/refresh">`,
		"location":                     script(`location = 'http://CANARY/location'`),
		"location in a frame":          `<iframe srcdoc="<script>location = 'http://CANARY/location2'</script>"></iframe>`,
		"redirect":                     `<img src="/redirect"><iframe src="/redirect"></iframe>` + script(`fetch('/redirect')`),
		"files and other schemes":      `<iframe src="file:///etc/passwd"></iframe><iframe src="view-source:http://CANARY/"></iframe><img src="ftp://CANARY/x"><iframe src="FILE:///etc/passwd"></iframe><img src="\\CANARY\x">` + script(`location = 'view-source:http://CANARY/vs'`),
		"service worker":               script(`navigator.serviceWorker.register('/sw.js')`),
		"shared worker":                script(`new SharedWorker(URL.createObjectURL(new Blob(["fetch('http://CANARY/shared', {mode: 'no-cors'})"])))`),
		"worklet":                      script(`CSS.paintWorklet && CSS.paintWorklet.addModule('http://CANARY/paint.js'); new AudioContext().audioWorklet.addModule('http://CANARY/audio.js')`),
		"csp report":                   `<meta http-equiv=content-security-policy content="img-src 'none'; report-uri http://CANARY/csp"><img src=/x>`,
		"background fetch":             script(`navigator.serviceWorker.register('/sw.js').then(r => r.backgroundFetch && r.backgroundFetch.fetch('x', ['http://CANARY/bg']))`),
		"late fetch":                   script(`fetch('http://CANARY/keep', {mode: 'no-cors', keepalive: true}); window.fetchLater && fetchLater('http://CANARY/later', {activateAfter: 0}); addEventListener('pagehide', () => navigator.sendBeacon('http://CANARY/hide'))`),
		"xml and xslt":                 `<iframe src="data:text/xml,<?xml-stylesheet href='http://CANARY/xslt' type='text/xsl'?><a/>"></iframe>`,
		"portal and fenced frame":      `<portal src="http://CANARY/portal"></portal><fencedframe></fencedframe>` + script(`try { document.querySelector('fencedframe').config = new FencedFrameConfig('http://CANARY/fenced') } catch (e) {}`),
		"link headers and early hints": `<p>see the header</p>`,
	}
}

func TestNoPageReachesLoopback(t *testing.T) {
	bird := newCanary(t)
	_, port, _ := net.SplitHostPort(bird.addr)
	fill := func(s string) string {
		return strings.NewReplacer("CANARY", bird.addr, "PORT", port).Replace(s)
	}
	pages := make(map[string]string)
	srv := httptest.NewUnstartedServer(nil)
	at := netip.MustParseAddrPort(srv.Listener.Addr().String())
	base := fmt.Sprintf("http://town.example:%d", at.Port())
	src := shelf{}
	var names []string
	for name, page := range ways() {
		path := fmt.Sprintf("/way%d", len(names))
		names = append(names, name)
		pages[path] = fill("<!doctype html><title>" + name + "</title>" + page)
		src[base+path] = record("text/html", pages[path])
	}
	sw := fill(`fetch('http://CANARY/sw', {mode: 'no-cors'}); importScripts('http://CANARY/swimport')`)
	src[base+"/sw.js"] = record("text/javascript", sw)
	src[base+"/redirect"] = capture.Record{Status: 302, Header: http.Header{"Location": {"http://" + bird.addr + "/redirected"}}}

	srv.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", fill(`<http://CANARY/link>; rel=preload; as=style, <http://CANARY>; rel=preconnect`))
		switch body, ok := pages[r.URL.Path]; {
		case r.URL.Path == "/redirect":
			http.Redirect(w, r, "http://"+bird.addr+"/redirected", http.StatusFound)
		case r.URL.Path == "/sw.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, sw)
		case ok:
			html(body)(w, r)
		default:
			http.NotFound(w, r)
		}
	})
	srv.Start()
	defer srv.Close()
	gate, err := egress.New(egress.Config{Resolve: []egress.Override{{Host: "town.example", Port: at.Port(), Addr: at.Addr()}}})
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, Config{Gateway: gate, Budgets: Budgets{Navigate: 15 * time.Second, Settle: time.Second}})
	for _, source := range []capture.Source{nil, src} {
		var wg sync.WaitGroup
		for path := range pages {
			wg.Go(func() {
				c := see(t, b, capture.Request{URL: base + path, Source: source, At: march})
				if len(c.Requests) == 0 {
					t.Errorf("%s was not loaded at all: %s", path, c.Reason)
				}
			})
		}
		wg.Wait()
	}
	time.Sleep(200 * time.Millisecond) // for packets on their way
	bird.silent(t)
	t.Logf("%d ways, live and archived", len(names))

	// The same pages with a gateway that lets loopback through: if they did not
	// reach the canary now, the silence above would prove nothing.
	free := start(t, Config{Gateway: loopback(t), Budgets: Budgets{Navigate: 15 * time.Second, Settle: time.Second}})
	var wg sync.WaitGroup
	for path := range pages {
		wg.Go(func() {
			see(t, free, capture.Request{URL: "http://127.0.0.1:" + fmt.Sprint(at.Port()) + path})
		})
	}
	wg.Wait()
	if n := bird.count(); n < len(names)/2 {
		t.Errorf("only %d hits when loopback is allowed: the pages do not try", n)
	}
}

func (c *canary) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.hits)
}
