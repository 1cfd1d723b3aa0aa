package verify_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/browser"
	"github.com/defacecheck/defacecheck/capture/capturetest"
	"github.com/defacecheck/defacecheck/capture/egress"
	"github.com/defacecheck/defacecheck/capture/witness"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/picture"
)

const council = `<!doctype html><title>Council</title>
<style>body{font:18px/1.5 sans-serif;margin:0;background:#f4f1ea} header{background:#24506b;color:#fff;padding:30px 60px;font-size:34px}
 main{padding:30px 60px;columns:2;column-gap:60px} p{margin:0 0 16px}</style>
<header>Council of the lower valley</header><main>
<p>The bridge at the mill is closed from Monday to Thursday while its planks are replaced. The detour leads over the weir.</p>
<p>Minutes of the spring meeting are now in the reading room. Objections may be handed in until the end of the month.</p>
<p>The ferry runs again on Sundays, every half hour from nine in the morning, and takes bicycles but no carts.</p>
<p>Firewood lots seven to nineteen are drawn on Friday in the barn behind the school. Bring your own chalk.</p>
<p>The library opens late on Wednesdays. A collection of pressed flowers from the high meadow is on show until July.</p>
<p>Lost: a brass key with a green ribbon, between the well and the bakery. Found: one boot, left, rather small.</p></main>`

// stand serves pages under town.example and returns witnesses that reach them.
func stand(t *testing.T, pages map[string]capturetest.Page) (*witness.Stand, *capturetest.Site) {
	t.Helper()
	if _, err := browser.Find(); err != nil {
		t.Skip("no browser:", err)
	}
	site, err := capturetest.NewSite(capturetest.SiteConfig{Host: "town.example", Pages: pages})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	override, err := egress.ParseOverride(site.Resolve())
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.Open(witness.Config{Egress: egress.Config{Resolve: []egress.Override{override}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w, site
}

func blank(t *testing.T, size image.Point) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rectangle{Max: size})
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func claimOf(data []byte, url string) verify.Claim {
	now := time.Now().UTC()
	return verify.Claim{Picture: data, Name: "p.png", URL: url, ClaimedAt: verify.Span{From: now.Add(-time.Hour), To: now}, ReadAt: now}
}

// shot is a picture of the page in a window other than the judge's own.
func shot(t *testing.T, w *witness.Stand, url string) []byte {
	t.Helper()
	c, err := w.Live(t.Context(), capture.Request{URL: url, Viewport: capture.Viewport{Width: 1280, Height: 640, Scale: 1}})
	if err != nil || c.Validity != capture.OK {
		t.Fatalf("%+v %v", c, err)
	}
	return c.First
}

func TestAPictureOfThePageAsItIsNowIsSupported(t *testing.T) {
	w, site := stand(t, map[string]capturetest.Page{"/": capturetest.HTML(council)})
	data := shot(t, w, site.URL("/"))
	var steps []verify.Step
	j, err := verify.Judge(t.Context(), claimOf(data, site.URL("/")), w, verify.Options{
		Live: true, Browser: w.Version, Progress: func(s verify.Step) { steps = append(steps, s) },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := j.Result
	if r.Verdict.Word != verify.Supported || r.Captures[0].State != verify.Same || len(j.Exhibits) != 1 || j.Exhibits[0].View == nil {
		t.Errorf("%+v\n%+v", r.Verdict, r.Captures)
	}
	if last := steps[len(steps)-1]; last.Done != last.Total {
		t.Errorf("the progress ends at %d of %d", last.Done, last.Total)
	}
	if r.Versions.Browser == "" || r.Versions.ModelDigest == "" || r.Versions.Methods["witness"] == "" {
		t.Errorf("versions: %+v", r.Versions)
	}
}

func TestARewrittenLineIsSeenWhereverItStands(t *testing.T) {
	w, site := stand(t, nil)
	for _, down := range []string{"8", "24"} {
		body := strings.Replace(council, "padding:30px 60px;font-size", "padding:30px 60px;margin-bottom:"+down+"px;font-size", 1)
		forged := strings.Replace(body, "The ferry runs again on Sundays, every half hour from nine", "This page was taken over by the paper kites last night at ten", 1)
		site.SetPages(map[string]capturetest.Page{"/": capturetest.HTML(body), "/forged": capturetest.HTML(forged)})
		data := shot(t, w, site.URL("/forged"))
		j, err := verify.Judge(t.Context(), claimOf(data, site.URL("/")), w, verify.Options{Live: true})
		if err != nil {
			t.Fatal(err)
		}
		if c := j.Result.Captures[0]; c.State == verify.Same || c.State == verify.Other {
			t.Errorf("moved down by %s px, the forged line is %q: %s", down, c.State, c.StateReason)
		}
	}
}

func TestAPictureOfAnotherPageFindsNothingAndSettlesNothing(t *testing.T) {
	w, site := stand(t, map[string]capturetest.Page{
		"/":  capturetest.HTML(council),
		"/x": capturetest.HTML(`<body style="background:#000;color:#0f0;font:60px monospace;text-align:center"><h1>Owned</h1><p>greetings to all the kites and to the wind that carries them over your fence tonight</p><hr><p>we were here</p>`),
	})
	data := shot(t, w, site.URL("/x"))
	j, err := verify.Judge(t.Context(), claimOf(data, site.URL("/")), w, verify.Options{Live: true})
	if err != nil {
		t.Fatal(err)
	}
	if v := j.Result.Verdict; v.Word != verify.Inconclusive || v.Answer != verify.Judged || v.Log10LR != 0 {
		t.Errorf("%+v", v)
	}
}

func TestABlankPictureMatchesNothingNotEvenABlankPage(t *testing.T) {
	w, site := stand(t, map[string]capturetest.Page{"/": capturetest.HTML("<body></body>")})
	j, err := verify.Judge(t.Context(), claimOf(blank(t, image.Pt(800, 600)), site.URL("/")), w, verify.Options{Live: true})
	if err != nil {
		t.Fatal(err)
	}
	if v := j.Result.Verdict; v.Word != verify.Inconclusive || v.Answer != verify.PageNotSeen {
		t.Errorf("%+v", v)
	}
	if j.Result.Claim.Hashes.Informative {
		t.Error("a blank picture's hashes are called informative")
	}
}

func TestAPageThatDoesNotAnswerIsAResultAndNoError(t *testing.T) {
	w, site := stand(t, nil)
	site.Close()
	j, err := verify.Judge(t.Context(), claimOf(blank(t, image.Pt(800, 600)), site.URL("/")), w, verify.Options{Live: true})
	if err != nil {
		t.Fatal(err)
	}
	if j.Result.Verdict.Answer != verify.PageNotSeen || j.Result.Captures[0].Validity != capture.Unreachable {
		t.Errorf("%+v", j.Result.Verdict)
	}
}

func TestWhatKeepsAClaimFromBeingJudgedIsAnError(t *testing.T) {
	none, err := witness.Open(witness.Config{Browser: browser.Config{Path: "/nonexistent/chrome"}})
	if err != nil {
		t.Fatal(err)
	}
	defer none.Close()
	good := claimOf(blank(t, image.Pt(80, 60)), "http://town.example/")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx   context.Context
		claim verify.Claim
		opts  verify.Options
		want  error
	}{
		"no browser":       {t.Context(), good, verify.Options{Live: true}, capture.ErrNoBrowser},
		"not a picture":    {t.Context(), claimOf([]byte("hello"), "http://town.example/"), verify.Options{Live: true}, picture.ErrNotPicture},
		"interrupted":      {ended, good, verify.Options{Live: true}, context.Canceled},
		"impossible prior": {t.Context(), good, verify.Options{Prior: 1}, verify.ErrPrior},
	} {
		if _, err := verify.Judge(c.ctx, c.claim, none, c.opts); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
