package channel_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"image"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/channel"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
)

func page(t testing.TB, s *channel.Study, v channel.View) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.HTML(t.Context(), &b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// hostileRecords have hostile text wherever a stranger can put it, and a channel of a
// hostile name.
func hostileRecords() (all []*corpus.Record, channelName string) {
	texts := append(storetest.Hostile(), `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `http://user:pw@evil.example/?token=abc`,
		"http://"+strings.Repeat("long", 2000)+".example/", `{{.Title}}`, "</style><script>alert(1)</script>", "@SUM(1)", "-2+3")
	channelName = "<script>alert(1)</script>\u202e\x1b[31m=1+1"
	for n, text := range texts {
		r := made(n + 1)
		r.Claim.URL, r.Claim.Name, r.Claim.Notifier = text, text, text
		p := &r.Postings[0]
		p.Channel, p.URL, p.Text, p.Message, p.Name = channelName, text, text, text, text
		r.SetAside = &corpus.Setback{At: day(9), Program: text, Reason: text}
		r.Adjudications = []corpus.Adjudication{{By: text, Truth: corpus.Unclear, Reason: text}}
		if n%2 == 0 {
			judged(r, -0.5, verify.Judged)
			v := r.Latest().Result
			v.Versions.Model, v.Versions.ModelDigest, v.Verdict.Sentence, v.Verdict.Leaning = text, text, text, verify.Leaning(text)
		}
		all = append(all, r)
	}
	return all, channelName
}

// dangers are what must not come out of strangers' text.
var dangers = regexp.MustCompile(`(?i)https?://|[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

func TestThePageHoldsNothingThatRunsLoadsOrDeceives(t *testing.T) {
	t.Parallel()
	all, named := hostileRecords()
	s := study(t, channel.Options{Channel: named, Program: "defacecheck test"}, all...)
	text := page(t, s, channel.View{Link: func(string) string { return "../reports/x/report.html" }})
	if bad := dangers.FindAllString(html.UnescapeString(text), -1); len(bad) > 0 {
		t.Errorf("the page has %q", bad)
	}
	allowed := map[string]bool{"style": true, "svg": true, "rect": true, "line": true, "text": true}
	z := nethtml.NewTokenizer(strings.NewReader(text))
	for z.Next() != nethtml.ErrorToken {
		tok := z.Token()
		switch tok.Data {
		case "script", "iframe", "object", "embed", "link", "form", "base":
			if tok.Type == nethtml.StartTagToken {
				t.Errorf("the page has %v", tok)
			}
		}
		for _, a := range tok.Attr {
			if tok.Type == nethtml.StartTagToken && (strings.HasPrefix(a.Key, "on") || a.Key == "src" && !strings.HasPrefix(a.Val, "data:image/jpeg;base64,") ||
				a.Key == "href" && a.Val != "../reports/x/report.html") && !allowed[tok.Data] {
				t.Errorf("%s has %s=%q", tok.Data, a.Key, a.Val)
			}
		}
	}
	if !strings.Contains(text, "default-src 'none'") || !strings.Contains(html.UnescapeString(text), "‹U+202E›") {
		t.Error("no policy, or hidden characters are not shown")
	}
}

func TestTablesHoldNoFormulaAndNoAddressToFollow(t *testing.T) {
	t.Parallel()
	all, named := hostileRecords()
	s := study(t, channel.Options{Channel: named}, all...)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"claims": func(b *bytes.Buffer) error { return s.ClaimsCSV(b) }, "sites": func(b *bytes.Buffer) error { return s.SitesCSV(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(lines) < 2 {
			t.Fatalf("%s: %d lines, %v", name, len(lines), err)
		}
		if name == "claims" && len(lines) != s.Claims+1 {
			t.Errorf("%d lines for %d claims", len(lines), s.Claims)
		}
		for _, line := range lines {
			for _, cell := range line {
				if dangers.MatchString(cell) || strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") || strings.HasPrefix(cell, "-2+") {
					t.Errorf("%s: cell %q", name, cell)
				}
			}
		}
	}
}

func TestTheJSONHasEveryClaimAsItWas(t *testing.T) {
	t.Parallel()
	all, named := hostileRecords()
	s := study(t, channel.Options{Channel: named}, all...)
	var b bytes.Buffer
	if err := s.JSON(&b); err != nil {
		t.Fatal(err)
	}
	if bad := dangers.FindAll(bytes.ReplaceAll(b.Bytes(), []byte("http"), nil), -1); len(bad) > 0 {
		t.Errorf("the JSON has %q", bad)
	}
	var back struct {
		channel.Study
		ClaimList []channel.Claim `json:"claim_list"`
	}
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&back); err != nil {
		t.Fatal(err)
	}
	if back.Channel != named || len(back.ClaimList) != len(all) || !reflect.DeepEqual(back.Share, s.Share) {
		t.Errorf("channel %q, %d claims", back.Channel, len(back.ClaimList))
	}
	for i, c := range back.ClaimList {
		if want := strings.ToValidUTF8(all[i].Claim.URL, "\ufffd"); strings.ReplaceAll(c.URL, "\ufffd", "") != strings.ReplaceAll(want, "\ufffd", "") {
			t.Errorf("address %q, was %q", c.URL, want)
		}
	}
}

func TestTheSameRecordsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	made := func() string {
		s := study(t, channel.Options{}, sample()...)
		var b bytes.Buffer
		for _, err := range []error{s.JSON(&b), s.ClaimsCSV(&b), s.SitesCSV(&b)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		return b.String() + page(t, s, channel.View{})
	}
	first := made()
	for range 5 {
		if made() != first {
			t.Fatal("another look gives other bytes")
		}
	}
}

func TestLinksStandOnlyWhereThereIsAReport(t *testing.T) {
	t.Parallel()
	all := sample()
	text := page(t, study(t, channel.Options{}, all...), channel.View{Link: func(id string) string {
		if id == all[10].ID {
			return "../reports/" + id + "/report.html"
		}
		return ""
	}})
	if n := strings.Count(text, "its report</a>"); n != 1 || !strings.Contains(text, `href="../reports/`+all[10].ID+`/report.html"`) {
		t.Errorf("%d links", n)
	}
}

func TestPicturesAreMadeOnceAndTheirLackIsTold(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	all := sample()
	text := page(t, study(t, channel.Options{}, all...), channel.View{Pictures: func(_ context.Context, sha256 string) (image.Image, error) {
		asked[sha256]++
		switch sha256 {
		case all[0].Picture.SHA256:
			return nil, errors.New("damaged")
		case all[1].Picture.SHA256:
			return image.NewNRGBA(image.Rectangle{}), nil
		}
		return scene(1), nil
	}})
	for sha, n := range asked {
		if n != 1 {
			t.Errorf("picture %s was asked for %d times", sha, n)
		}
	}
	if n := strings.Count(text, "The picture could not be shown."); n != 2 || len(asked) != 20 {
		t.Errorf("%d pictures are missing, %d were asked for", n, len(asked))
	}
}

func TestLongListsAreCutAndSaySo(t *testing.T) {
	t.Parallel()
	var all []*corpus.Record
	for n := range channel.MaxClaims + 50 {
		lr := 0.0
		if n == channel.MaxClaims+20 {
			lr = -1 // the most telling one comes late
		}
		all = append(all, judged(made(n+1), lr, verify.Judged))
	}
	text := page(t, study(t, channel.Options{}, all...), channel.View{})
	for _, want := range []string{"50 claims more in claims.csv.", "210 sites more in sites.csv.", fmt.Sprintf("hxxp://www[.]site-%d[.]test/", channel.MaxClaims+21)} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestOfEachClaimLittleIsKept makes one record at a time, each with a time line, and
// weighs what is kept. Of 100,000 it was 774 bytes each.
func TestOfEachClaimLittleIsKept(t *testing.T) {
	const claims = 20_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s, err := channel.Of(t.Context(), func(yield func(*corpus.Record, error) bool) {
		for n := range claims {
			if !yield(judged(made(n+1), float64(n%21)/10-1, verify.Judged, 2001, 2002, 2003), nil) {
				return
			}
		}
	}, channel.Options{Channel: name})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	kept := float64(after.HeapAlloc) - float64(before.HeapAlloc)
	t.Logf("%d claims: %.0f bytes each", claims, kept/claims)
	if kept/claims > 1500 {
		t.Errorf("%.0f bytes are kept of each claim", kept/claims)
	}
	if s.Claims != claims {
		t.Errorf("%d claims", s.Claims)
	}
}

func FuzzRanks(f *testing.F) {
	for _, s := range []string{"1,site-1.test\n2,b.example", "1,", ",", "1,a\r\n", "99999999999999999999,a.example", "\ufeff1,a.b.example."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, list string) {
		s, err := channel.Of(t.Context(), records(made(1)), channel.Options{Ranks: strings.NewReader(list)})
		if err == nil && (s.Public.List < 1 || s.Public.Ranked > 1 || s.Public.Best < 0) {
			t.Fatalf("%q gives %+v", list, s.Public)
		}
	})
}
