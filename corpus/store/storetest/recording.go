package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

func sameClaim(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	first, later, otherModel := Result(1), Result(1), Result(1)
	later.Claim.ReadAt, later.Claim.Image = day(9), "renamed.png"
	otherModel.Versions.ModelDigest = "sha256:4567"
	zoned := Result(1) // the same moments, told in another zone
	zone := time.FixedZone("UTC+5", 5*60*60)
	zoned.Claim.ClaimedAt = &verify.Span{From: day(1).In(zone), To: day(2).In(zone)}
	record(t, c, first, later, otherModel, zoned, first, later)
	holds(t, c, store.Holdings{Pictures: 1, Claims: 1, Verdicts: 4})
	finds(t, c, first.Claim.SHA256, Imprint(1), precedent(first, true, 0))
}

func otherClaims(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	changes := []func(*verify.ClaimFacts){
		func(*verify.ClaimFacts) {},
		func(f *verify.ClaimFacts) { f.URL += "x" },
		func(f *verify.ClaimFacts) { f.ClaimedAt = nil },
		func(f *verify.ClaimFacts) { f.PostedAt = nil },
		func(f *verify.ClaimFacts) { f.ClaimedAt, f.PostedAt = f.PostedAt, f.ClaimedAt },
		func(f *verify.ClaimFacts) { f.ClaimedAt.To = f.ClaimedAt.To.Add(1) },
		func(f *verify.ClaimFacts) { f.PostedAt.From = f.PostedAt.From.Add(-1) },
	}
	for _, change := range changes {
		r := Result(1)
		change(&r.Claim)
		record(t, c, r)
	}
	holds(t, c, store.Holdings{Pictures: 1, Claims: len(changes), Verdicts: len(changes)})
}

// Hostile are strings that strangers could choose to do harm, here or where
// they are shown.
func Hostile() []string {
	return []string{
		"", " ", "'); DROP TABLE claims; --", `"quoted" 'twice' \ %s $1 ? ?1 :a @b`, "a\x00b", "\xff\xfe broken \xc3",
		"\x1b]0;title\a\x1b[2J", "\u202egnp.exe", "=HYPERLINK(\"http://a.test\")", "<script>alert(1)</script>", "\r\n\u2028\u2029",
		"2025-02-01T12:30:00.000000000Z", "12345", "1e999", "null", "../../etc/passwd", "\U0010ffff\ufeff", strings.Repeat("long ", 1<<16),
	}
}

func hostile(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	for n, text := range Hostile() {
		r := Result(uint64(n))
		r.Claim.Image, r.Claim.URL = text, text
		valid := strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
		r.Claim.Format, r.Claim.Metadata = valid, map[string]string{text: text}
		r.Versions.Program, r.Versions.Model, r.Versions.ModelDigest = valid, valid, valid
		r.Verdict.Sentence = text
		record(t, c, r)
		finds(t, c, r.Claim.SHA256, Imprint(uint64(n)), precedent(r, true, 0))
	}
	holds(t, c, store.Holdings{Pictures: len(Hostile()), Claims: len(Hostile()), Verdicts: len(Hostile())})
}

func incomplete(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	spoil := map[string]func(*verify.Result){
		"no digest":         func(r *verify.Result) { r.Claim.SHA256 = "" },
		"capital digest":    func(r *verify.Result) { r.Claim.SHA256 = strings.ToUpper(r.Claim.SHA256) },
		"digest with space": func(r *verify.Result) { r.Claim.SHA256 = " " + r.Claim.SHA256[1:] },
		"no hashes":         func(r *verify.Result) { r.Claim.Hashes = verify.HashValues{} },
		"a short hash":      func(r *verify.Result) { r.Claim.Hashes.Average = "0" },
		"a shifted hash": func(r *verify.Result) {
			r.Claim.Hashes.Average, r.Claim.Hashes.Difference = strings.Repeat("0", 15), strings.Repeat("0", 17)
		},
		"a hash of signs": func(r *verify.Result) { r.Claim.Hashes.Average = strings.Repeat("-", 16) },
	}
	for name, do := range spoil {
		r := Result(1)
		do(r)
		if err := c.Record(t.Context(), r); !errors.Is(err, store.ErrIncomplete) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := c.Record(t.Context(), nil); !errors.Is(err, store.ErrIncomplete) {
		t.Errorf("no result: %v", err)
	}
	endless := Result(1)
	endless.Claim.ReadAt = time.Date(12025, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := c.Record(t.Context(), endless); err == nil {
		t.Error("a year of five digits was recorded; it would not come back")
	}
	holds(t, c, store.Holdings{})
}

func ended(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Record(ctx, Result(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("record: %v", err)
	}
	if _, err := c.Find(ctx, sha("1"), Imprint(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("find: %v", err)
	}
	holds(t, c, store.Holdings{}) // and the handle is good for more
	record(t, c, Result(1))
}

func handles(t *testing.T, open func() (Corpus, error)) {
	a, b := handle(t, open), handle(t, open)
	record(t, a, Result(1))
	finds(t, b, sha("1"), Imprint(1), precedent(Result(1), true, 0))
	record(t, b, Result(2))
	finds(t, a, sha("2"), Imprint(2), precedent(Result(2), true, 0))
	later, err := open()
	if err != nil {
		t.Fatal(err)
	}
	if err := later.Close(); err != nil {
		t.Fatal(err)
	}
	record(t, a, Result(3)) // another handle's end took nothing from this one
	holds(t, b, store.Holdings{Pictures: 3, Claims: 3, Verdicts: 3})
}

// together has two handles, two goroutines each, record overlapping claims
// while they search.
func together(t *testing.T, open func() (Corpus, error)) {
	const each, shared = 12, 4
	var work errgroup.Group
	for h := range 2 {
		c := handle(t, open)
		for g := range 2 {
			work.Go(func() error {
				for n := range uint64(each) {
					r := Result(n % shared)
					r.Claim.URL += string(rune('a' + n))
					r.Versions.Program = word(uint64(h), uint64(g))
					if err := c.Record(t.Context(), r); err != nil {
						return err
					}
					if found, err := c.Find(t.Context(), r.Claim.SHA256, Imprint(n%shared)); err != nil || len(found) == 0 {
						return errors.Join(err, errors.New("a claim was recorded and not found"))
					}
				}
				return nil
			})
		}
	}
	if err := work.Wait(); err != nil {
		t.Fatal(err)
	}
	holds(t, handle(t, open), store.Holdings{Pictures: shared, Claims: each, Verdicts: 4 * each})
}
