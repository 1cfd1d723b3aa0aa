package channel_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/channel"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store/storetest"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/score"
)

var shots = flag.String("shots", "", "directory for screenshots of the page")

func TestMain(m *testing.M) {
	flag.Parse()
	goleak.VerifyTestMain(m)
}

const name = "@defacers"

func day(n int) time.Time { return time.Date(2025, 1, n, 12, 0, 0, 0, time.UTC) }

// made is claim n as it was posted, not judged.
func made(n int) *corpus.Record {
	r := storetest.Result(uint64(n))
	at := verify.Span{From: day(n), To: day(n)}
	c := verify.Claim{Name: r.Claim.Image, URL: fmt.Sprintf("http://www.site-%d.test/index.html", n), PostedAt: at, ReadAt: day(n)}
	return &corpus.Record{ID: corpus.ID(r.Claim.SHA256, c.URL, verify.Span{}, at), Claim: c,
		Picture:  corpus.Picture{SHA256: r.Claim.SHA256, Format: "png", Width: 1280, Height: 800, Print: storetest.Imprint(uint64(n))},
		Postings: []corpus.Posting{{URL: c.URL, PostedAt: at, Channel: name, Message: fmt.Sprint(n), Text: "hacked"}}}
}

var model = sync.OnceValue(func() *score.Model {
	m, err := score.Embedded()
	if err != nil {
		panic(err)
	}
	return m
})

// judged adds a verdict with that log10 LR and captures listed in each of years.
func judged(r *corpus.Record, lr float64, answer verify.Answer, captures ...int) *corpus.Record {
	m := model()
	v := storetest.Result(1)
	v.Claim.URL, v.Claim.ReadAt = r.Claim.URL, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	v.Verdict = verify.Verdict{Word: verify.Word(m.Band(lr)), Answer: answer, Log10LR: lr, Prior: 0.5, Probability: score.Probability(lr, 0.5)}
	v.Versions.Model, v.Versions.ModelDigest = m.Name+" "+m.Version, m.Digest()
	for _, year := range captures {
		v.TimeLine = append(v.TimeLine, verify.TimePoint{At: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), Kind: capture.Archive, Source: "a.test"})
	}
	v.TimeLine = append(v.TimeLine, verify.TimePoint{At: v.Claim.ReadAt, Kind: capture.Live})
	r.Verdicts = append(r.Verdicts, corpus.Verdict{SHA256: "x", Result: v})
	return r
}

func records(all ...*corpus.Record) iter.Seq2[*corpus.Record, error] {
	return func(yield func(*corpus.Record, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// sample has every outcome, a picture used again, a copy of a picture, and people's
// judgements.
func sample() []*corpus.Record {
	var all []*corpus.Record
	for n := range 10 {
		all = append(all, judged(made(n+1), -0.9, verify.Judged, 2016, 2017, 2020))
	}
	all = append(all, judged(made(11), 1, verify.Judged, 2015), judged(made(12), 0.4, verify.Judged), judged(made(13), 0, verify.Judged),
		judged(made(14), -1, verify.Judged, 2025, 2025, 2025, 2025), judged(made(15), -0.5, verify.PageNotSeen),
		judged(made(16), 0, verify.OrdinaryPage, 2019), judged(made(17), 0.7, verify.Shown), made(18), made(19))
	all[18].SetAside = &corpus.Setback{At: day(20), Tries: 3, Reason: "the picture could not be read"}
	all[0].Adjudications = []corpus.Adjudication{{At: day(20), By: "A", Truth: rows.Genuine, Reason: "seen"}}
	all[10].Adjudications = []corpus.Adjudication{{At: day(20), By: "A", Truth: rows.Edited, Reason: "first"}, {At: day(21), By: "B", Truth: rows.Genuine, Reason: "second"}}
	again := made(20)
	again.Picture = all[2].Picture
	copied := made(21)
	return append(all, judged(again, -0.4, verify.Judged), judged(copied, 0, verify.Judged))
}

// found is a Grouper that knows what pictures are to others: relation by the SHA-256 of the
// two, of which one is given before the other.
type found map[[2]string]verify.Relation

func (found) Method() string { return "By the test." }

func (f found) Groups(_ context.Context, pictures []corpus.Picture) (all []channel.Group, err error) {
	for i, p := range pictures {
		g := channel.Group{Pictures: []int{i}, Relations: []verify.Relation{verify.IdenticalFile}}
		for j, q := range pictures[i+1:] {
			if r, ok := f[[2]string{p.SHA256, q.SHA256}]; ok {
				g.Pictures, g.Relations = append(g.Pictures, i+1+j), append(g.Relations, r)
			}
		}
		if len(g.Pictures) > 1 {
			all = append(all, g)
		}
	}
	return all, nil
}

// copies is what is known of the sample's pictures.
func copies(all []*corpus.Record) found {
	return found{{all[2].Picture.SHA256, all[20].Picture.SHA256}: verify.SameScreenshot}
}

func study(t testing.TB, o channel.Options, all ...*corpus.Record) *channel.Study {
	t.Helper()
	if o.Channel == "" {
		o.Channel = name
	}
	s, err := channel.Of(t.Context(), records(all...), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryClaimIsCountedUnderOneOutcome(t *testing.T) {
	t.Parallel()
	s := study(t, channel.Options{}, sample()...)
	want := map[outcome.Kind]int{"supported": 1, "leans genuine": 1, "inconclusive": 2, "leans false": 11, "contradicted": 1,
		outcome.NotSeen: 1, outcome.Ordinary: 1, outcome.Shown: 1, outcome.SetAside: 1, outcome.Pending: 1}
	sum := 0
	for _, x := range s.Outcomes {
		sum += x.Claims
		if x.Claims != want[x.Outcome] {
			t.Errorf("%s: %d claims, want %d", x.Outcome, x.Claims, want[x.Outcome])
		}
	}
	if sum != s.Claims || s.Claims != 21 || s.Postings != 21 || s.Pictures != 20 || len(s.Outcomes) != 10 {
		t.Errorf("%d claims in outcomes, %d in all, %d postings, %d pictures", sum, s.Claims, s.Postings, s.Pictures)
	}
	if s.Apart != 2 || s.Share.Claims != 17 || s.Share.Open != 3 {
		t.Errorf("%d apart, share %+v", s.Apart, s.Share)
	}
	if s.People.Claims != 2 || s.People.Opposed != 1 {
		t.Errorf("people: %+v", s.People)
	}
}

func TestWhatWasNotSeenCountsNeitherWay(t *testing.T) {
	t.Parallel()
	plain := study(t, channel.Options{}, judged(made(1), 0, verify.Judged), judged(made(2), -0.9, verify.Judged))
	blind := study(t, channel.Options{}, judged(made(1), -0.9, verify.PageNotSeen), judged(made(2), -0.9, verify.Judged))
	if plain.Share.AsScored != blind.Share.AsScored {
		t.Errorf("a page that was not seen moves the estimate from %+v to %+v", plain.Share, blind.Share)
	}
	strange := judged(made(1), -0.9, verify.Judged)
	strange.Verdicts[0].Result.Verdict.Word = "a word of another program"
	if s := study(t, channel.Options{}, strange, judged(made(2), -0.9, verify.Judged)); s.Share.AsScored != plain.Share.AsScored {
		t.Errorf("an unknown word moves the estimate: %+v", s.Share)
	}
}

func TestPicturesUsedAgainAreFoundAndCountedOnce(t *testing.T) {
	t.Parallel()
	all := sample()
	s := study(t, channel.Options{Grouper: copies(all)}, all...)
	if len(s.Clusters) != 1 {
		t.Fatalf("clusters %+v", s.Clusters)
	}
	c := s.Clusters[0]
	if c.Claims != 3 || c.Messages != 3 || c.Files != 2 || len(c.Sites) != 3 || !c.First.Equal(day(3)) || !c.Last.Equal(day(21)) || c.Relation != verify.SameScreenshot {
		t.Errorf("cluster %+v", c)
	}
	if want := []channel.Copy{{SHA256: all[2].Picture.SHA256, Relation: verify.IdenticalFile, Claims: 2}, {SHA256: all[20].Picture.SHA256, Relation: verify.SameScreenshot, Claims: 1}}; !slices.Equal(c.Pictures, want) {
		t.Errorf("pictures %+v", c.Pictures)
	}
	if s.Share.Groups != 15 { // 17 claims, three of them one picture
		t.Errorf("%d groups", s.Share.Groups)
	}
	one := made(1)
	two := made(2)
	two.Claim.URL, two.Postings[0].URL = "https://sub.site-1.test/other", "https://sub.site-1.test/other"
	if s := study(t, channel.Options{}, judged(one, -1, verify.Judged), judged(two, -1, verify.Judged)); s.Share.Groups != 1 || len(s.Clusters) != 0 || len(s.Sites) != 1 {
		t.Errorf("two hosts of one site: %+v, sites %+v", s.Share, s.Sites)
	}
}

func TestWithoutAGrouperTheSameFileAloneReturns(t *testing.T) {
	t.Parallel()
	s := study(t, channel.Options{}, sample()...)
	if len(s.Clusters) != 1 || s.Clusters[0].Files != 1 || s.Clusters[0].Relation != verify.IdenticalFile || s.Clusters[0].Messages != 2 {
		t.Errorf("clusters %+v", s.Clusters)
	}
}

// posted is a claim about an address with the picture of record n, in a message.
func posted(n, site int, message string) *corpus.Record {
	r := made(n)
	url := fmt.Sprintf("http://www.site-%d.test/", site)
	r.Claim.URL, r.Postings[0].URL, r.Postings[0].Message = url, url, message
	r.ID = corpus.ID(r.Picture.SHA256, url, verify.Span{}, r.Claim.PostedAt)
	return r
}

// album is one message with two pictures about two addresses, every pair of them claimed.
func album() []*corpus.Record {
	return []*corpus.Record{judged(posted(1, 1, "7"), -1, verify.Judged), judged(posted(1, 2, "7"), -1, verify.Judged),
		judged(posted(2, 1, "7"), -1, verify.Judged), judged(posted(2, 2, "7"), -1, verify.Judged)}
}

func TestAPictureReturnsOnlyIfItStandsInTwoMessages(t *testing.T) {
	t.Parallel()
	one := study(t, channel.Options{Grouper: found{{made(1).Picture.SHA256, made(2).Picture.SHA256}: verify.SamePage}}, album()...)
	if len(one.Clusters) != 0 || one.Messages != 1 || one.Claims != 4 {
		t.Errorf("one album: %d messages, clusters %+v", one.Messages, one.Clusters)
	}
	for _, want := range []string{"4 claims in 1 message, with 2 different pictures about 2 sites", "No picture was found in more than one message."} {
		if !strings.Contains(page(t, one, channel.View{}), want) {
			t.Errorf("the page of one album lacks %q", want)
		}
	}
	if one.Share.Groups != 1 || one.Share.Effective > 1.001 {
		t.Errorf("one album tells as much as %v claims in %d groups", one.Share.Effective, one.Share.Groups)
	}
	again := study(t, channel.Options{}, append(album(), judged(posted(2, 3, "8"), -1, verify.Judged))...)
	if len(again.Clusters) != 1 || again.Clusters[0].Messages != 2 || again.Clusters[0].Claims != 3 || again.Clusters[0].Picture != made(2).Picture.SHA256 {
		t.Errorf("posted again: %+v", again.Clusters)
	}
	twice := posted(1, 1, "7") // one claim, forwarded within the same minute
	twice.Postings = append(twice.Postings, corpus.Posting{URL: twice.Claim.URL, Channel: name, Message: "9"})
	if s := study(t, channel.Options{}, twice); len(s.Clusters) != 1 || s.Clusters[0].Claims != 1 || s.Clusters[0].Messages != 2 {
		t.Errorf("one claim in two messages: %+v", s.Clusters)
	}
	twice.Postings[1].Channel = "@others"
	if s := study(t, channel.Options{}, twice); len(s.Clusters) != 0 {
		t.Errorf("a message of another channel: %+v", s.Clusters)
	}
	var rows []*corpus.Record // of a table that has no names for messages
	for n, line := range []string{"table.csv line 2", "table.csv line 2", "table.csv line 3"} {
		r := posted(1, n+1, "")
		r.Postings[0].Origin = line
		rows = append(rows, r)
	}
	if s := study(t, channel.Options{}, rows[:2]...); len(s.Clusters) != 0 {
		t.Errorf("one row: %+v", s.Clusters)
	}
	if s := study(t, channel.Options{}, rows...); len(s.Clusters) != 1 || s.Clusters[0].Messages != 2 {
		t.Errorf("two rows: %+v", s.Clusters)
	}
}

func TestAClusterSaysWhatLeastCanBeSaidOfItsFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		others []verify.Relation
		want   verify.Relation
		text   []string
	}{
		"one screenshot": {[]verify.Relation{verify.SameScreenshot, verify.SameScreenshot}, verify.SameScreenshot, []string{"2 other files: the same screenshot"}},
		"another one": {[]verify.Relation{verify.CannotTell, verify.SamePage, verify.SameScreenshot}, verify.SamePage,
			[]string{"1 other file: the same screenshot", "1 other file: another screenshot of the same page, or one whose frame was edited", "1 other file: the same page, by itself or through another of them; whether the same screenshot cannot be told"}},
		"a bare page": {[]verify.Relation{verify.CannotTell, verify.SameScreenshot}, verify.CannotTell, nil},
		"no file":     {[]verify.Relation{verify.Unexamined, verify.SameScreenshot}, channel.NotCompared, []string{"1 other file: alike by its hash"}},
	} {
		f, all := found{}, []*corpus.Record{judged(made(1), 0, verify.Judged)}
		for i, r := range c.others {
			all = append(all, judged(made(i+2), 0, verify.Judged))
			f[[2]string{all[0].Picture.SHA256, all[i+1].Picture.SHA256}] = r
		}
		slices.Reverse(all) // the order in which they were posted counts
		s := study(t, channel.Options{Grouper: f}, all...)
		if len(s.Clusters) != 1 || s.Clusters[0].Relation != c.want || s.Clusters[0].Picture != all[len(all)-1].Picture.SHA256 || s.Share.Groups != 1 {
			t.Errorf("%s: %+v", name, s.Clusters)
		}
		text := page(t, s, channel.View{})
		for _, want := range c.text {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the page lacks %q", name, want)
			}
		}
		var table bytes.Buffer
		if err := s.ClaimsCSV(&table); err != nil {
			t.Fatal(err)
		}
		if first := strings.Split(table.String(), "\n")[len(all)]; !strings.HasSuffix(first, ",1,"+all[len(all)-1].Picture.SHA256+",identical file") {
			t.Errorf("%s: the claim that was posted first is %s", name, first)
		}
	}
}

func TestOtherChannelsAreLeftOut(t *testing.T) {
	t.Parallel()
	mine, other, both := made(1), made(2), made(3)
	other.Postings[0].Channel = "@others"
	earlier := both.Postings[0]
	earlier.Channel, earlier.PostedAt = "@others", verify.Span{From: day(1), To: day(1)}
	both.Postings = append([]corpus.Posting{earlier}, both.Postings...)
	s := study(t, channel.Options{}, mine, other, both)
	if s.Claims != 2 || s.Postings != 2 || !s.Last.Equal(day(3)) || s.Forwarded != 0 {
		t.Errorf("%d claims, %d postings, last %v", s.Claims, s.Postings, s.Last)
	}
	if _, err := channel.Of(t.Context(), records(other), channel.Options{Channel: name}); !errors.Is(err, channel.ErrNoClaims) {
		t.Errorf("a channel without claims: %v", err)
	}
	all, err := channel.Of(t.Context(), records(mine, other, both), channel.Options{})
	if err != nil || all.Claims != 3 || all.Postings != 4 {
		t.Errorf("the whole corpus: %+v, %v", all, err)
	}
}

// named are the messages and files that the table of claims names.
func named(t *testing.T, s *channel.Study) (all []string) {
	t.Helper()
	var b bytes.Buffer
	if err := s.ClaimsCSV(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	message, image := slices.Index(lines[0], "message"), slices.Index(lines[0], "image")
	for _, line := range lines[1:] {
		all = append(all, line[message]+" "+line[image])
	}
	return all
}

func TestTheTableNamesMessagesAndFilesAndForwardedOnesAreCounted(t *testing.T) {
	t.Parallel()
	own, twice, verified := judged(made(1), 1, verify.Judged), judged(made(2), 1, verify.Judged), made(3)
	own.Postings[0].Name = "photo_1.jpg"
	twice.Claim.Name, twice.Postings[0].Name, twice.Postings[0].Forwarded = "elsewhere.jpg", "photo_2.jpg", "@others"
	later := twice.Postings[0]
	later.Message, later.Name, later.Forwarded = "99", "again.jpg", ""
	other := twice.Postings[0]
	other.Channel, other.Message, other.Name = "@others", "7", "theirs.jpg"
	twice.Postings = []corpus.Posting{other, twice.Postings[0], later}
	verified.Claim.Name, verified.Postings = "claim.png", nil
	s := study(t, channel.Options{}, own, twice)
	if got := named(t, s); !slices.Equal(got, []string{"1 photo_1.jpg", "2 photo_2.jpg"}) || s.Forwarded != 1 || s.Postings != 3 {
		t.Errorf("%q, %d of %d forwarded", got, s.Forwarded, s.Postings)
	}
	if told := strings.Join(s.Assumes, "\n"); !strings.Contains(told, "forwarded from elsewhere counts like what was posted first: 1 of 3 postings.") {
		t.Error(told)
	}
	all, err := channel.Of(t.Context(), records(own, twice, verified), channel.Options{})
	if err != nil || all.Forwarded != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if got := named(t, all); !slices.Equal(got, []string{"1 photo_1.jpg", "7 theirs.jpg", " claim.png"}) {
		t.Errorf("of the whole corpus: %q", got)
	}
}

func TestErrorsOfRecordsAndAnEndedContextComeBack(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	fails := func(yield func(*corpus.Record, error) bool) { _ = yield(made(1), nil) && yield(nil, broken) }
	if _, err := channel.Of(t.Context(), fails, channel.Options{}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := channel.Of(ctx, records(made(1)), channel.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestCapturesAYearAndRanksTellThePublic(t *testing.T) {
	t.Parallel()
	list := "1,nothing.example\n17,site-11.test\n30,www.site-11.test\n99,site-16.test\n"
	s := study(t, channel.Options{Ranks: strings.NewReader(list)}, sample()...)
	if s.Public.List != 4 || s.Public.Ranked != 2 || s.Public.Best != 17 || s.Sites[0].Site != "site-11.test" || s.Sites[0].Rank != 17 || s.Sites[1].Rank != 99 {
		t.Errorf("%+v, best known %+v", s.Public, s.Sites[:2])
	}
	if s.Public.Looked != 19 || s.Public.Unlisted != 6 || s.Public.Sites != 21 {
		t.Errorf("%+v", s.Public)
	}
	for _, x := range s.Sites {
		switch x.Site {
		case "site-1.test": // three captures over ten years
			if x.Captures != 3 || x.PerYear < 0.29 || x.PerYear > 0.31 {
				t.Errorf("%+v", x)
			}
		case "site-14.test": // four within the last year
			if x.Captures != 4 || x.PerYear != 4 {
				t.Errorf("%+v", x)
			}
		case "site-18.test":
			if x.Looked {
				t.Errorf("%+v", x)
			}
		}
	}
}

func TestARankListThatIsNoneIsRefusedByLine(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "rank,domain\n", "1,a.example\nx", "0,a.example", "-1,a.example", "1,", "1;a.example", "1,a.example,b", "1,\x1b[2J a"} {
		_, err := channel.Of(t.Context(), records(made(1)), channel.Options{Ranks: strings.NewReader(bad)})
		if !errors.Is(err, channel.ErrRanks) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, good := range []string{"1,site-1.test\r\n", "\ufeff1,site-1.test", " 1 , SITE-1.test. \n\n"} {
		s := study(t, channel.Options{Ranks: strings.NewReader(good)}, made(1))
		if s.Public.Best != 1 {
			t.Errorf("%q: %+v", good, s.Public)
		}
	}
}

func TestTheSentencesAreTrueWhateverTheFigures(t *testing.T) {
	t.Parallel()
	many := make([]*corpus.Record, 0, 1200)
	for n := range 1200 {
		many = append(many, judged(made(n+1), -1, verify.Judged))
	}
	for _, c := range []struct {
		name, first, second string
		all                 []*corpus.Record
		list                string
	}{
		{"nothing judged", "The only claim that “@defacers” posted has not been judged yet, so nothing can be said of whether it is genuine.",
			"How much public the claimed sites have is not known: none was looked up in archives, and no rank list was given.", []*corpus.Record{made(1)}, ""},
		{"one undecided", "Of 1 claim that “@defacers” posted, the evidence speaks for none, speaks against none and leaves 1 open, which is too little to estimate what share of these is genuine.",
			"No archived capture is known of the claimed pages of 1 site looked up.", []*corpus.Record{judged(made(1), 0, verify.Judged)}, ""},
		{"many against", "Of 1,200 claims that “@defacers” posted, the evidence speaks for none, speaks against 1,200 and leaves none open, an estimated 0 to 1 % of these being genuine.",
			"None of 1,200 claimed sites is in the rank list of 1 entry that was given; no archived capture is known of the claimed pages of 1,200 sites looked up.", many, "1,a.example"},
		{"ordinary pages alone", "Of 1 claim that “@defacers” posted, the evidence speaks for none, speaks against none and leaves none open; 1 answers another question.",
			"Archived captures are known of the claimed page of the one site looked up, about 1 a year.", []*corpus.Record{judged(made(1), 0, verify.OrdinaryPage, 2025)}, ""},
		{"some of each", "Of 21 claims that “@defacers” posted, the evidence speaks for 2, speaks against 12 and leaves 3 open, an estimated 0 to 45 % of these being genuine; 2 answer another question; 2 have not been judged.",
			"Archived captures are known of the claimed pages of 13 of 19 sites looked up, at a median of 0.3 a year for all of them.", sample(), ""},
	} {
		o := channel.Options{}
		if c.list != "" {
			o.Ranks = strings.NewReader(c.list)
		}
		s := study(t, o, c.all...)
		if s.Sentences[0] != c.first || s.Sentences[1] != c.second {
			t.Errorf("%s: %q", c.name, s.Sentences)
		}
	}
}

// scene is a picture that differs by n.
func scene(n int) image.Image {
	img, r := image.NewNRGBA(image.Rect(0, 0, 1280, 800)), rand.New(rand.NewPCG(uint64(n), 1))
	for range 60 {
		x, y, c := r.IntN(1200), r.IntN(760), color.NRGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
		for dx := range 80 {
			for dy := range 40 {
				img.SetNRGBA(x+dx, y+dy, c)
			}
		}
	}
	return img
}
