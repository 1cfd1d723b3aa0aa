package intake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/capture/realdata"
	"github.com/defacecheck/defacecheck/corpus/intake"
	"github.com/defacecheck/defacecheck/corpus/store"
)

// drawn is a picture with some content, another for every seed.
func drawn(seed uint64, w, h int) image.Image {
	r := rand.New(rand.NewPCG(seed, 1))
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for range w * h / 400 {
		x, y := r.IntN(w), r.IntN(h)
		c := color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		draw.Draw(img, image.Rect(x, y, x+2+r.IntN(30), y+2+r.IntN(8)), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return img
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tree writes files below a new folder.
func tree(t testing.TB, files map[string][]byte) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func newCorpus(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "corpus.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func now() time.Time { return time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC) }

// take imports and wants no error.
func take(t testing.TB, s *store.Store, path string, o intake.Options) *intake.Report {
	t.Helper()
	o.Now = now()
	r, err := intake.Import(t.Context(), s, path, o)
	if err != nil || !r.Complete {
		t.Fatalf("%+v, %v", r, err)
	}
	return r
}

// claims are the postings of a corpus in one line each, sorted.
func claims(t testing.TB, s *store.Store) []string {
	t.Helper()
	var all []string
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Postings {
			all = append(all, fmt.Sprintf("%s %s %s/%s", p.Name, p.URL, p.Channel, p.Message))
		}
	}
	slices.Sort(all)
	return all
}

func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func telegramExport(t testing.TB) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"photos/photo_1@01-03-2025.jpg":       jpegOf(t, drawn(1, 640, 480)),
		"photos/photo_1@01-03-2025_thumb.jpg": []byte("no picture, and never looked at"),
		"photos/photo_2@01-03-2025.jpg":       jpegOf(t, drawn(2, 640, 480)),
		"photos/photo_3@01-03-2025.jpg":       jpegOf(t, drawn(3, 640, 480)),
		"photos/broken.jpg":                   []byte("\xff\xd8\xff broken"),
		"files/shot.png":                      pngOf(t, drawn(4, 640, 480)),
		"video_files/v.mp4":                   []byte("x"),
		"result.json": []byte(`{"name":"Band","type":"public_channel","id":99,"messages":[
{"id":1,"type":"service","date":"2025-03-01T10:00:00","date_unixtime":"1740823200","action":"create_channel","text":"","text_entities":[]},
{"id":2,"type":"message","date":"2025-03-01T10:01:00","date_unixtime":"1740823260","from_id":"channel99","photo":"photos/photo_1@01-03-2025.jpg","text":"hxxps://one[.]example[.]org mirror: t.me/band/1"},
{"id":3,"type":"message","date":"2025-03-01T10:02:00","date_unixtime":"1740823320","from_id":"channel99","photo":"photos/photo_2@01-03-2025.jpg","text":["both: ",{"type":"link","text":"two.com"}," ",{"type":"link","text":"https://three.com/x"}]},
{"id":4,"type":"message","date":"2025-03-01T10:02:00","date_unixtime":"1740823320","from_id":"channel99","photo":"photos/photo_3@01-03-2025.jpg","text":""},
{"id":5,"type":"message","date":"2025-03-01T10:03:00","date_unixtime":"1740823380","from_id":"channel99","file":"files/shot.png","mime_type":"image/png","text":"four.com","forwarded_from":"Other"},
{"id":6,"type":"message","date":"2025-03-01T10:04:00","date_unixtime":"1740823440","from_id":"channel99","file":"video_files/v.mp4","media_type":"video_file","text":"five.com"},
{"id":7,"type":"message","date":"2025-03-01T10:05:00","date_unixtime":"1740823500","from_id":"channel99","photo":"(File not included. Change data exporting settings to download.)","text":"six.com"},
{"id":8,"type":"message","date":"2025-03-01T10:06:00","date_unixtime":"1740823560","from_id":"channel99","photo":"photos/gone.jpg","text":"seven.com"},
{"id":9,"type":"message","date":"2025-03-01T10:07:00","date_unixtime":"1740823620","from_id":"channel99","photo":"../outside.jpg","text":"eight.com"},
{"id":10,"type":"message","date":"2025-03-01T10:08:00","date_unixtime":"1740823680","from_id":"channel99","photo":"photos/broken.jpg","text":"nine.com"},
{"id":11,"type":"message","date":"2025-03-01T10:09:00","date_unixtime":"1740823740","from_id":"channel99","photo":"photos/photo_1@01-03-2025.jpg","text":"https://zone-h.org/mirror/1"},
{"id":12,"type":"message","date":"2025-03-01T10:10:00","date_unixtime":"1740823800","from_id":"channel99","photo":"photos/photo_1@01-03-2025.jpg","text":"look"},
{"id":13,"type":"message","date":"2025-03-01T10:11:00","date_unixtime":"1740823860","from_id":"channel99","text":"soon: ten.com"},
{"id":14,"type":"message","date":"2025-03-01T10:12:00","date_unixtime":"1740823920","from_id":"channel99","text":"hello"}
]}`),
	}
}

func TestATelegramExportIsTakenAndWhatIsNotIsTold(t *testing.T) {
	t.Parallel()
	s, dir := newCorpus(t), tree(t, telegramExport(t))
	r := take(t, s, dir, intake.Options{})
	same(t, "claims", claims(t, s), []string{
		"photo_1@01-03-2025.jpg https://one.example.org/ Band/2",
		"shot.png http://four.com/ Band/5",
	})
	got, _ := json.Marshal(r.Reasons)
	if want := `{"ambiguous":1,"no_address":1,"no_claim":2,"no_picture":1,"not_picture":1,"only_ignored":1,"picture_missing":2,"picture_outside":1,"picture_refused":1}`; string(got) != want {
		t.Errorf("reasons %s\n   want %s", got, want)
	}
	if r.Format != intake.Telegram || r.Messages != 13 || r.Pictures != 2 || r.Claims != 2 || r.Lost() != 9 || len(r.Left) != 9 ||
		r.Ignored["t.me"] != 1 || r.Ignored["zone-h.org"] != 1 {
		t.Errorf("%+v", r)
	}
	// Again, and nothing is kept twice; with a rule for albums, more is taken.
	if r := take(t, s, filepath.Join(dir, "result.json"), intake.Options{}); r.Claims+r.Postings+r.Pictures != 0 || r.Known != 2 {
		t.Errorf("a second time: %+v", r)
	}
	if r := take(t, s, dir, intake.Options{Pairing: intake.PairOrder}); r.Claims != 2 || r.Reasons[intake.Ambiguous] != 0 {
		t.Errorf("in order: %+v", r)
	}
	same(t, "claims in order", claims(t, s), []string{
		"photo_1@01-03-2025.jpg https://one.example.org/ Band/2", "shot.png http://four.com/ Band/5",
		"photo_2@01-03-2025.jpg http://two.com/ Band/3", "photo_3@01-03-2025.jpg https://three.com/x Band/3",
	})
	if r := take(t, s, dir, intake.Options{Pairing: intake.PairAll}); r.Claims != 2 || r.Known != 4 {
		t.Errorf("every picture with every address: %+v", r)
	}
}

func TestAMessageThatWasEditedSinceIsToldAndItsLaterTextKept(t *testing.T) {
	t.Parallel()
	s, dir := newCorpus(t), tree(t, map[string][]byte{"p.png": pngOf(t, drawn(1, 300, 200)), "q.png": pngOf(t, drawn(2, 300, 200))})
	export := func(text, edited string) intake.Report {
		t.Helper()
		data := `{"name":"Band","type":"public_channel","id":5,"messages":[{"id":7,"type":"message","date_unixtime":"1740839400","photo":"p.png","text":"` + text + `"` + edited + `},
			{"id":8,"type":"message","date_unixtime":"1740839500","photo":"q.png","text":"y.com z.com"` + edited + `}]}`
		if err := os.WriteFile(filepath.Join(dir, "result.json"), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
		return *take(t, s, dir, intake.Options{})
	}
	export("v.com", "")
	if r := export("v.com was never hacked, sorry", `,"edited_unixtime":"1741000000"`); r.Known != 3 || r.Edited != 2 || r.Claims != 0 {
		t.Errorf("another text: %+v", r)
	}
	if r := export("w.com", `,"edited_unixtime":"1742000000"`); r.Known != 2 || r.Edited != 2 || r.Claims != 1 {
		t.Errorf("another address: %+v", r)
	}
	if r := export("w.com", `,"edited_unixtime":"1742000000"`); r.Known != 3 || r.Edited != 0 {
		t.Errorf("the same again: %+v", r)
	}
	var texts []string
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Claim.URL == "http://v.com/" {
			texts = append(texts, r.Postings[0].Text)
			for _, e := range r.Edits {
				texts = append(texts, e.Text)
			}
		}
	}
	if want := []string{"v.com", "v.com was never hacked, sorry", "w.com"}; !slices.Equal(texts, want) {
		t.Errorf("%q, not %q", texts, want)
	}
}

func TestPicturesAreKeptUntouchedWithWhatWasSaidOfThem(t *testing.T) {
	t.Parallel()
	files := telegramExport(t)
	s := newCorpus(t)
	take(t, s, tree(t, files), intake.Options{Channel: "Another name"})
	for r, err := range s.Records(t.Context(), store.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		data, err := s.File(t.Context(), r.Picture.SHA256)
		if want := files[map[string]string{"http://four.com/": "files/shot.png", "https://one.example.org/": "photos/photo_1@01-03-2025.jpg"}[r.Claim.URL]]; err != nil || !bytes.Equal(data, want) {
			t.Errorf("%s: %d bytes, not the file: %v", r.Claim.URL, len(data), err)
		}
		p := r.Postings[0]
		if p.Channel != "Another name" || p.Text == "" || !strings.HasPrefix(p.Origin, "result.json message ") || r.Picture.Width != 640 || !r.Picture.Print.Informative {
			t.Errorf("%+v %+v", p, r.Picture)
		}
		if forwarded := map[string]string{"http://four.com/": "Other"}[r.Claim.URL]; p.Forwarded != forwarded {
			t.Errorf("forwarded from %q", p.Forwarded)
		}
	}
}

func TestTablesAndLinesNameTheirPictures(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{
		"shots/a.png": pngOf(t, drawn(1, 300, 200)), "shots/b.png": pngOf(t, drawn(2, 300, 200)),
		"claims.csv":   []byte("picture,url,claimed_at,notifier,channel,message\nshots/a.png,victim[.]com,2025-02-16,X,Ch,1\nshots/b.png,https://other.org/x,,,,\nshots/a.png,victim[.]com,2025-02-16,X,Ch,1\n/etc/passwd,a.com,,,,\nhttps://a.com/x.png,a.com,,,,\nshots,a.com,,,,\n"),
		"claims.jsonl": []byte(`{"pictures":["shots/a.png","shots/b.png"],"url":"victim.com","message":5}` + "\n"),
	}
	dir, s := tree(t, files), newCorpus(t)
	r := take(t, s, dir, intake.Options{})
	if r.Format != intake.CSV || r.Claims != 2 || r.Known != 1 || r.Reasons[intake.PictureOutside] != 1 || r.Reasons[intake.PictureMissing] != 2 {
		t.Errorf("%+v", r)
	}
	same(t, "table", claims(t, s), []string{"a.png http://victim.com/ Ch/1", "b.png https://other.org/x /"})
	s = newCorpus(t)
	if r := take(t, s, filepath.Join(dir, "claims.jsonl"), intake.Options{Channel: "Me"}); r.Claims != 2 {
		t.Errorf("%+v", r)
	}
	same(t, "lines", claims(t, s), []string{"a.png http://victim.com/ Me/5", "b.png http://victim.com/ Me/5"})
}

func TestABadAddressCountsOnce(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"a.png": pngOf(t, drawn(1, 300, 200)), "b.png": pngOf(t, drawn(2, 300, 200)), "claims.csv": []byte("picture,url\n" +
		"a.png,javascript:alert(1)\na.png,ftp://a.com\na.png,\nb.png,a.com\n")}
	s := newCorpus(t)
	r := take(t, s, tree(t, files), intake.Options{})
	got, _ := json.Marshal(r.Reasons)
	if want := `{"bad_address":2,"no_address":1}`; string(got) != want || r.Lost() != 3 || r.Claims != 1 {
		t.Errorf("%s, not %s: %+v", got, want, r)
	}
}

func TestNoSecretOfAnAddressIsTold(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"a.png": pngOf(t, drawn(1, 300, 200)), "claims.jsonl": []byte(
		`{"picture":"a.png","url":["https://user:s3cret@a.com/x","hxxps://user:s3cret@b[.]com","user:s3cret@c.com/y","hxxp[:]//user:s3cret@d.com/"]}` + "\n" +
			`{"text":"http://user:s3cret@e.com/"}` + "\n" + `{"text":"https://f.com/?access_token=s3cret&page=2"}` + "\n")}
	s := newCorpus(t)
	r := take(t, s, tree(t, files), intake.Options{})
	all, err := json.Marshal(r)
	if err != nil || r.Reasons[intake.BadAddress] != 5 || strings.Contains(string(all), "s3cret") || !strings.Contains(string(all), "page=2") {
		t.Errorf("%s, %v", all, err)
	}
}

func TestAPathOfWindowsIsTriedWithSlashes(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{"win/a.png": pngOf(t, drawn(1, 300, 200)), `real\b.png`: pngOf(t, drawn(2, 300, 200)), "real/b.png": pngOf(t, drawn(3, 300, 200)),
		"claims.csv": []byte("picture,url\n" + `win\a.png,a.com` + "\n" + `real\b.png,b.com` + "\n" + `..\..\etc\passwd,c.com` + "\n" + `win\gone.png,d.com` + "\n" + `C:\shots\a.png,e.com` + "\n")}
	dir, s := tree(t, files), newCorpus(t)
	r := take(t, s, dir, intake.Options{})
	got, _ := json.Marshal(r.Reasons)
	if want := `{"picture_missing":2,"picture_outside":1}`; string(got) != want {
		t.Errorf("%s, not %s", got, want)
	}
	same(t, "claims", claims(t, s), []string{"a.png http://a.com/ /", `real\b.png http://b.com/ /`})
}

func TestAnExportForPeopleIsNotTakenForAMirror(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string][]byte{"messages.html": []byte("<html>"), "photos/1.png": pngOf(t, drawn(1, 300, 200)), "css/style.css": nil,
		"all/export_results.html": []byte("<html>"), "all/chats/chat_01/messages.html": nil})
	for _, name := range []string{"", "messages.html", "all", "all/export_results.html"} {
		for _, f := range []intake.Format{intake.Auto, intake.Telegram} {
			if name != "" && name != "all" && f == intake.Telegram {
				continue // whoever names a file and its format is taken at their word
			}
			s := newCorpus(t)
			if r, err := intake.Import(t.Context(), s, filepath.Join(dir, name), intake.Options{Format: f}); !errors.Is(err, intake.ErrHTMLExport) || r.Messages != 0 {
				t.Errorf("%q as %s: %+v, %v", name, f, r, err)
			}
		}
	}
	take(t, newCorpus(t), dir, intake.Options{Format: intake.Mirror}) // said, it is one
	if err := os.WriteFile(filepath.Join(dir, "result.json"), []byte(`{"name":"A","type":"public_channel","messages":[]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	take(t, newCorpus(t), dir, intake.Options{}) // both forms were exported
}

func TestAFolderIsReadWithItsSidecars(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{
		"a.png": pngOf(t, drawn(1, 300, 200)), "a.json": []byte(`{"url":"victim.com","claimed_at":"2025-02-01","picture":"../../ignored.png"}`),
		"b.jpg": jpegOf(t, drawn(2, 300, 200)), "b.jpg.txt": []byte("seen at hxxp://b[.]com and t.me/x"), "b.json": []byte(`{"url":"never.com"}`),
		"sub/c.png": pngOf(t, drawn(3, 300, 200)), "sub/c.txt": []byte("c.com"),
		"d.png": pngOf(t, drawn(4, 300, 200)),
		"e.txt": []byte("e.com"), "README.md": []byte("f.com"), ".hidden.png": []byte("x"), "g.png": []byte("g"), "g.json": []byte("{"),
	}
	s := newCorpus(t)
	r := take(t, s, tree(t, files), intake.Options{})
	same(t, "claims", claims(t, s), []string{"a.png http://victim.com/ /", "b.jpg http://b.com/ /", "c.png http://c.com/ /"})
	got, _ := json.Marshal(r.Reasons)
	if want := `{"bad_entry":1,"no_picture":2,"no_sidecar":1}`; r.Format != intake.Folder || string(got) != want {
		t.Errorf("%s %s", r.Format, got)
	}
}

func TestAMirrorHasAFolderForEachClaim(t *testing.T) {
	t.Parallel()
	shot := func(i uint64) []byte { return pngOf(t, drawn(i, 300, 200)) }
	files := map[string][]byte{
		"2025/0001/screenshot.png": shot(1), "2025/0001/logo.png": shot(11), "2025/0001/meta.json": []byte(`{"url":"https://a.com/x","defacer":"X","date":"2025-02-01 10:00:00"}`),
		"2025/0001/html/index.html": []byte("x"), "2025/0001/html/image.png": shot(12),
		"2025/b.co.uk/shot.png": shot(2),
		"2025/c_com/shot.png":   shot(3),
		"2025/0004/x.png":       shot(4), "2025/0004/y.png": shot(5), "2025/0004/info.txt": []byte("d.com"),
		"2025/0005/info.txt": []byte("e.com"),
	}
	s := newCorpus(t)
	r := take(t, s, tree(t, files), intake.Options{Channel: "Mirror"})
	same(t, "claims", claims(t, s), []string{"screenshot.png https://a.com/x Mirror/", "shot.png http://b.co.uk/ Mirror/"})
	got, _ := json.Marshal(r.Reasons)
	if want := `{"ambiguous":1,"no_picture":1,"no_sidecar":1}`; r.Format != intake.Mirror || string(got) != want {
		t.Errorf("%s %s", r.Format, got)
	}
}

func TestALinkOutOfTheFolderIsNotFollowed(t *testing.T) {
	t.Parallel()
	outside := tree(t, map[string][]byte{"secret.png": pngOf(t, drawn(1, 300, 200))})
	dir := tree(t, map[string][]byte{"claims.csv": []byte("picture,url\nlink.png,a.com\nsub/secret.png,b.com\n")})
	for name, to := range map[string]string{"link.png": filepath.Join(outside, "secret.png"), "sub": outside} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("skipped: no symbolic links here: ", err)
		}
	}
	s := newCorpus(t)
	if r := take(t, s, dir, intake.Options{}); r.Reasons[intake.PictureOutside] != 2 || r.Claims != 0 {
		t.Errorf("%+v", r)
	}
}

func TestWhatStandsBeforeABrokenPlaceIsKept(t *testing.T) {
	t.Parallel()
	files := telegramExport(t)
	whole := files["result.json"]
	files["result.json"] = whole[:bytes.Index(whole, []byte(`"id":6`))]
	s := newCorpus(t)
	r, err := intake.Import(t.Context(), s, tree(t, files), intake.Options{Now: now()})
	if err == nil || !strings.Contains(err.Error(), "ends too early") || r.Complete || r.Claims != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	// Message 5 could have been the first picture of an album.
	same(t, "claims", claims(t, s), []string{"photo_1@01-03-2025.jpg https://one.example.org/ Band/2"})
}

func TestWhatIsNoSourceIsRefused(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string][]byte{"x.pdf": []byte("x"), "x.csv": []byte("a;b\n"), "x.json": []byte(`{"a":1}`), "empty/.keep": nil})
	for _, name := range []string{"gone", "x.pdf", "x.csv", "x.json", "empty"} {
		if _, err := intake.Import(t.Context(), newCorpus(t), filepath.Join(dir, name), intake.Options{}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, f := range []intake.Format{intake.Folder, intake.Mirror} {
		if _, err := intake.Import(t.Context(), newCorpus(t), filepath.Join(dir, "x.csv"), intake.Options{Format: f}); err == nil {
			t.Errorf("a file was taken for a %s", f)
		}
	}
	if _, err := intake.Import(t.Context(), newCorpus(t), dir, intake.Options{Format: intake.Telegram}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// cut is a corpus that is cut off at its nth Add.
type cut struct {
	*store.Store
	after int
	stop  context.CancelFunc
}

func (c *cut) Add(ctx context.Context, items ...store.Item) (store.Added, error) {
	if c.after--; c.after < 0 {
		c.stop()
		return store.Added{}, ctx.Err()
	}
	return c.Store.Add(ctx, items...)
}

func TestAnImportThatWasCutOffIsTakenUpByDoingItAgain(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{}
	var table strings.Builder
	table.WriteString("picture,url\n")
	for i := range 150 {
		name := fmt.Sprintf("%d.png", i)
		files[name] = pngOf(t, drawn(uint64(i), 40, 30))
		fmt.Fprintf(&table, "%s,http://%d.com\n", name, i)
	}
	files["claims.csv"] = []byte(table.String())
	dir, s := tree(t, files), newCorpus(t)
	ctx, stop := context.WithCancel(t.Context())
	r, err := intake.Import(ctx, &cut{s, 1, stop}, dir, intake.Options{Now: now()})
	if !errors.Is(err, context.Canceled) || r.Complete || r.Claims == 0 || r.Claims == 150 {
		t.Fatalf("%+v, %v", r, err)
	}
	first := r.Claims
	if r := take(t, s, dir, intake.Options{}); r.Claims != 150-first || r.Known != first {
		t.Errorf("%+v after %d", r, first)
	}
}

func TestARealMirrorIsTakenWhole(t *testing.T) {
	t.Parallel()
	dir := filepath.Dir(realdata.Dir(t, "defacement"))
	s := newCorpus(t)
	r := take(t, s, dir, intake.Options{Format: intake.Mirror, Channel: "A mirror"})
	if r.Claims != 11 || r.Pictures != 11 || r.Lost() != 0 {
		t.Errorf("%+v", r)
	}
	for r, err := range s.Records(t.Context(), store.Filter{Channel: "A mirror"}) {
		if err != nil || r.Claim.ClaimedAt.IsZero() || r.Claim.ClaimedAt.To.Sub(r.Claim.ClaimedAt.From) > 24*time.Hour {
			t.Errorf("%+v, %v", r, err)
		}
	}
}
