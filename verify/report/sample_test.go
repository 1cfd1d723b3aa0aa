package report

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// The size of the sample pictures and of their tiles, in pixels.
const (
	sampleW, sampleH = 1024, 640
	sampleTile       = 32
)

// brush writes words into a picture.
type brush struct {
	t   testing.TB
	img *image.NRGBA
}

func (b brush) fill(r image.Rectangle, c color.Color) {
	draw.Draw(b.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func (b brush) text(x, y int, size float64, bold bool, c color.Color, s string) {
	b.t.Helper()
	ttf := goregular.TTF
	if bold {
		ttf = gobold.TTF
	}
	f, err := opentype.Parse(ttf)
	if err != nil {
		b.t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		b.t.Fatal(err)
	}
	d := font.Drawer{Dst: b.img, Src: image.NewUniform(c), Face: face, Dot: fixed.P(x, y)}
	d.DrawString(s)
}

// townPage draws the ordinary page of a small town.
func townPage(t testing.TB) *image.NRGBA {
	b := brush{t, image.NewNRGBA(image.Rect(0, 0, sampleW, sampleH))}
	ink, grey := color.NRGBA{30, 40, 50, 255}, color.NRGBA{90, 100, 110, 255}
	b.fill(b.img.Rect, color.White)
	b.fill(image.Rect(0, 0, sampleW, 90), color.NRGBA{36, 84, 64, 255})
	b.text(40, 56, 34, true, color.White, "Town of Aldermere")
	for i, s := range []string{"Home", "Council", "Services", "Library", "Contact"} {
		b.text(480+i*105, 54, 18, false, color.White, s)
	}
	b.text(40, 150, 26, true, ink, "Winter opening hours of the town hall")
	for i := range 7 {
		b.text(40, 190+i*26, 17, false, grey, "From November the counters open at nine and close at four, Fridays at one.")
	}
	b.text(40, 410, 26, true, ink, "New footbridge over the Mere")
	for i := range 6 {
		b.text(40, 450+i*26, 17, false, grey, "The council has chosen the oak design; building begins after the flood season.")
	}
	b.fill(image.Rect(720, 130, 990, 330), color.NRGBA{196, 214, 220, 255})
	b.fill(image.Rect(720, 250, 990, 330), color.NRGBA{110, 150, 120, 255})
	b.text(720, 380, 18, true, ink, "Today in Aldermere")
	b.text(720, 410, 16, false, grey, "4 degrees, light rain")
	return b.img
}

// defaced draws the page with the middle replaced, as a vandal would.
func defaced(t testing.TB) *image.NRGBA {
	b := brush{t, townPage(t)}
	b.fill(image.Rect(32, 128, 704, 384), color.Black)
	b.text(120, 230, 52, true, color.NRGBA{60, 220, 90, 255}, "HACKED BY NOBODY")
	b.text(120, 290, 24, false, color.NRGBA{60, 220, 90, 255}, "your security is a joke")
	b.fill(image.Rect(720, 384, 990, 420), color.White)
	b.text(720, 410, 16, false, color.NRGBA{90, 100, 110, 255}, "11 degrees, sunny spells")
	return b.img
}

// reach returns img with the lowest part transparent, as where a capture ends.
func reach(img *image.NRGBA) *image.NRGBA {
	draw.Draw(img, image.Rect(0, sampleH-96, sampleW, sampleH), image.Transparent, image.Point{}, draw.Src)
	return img
}

// sampleTiles marks the replaced part, the weather as varying by itself, and
// the rest by whether the page has content there.
func sampleTiles(img *image.NRGBA, changed image.Rectangle) []verify.Tile {
	var ts []verify.Tile
	weather := image.Rect(704, 384, 1024, 448)
	for y := 0; y < sampleH; y += sampleTile {
		for x := 0; x < sampleW; x += sampleTile {
			r := image.Rect(x, y, x+sampleTile, y+sampleTile)
			s := verify.TileFlat
			switch {
			case r.In(changed):
				s = verify.TileMismatch
			case r.In(weather):
				s = verify.TileMasked
			case textured(img, r):
				s = verify.TileMatch
			}
			ts = append(ts, verify.Tile{Rect: verify.Rect{X: x, Y: y, W: sampleTile, H: sampleTile}, State: s})
		}
	}
	return ts
}

func textured(img *image.NRGBA, r image.Rectangle) bool {
	first := img.NRGBAAt(r.Min.X, r.Min.Y)
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X; x < r.Max.X; x += 2 {
			if img.NRGBAAt(x, y) != first {
				return true
			}
		}
	}
	return false
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func day(s string) *verify.Span {
	from := at(s + " 00:00")
	return &verify.Span{From: from, To: from.Add(24*time.Hour - time.Second)}
}

func ptr[T any](v T) *T { return &v }

// sampleCaptures are one live look and archived ones of every outcome.
func sampleCaptures() []verify.CaptureView {
	view := capture.Viewport{Width: 1024, Height: 640, Scale: 1}
	quiet := capture.Settlement{Quiet: true, Loaded: true, Attempts: 1, Took: 2100 * time.Millisecond}
	arch := func(id, when string, st verify.State, ordinary bool) verify.CaptureView {
		return verify.CaptureView{ID: id, Kind: capture.Archive, Source: "https://archive.example/web", URL: "http://aldermere.example/",
			FinalURL: "http://aldermere.example/", SeenAt: at(when), Validity: capture.OK, Reason: "a page with text and pictures", Status: 200,
			Title: "Town of Aldermere", Viewport: view, PageHeight: 1840, Settled: quiet, State: st, Ordinary: ordinary, Requests: 14,
			Match: &verify.Match{Located: st != verify.Other, Scale: 1, Confidence: 0.94, TilesSame: 205, TilesDiff: 168, TilesFlat: 250, Agreement: 0.55, Changed: 0.27}}
	}
	a := arch("archive-20250512T0310", "2025-05-12 03:10", verify.Same, false)
	a.Match.TilesSame, a.Match.TilesDiff, a.Match.Changed = 371, 2, 0
	a.Missing = 1
	blind := arch("archive-20250513T0900", "2025-05-13 09:00", verify.NotCompared, false)
	blind.Validity, blind.Reason, blind.Status, blind.Match = capture.Challenge, "the page asks whether the visitor is a robot", 403, nil
	live := verify.CaptureView{ID: "live", Kind: capture.Live, Source: "live web", URL: "http://aldermere.example/",
		FinalURL: "https://www.aldermere.example/", SeenAt: at("2025-06-02 08:14"), Validity: capture.OK, Reason: "a page with text and pictures",
		Status: 200, Title: "Town of Aldermere", RemoteAddr: "192.0.2.17:443", State: verify.Altered, Ordinary: true,
		TLS: &capture.TLS{Protocol: "TLS 1.3", Subject: "www.aldermere.example", Issuer: "Example CA", NotBefore: at("2025-04-01 00:00"),
			NotAfter: at("2025-07-01 00:00"), SANs: []string{"www.aldermere.example"}},
		Redirects: []capture.Redirect{{From: "http://aldermere.example/", To: "https://www.aldermere.example/", Status: 301}},
		Viewport:  view, PageHeight: 1902, Settled: capture.Settlement{Stopped: true, Attempts: 2, ScriptsOff: true, Took: 9 * time.Second},
		Dialogs: []capture.Dialog{{Kind: "alert", Text: "We use cookies"}}, Requests: 22,
		Match: &verify.Match{Located: true, Scale: 1, Confidence: 0.91, TilesSame: 205, TilesDiff: 168, TilesFlat: 250, Agreement: 0.55, Changed: 0.27}}
	outlined := arch("archive-20250509T2200", "2025-05-09 22:00", verify.Altered, true)
	outlined.Match.Regions = []verify.Rect{{X: 32, Y: 128, W: 672, H: 256}}
	outlined.Match.Outlines = []verify.Shape{{{X: 32, Y: 128}, {X: 704, Y: 128}, {X: 704, Y: 384}, {X: 32, Y: 384}}}
	outlined.Match.SetAside = &verify.Aside{Share: 0.031, Tiles: 20, Rects: []verify.Rect{{X: 704, Y: 384, W: 320, H: 64}}, Unseen: 0.004}
	return []verify.CaptureView{arch("archive-20190304T1200", "2019-03-04 12:00", verify.Other, false),
		arch("archive-20240918T0700", "2024-09-18 07:00", verify.Altered, true),
		outlined, a, blind,
		arch("archive-20250514T1130", "2025-05-14 11:30", verify.Altered, true), live}
}

// sampleTimeLine lists a capture a month since 2009, and one every other hour
// in the week of the claim.
func sampleTimeLine() []verify.TimePoint {
	var ps []verify.TimePoint
	for t := at("2009-02-03 04:00"); t.Before(at("2025-05-08 00:00")); t = t.AddDate(0, 1, 3) {
		ps = append(ps, verify.TimePoint{At: t, Kind: capture.Archive, Source: "https://archive.example/web", Status: 200})
	}
	for t := at("2025-05-08 01:00"); t.Before(at("2025-05-15 00:00")); t = t.Add(14 * time.Hour) {
		ps = append(ps, verify.TimePoint{At: t, Kind: capture.Archive, Source: "https://archive.example/web", Status: 200})
	}
	return ps
}

// sampleResult is a witnessed defacement.
func sampleResult() *verify.Result {
	return &verify.Result{
		Schema: verify.Schema,
		Versions: verify.Versions{Program: "defacecheck 0.1.0", Browser: "Chromium 156.0", Model: "calibrated 1",
			ModelDigest: "sha256:6b1f0c", Methods: map[string]string{"witness.same": "1", "bracket": "1", "metadata.editor": "1"}},
		Claim: verify.ClaimFacts{Image: "hacked.png", SHA256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
			Bytes: 181_204, Format: "png", Width: sampleW, Height: sampleH, Frames: 1, URL: "http://aldermere.example/",
			ClaimedAt: day("2025-05-12"), PostedAt: &verify.Span{From: at("2025-05-12 17:40"), To: at("2025-05-12 17:40")}, ReadAt: at("2025-06-02 08:13"),
			Notifier: "Nobody & Co",
			Frame: verify.FrameFacts{Kind: "browser", Confidence: 0.98, Content: verify.Rect{Y: 40, W: sampleW, H: sampleH - 40}, Address: &verify.Rect{X: 90, Y: 10, W: 500, H: 24},
				Strips: []verify.FrameStrip{{Rect: verify.Rect{W: sampleW, H: 40}, Side: "top", Part: "bars"}}, Picture: verify.FramePicture},
			Hashes:   verify.HashValues{Average: "ff81bd", Difference: "0f0f", Perception: "c3a1", Difference256: "aa55", Information: 0.8, Informative: true},
			Metadata: map[string]any{"format": "PNG", "software": "gnome-screenshot", "text": map[string]any{"Creation Time": "2025-05-12T16:02:11Z"}}},
		Verdict: verify.Verdict{Word: verify.Supported, Answer: verify.Judged, Log10LR: 1.62, Probability: 0.9766, Prior: 0.5,
			Strength: "moderate support", Sentence: "An archive’s capture of 12 May 2025, made independently of the person who posted the picture, shows the same defaced page; the evidence supports the claim that aldermere.example looked like this on that day."},
		Evidence: []verify.Evidence{
			{ID: "witness.same", Group: "witness", Method: "archive witness", Version: "1", Ran: true, Finding: "same_unusual", Value: ptr(0.995), Unit: "of tiles agree", Log10LR: 1.8, Counted: 1.7, FalseAlarms: "not measured", FittedOn: ptr(47),
				Sentence: "An archive's capture of 12 May 2025, 03:10 UTC agrees with the picture in all that has content, and differs from the page's ordinary look.", Captures: []string{"archive-20250512T0310"}},
			{ID: "live.ordinary", Group: "live", Method: "live look", Version: "1", Ran: true, Finding: "ordinary", Log10LR: -0.08, Counted: -0.08, FalseAlarms: "0 of 450 pages, at most 0.7 %", FittedOn: ptr(0),
				Sentence: "The live page looks ordinary today; sites are usually repaired within days.", Captures: []string{"live"}},
			{ID: "metadata.editor", Group: "metadata", Method: "editing software", Version: "1", Ran: true, Finding: "none", FalseAlarms: "not measured", Sentence: "The file names no program that edits pictures."},
			{ID: "reading.address", Group: "reading", Method: "address bar", Version: "1", Sentence: "No address bar is in the picture, so the address could not be read off it."},
			{ID: "trace", Group: "file", Method: "a region that was pasted", Version: "1", Ran: true, Finding: "trace.none", FalseAlarms: "0 of 59 pictures that never were", Sentence: "Two parts of the picture were looked at more closely, and nothing was found.",
				At: []verify.Rect{{X: 120, Y: 180, W: 420, H: 64}, {X: 724, Y: 390, W: 60, H: 26}}},
		},
		Captures: sampleCaptures(), TimeLine: sampleTimeLine(), Effort: verify.Effort{Captures: 7, Renderings: 16},
		Limits: []string{"An element edited in a browser's developer tools leaves no trace in pixels or metadata; only an independent witness can confirm such a claim.",
			"The weights were fitted on 886 claims of known truth about 47 sites; how like those the claims of the world are is not known. What none of them showed has a weight set by hand."},
		Changes: []string{"An ordinary capture between 12 May 2025, 00:00 and 17:40 UTC would weaken it.", "A second archive's capture of the same hours would strengthen it."},
		Context: []string{"The archives hold about 11 captures of this address a year: a page that few visit."},
		Notes:   []string{},
	}
}

// sampleJudgement is sampleResult with pictures: a witness that agrees, an
// ordinary capture that does not reach the bottom, and one not located.
func sampleJudgement(t testing.TB) *verify.Judgement {
	pic := defaced(t)
	changed := image.Rect(32, 128, 704, 384)
	around := image.NewNRGBA(pic.Bounds())
	draw.Draw(around, image.Rect(0, 0, sampleW, 40), pic, image.Point{}, draw.Src)
	return &verify.Judgement{Result: sampleResult(), Picture: pic, Frame: around, Exhibits: []verify.Exhibit{
		{CaptureID: "archive-20250512T0310", View: pic, Shot: pic, Tiles: sampleTiles(pic, image.Rectangle{})},
		{CaptureID: "archive-20250509T2200", View: reach(townPage(t)), Shot: townPage(t), Tiles: sampleTiles(pic, changed)},
		{CaptureID: "archive-20190304T1200", Shot: townPage(t)},
	}}
}
