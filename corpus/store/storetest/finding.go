package storetest

import (
	"math/bits"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// finds wants exactly these precedents, in this order.
func finds(t *testing.T, c Corpus, sha256 string, i imprint.Imprint, want ...verify.Precedent) {
	t.Helper()
	got, err := c.Find(t.Context(), sha256, i)
	if err != nil {
		t.Fatal(err)
	}
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("found %+v\nwant %+v", got, want)
	}
}

func empty(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	finds(t, c, sha("1"), Imprint(1))
	holds(t, c, store.Holdings{})
}

func comesBack(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	full, bare := Result(1), Result(2)
	bare.Claim.ClaimedAt, bare.Claim.PostedAt = nil, nil
	record(t, c, full, bare)
	finds(t, c, full.Claim.SHA256, Imprint(1), precedent(full, true, 0))
	finds(t, c, bare.Claim.SHA256, Imprint(2), precedent(bare, true, 0))
	finds(t, c, sha("unknown"), Imprint(3))
	holds(t, c, store.Holdings{Pictures: 2, Claims: 2, Verdicts: 2})
}

func copies(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	first := Result(1)
	record(t, c, first)
	for _, bits := range []int{0, 1, store.Radius - 1, store.Radius} {
		finds(t, c, sha("a copy"), Turned(Imprint(1), bits), precedent(first, false, bits))
	}
	for _, bits := range []int{store.Radius + 1, 2 * store.Radius, 256} {
		finds(t, c, sha("another"), Turned(Imprint(1), bits))
	}
}

func order(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	asked := Imprint(1)
	file := Result(1)
	far := of(Result(2), "far", Turned(asked, store.Radius))
	near := of(Result(3), "near", Turned(asked, 3))
	equal := of(Result(4), "equal", asked)
	early := of(Result(5), "early", Turned(asked, 3))
	early.Claim.ReadAt = day(1)
	record(t, c, far, near, equal, file, early)
	finds(t, c, file.Claim.SHA256, asked, precedent(file, true, 0), precedent(equal, false, 0),
		precedent(early, false, 3), precedent(near, false, 3), precedent(far, false, store.Radius))
}

func uninformative(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	blank := imprint.Imprint{Information: 0.1}
	white, busy := of(Result(1), "white", blank), of(Result(2), "busy", imprint.Imprint{Information: 0.9, Informative: true})
	record(t, c, white, busy)
	finds(t, c, sha("black"), blank)
	finds(t, c, white.Claim.SHA256, blank, precedent(white, true, 0))
	finds(t, c, sha("third"), imprint.Imprint{Informative: true}, precedent(busy, false, 0))
}

// recall fills a corpus with clusters of like hashes and compares every answer
// with a comparison of all by hand.
func recall(t *testing.T, open func() (Corpus, error)) {
	c := handle(t, open)
	const centres, each = 4, 12
	var known []imprint.Imprint
	for n := range uint64(centres) {
		for k := range each {
			i := Turned(Imprint(n), 3*k)
			i.Informative = k%4 != 3
			known = append(known, i)
			record(t, c, of(Result(uint64(len(known))), word(uint64(len(known))), i))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		asked := Turned(Imprint(rapid.Uint64Range(0, centres).Draw(t, "centre")), rapid.IntRange(0, 60).Draw(t, "bits"))
		asked.Difference256[rapid.IntRange(0, 3).Draw(t, "word")] ^= 1 << rapid.IntRange(0, 63).Draw(t, "bit")
		got, err := c.Find(t.Context(), sha("asked"), asked)
		if err != nil {
			t.Fatal(err)
		}
		if want := within(known, asked); len(got) != want {
			t.Fatalf("found %d, want %d", len(got), want)
		}
		for _, p := range got {
			if p.Bits > store.Radius || p.Identical {
				t.Errorf("found %+v", p)
			}
		}
	})
}

func within(known []imprint.Imprint, asked imprint.Imprint) (n int) {
	for _, k := range known {
		far := 0
		for w := range k.Difference256 {
			far += bits.OnesCount64(k.Difference256[w] ^ asked.Difference256[w])
		}
		if k.Informative && far <= store.Radius {
			n++
		}
	}
	return n
}
