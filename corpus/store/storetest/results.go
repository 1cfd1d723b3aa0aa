package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// Result makes up a judged claim. Another n is another picture, far from all
// others by its hashes.
func Result(n uint64) *verify.Result {
	i := Imprint(n)
	return &verify.Result{
		Schema:   verify.Schema,
		Versions: verify.Versions{Program: "defacecheck test", Model: "made up 1", ModelDigest: "sha256:0123"},
		Claim: verify.ClaimFacts{
			Image: fmt.Sprintf("claim-%d.png", n), SHA256: sha(fmt.Sprint(n)), Bytes: int64(n), Format: "png",
			Width: 1280, Height: 800, Frames: 1, URL: fmt.Sprintf("http://site-%d.test/", n),
			ClaimedAt: &verify.Span{From: day(1), To: day(2)}, PostedAt: &verify.Span{From: day(3), To: day(3)},
			ReadAt: day(4), Hashes: values(i),
		},
		Verdict: verify.Verdict{Word: verify.Inconclusive, Answer: verify.Judged, Prior: 0.5, Probability: 0.5},
	}
}

// Imprint is the imprint of Result(n)'s picture: bits that look random.
func Imprint(n uint64) imprint.Imprint {
	sum := sha256.Sum256(fmt.Append(nil, "imprint", n))
	i := imprint.Imprint{Average: n, Difference: ^n, Perception: n << 32, Information: 0.9, Informative: true}
	for w := range i.Difference256 {
		for _, b := range sum[w*8 : w*8+8] {
			i.Difference256[w] = i.Difference256[w]<<8 | uint64(b)
		}
	}
	return i
}

// Turned is i with that many bits of the 256 turned, spread over all words.
func Turned(i imprint.Imprint, bits int) imprint.Imprint {
	for b := range bits {
		at := b * 37 % 256 // 37 and 256 share no factor: every b is another bit
		i.Difference256[at/64] ^= 1 << (at % 64)
	}
	return i
}

// of gives a result another picture with the imprint i.
func of(r *verify.Result, name string, i imprint.Imprint) *verify.Result {
	r.Claim.Image, r.Claim.SHA256, r.Claim.Hashes = name, sha(name), values(i)
	return r
}

func values(i imprint.Imprint) verify.HashValues {
	return verify.HashValues{
		Average: word(i.Average), Difference: word(i.Difference), Perception: word(i.Perception),
		Difference256: word(i.Difference256[:]...), Information: i.Information, Informative: i.Informative,
	}
}

func word(all ...uint64) string {
	var b strings.Builder
	for _, w := range all {
		fmt.Fprintf(&b, "%016x", w)
	}
	return b.String()
}

func sha(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func day(n int) time.Time { return time.Date(2025, 2, n, 12, 30, 0, 123456789, time.UTC) }

// precedent is what Find says of a result.
func precedent(r *verify.Result, identical bool, bits int) verify.Precedent {
	p := verify.Precedent{Name: r.Claim.Image, URL: r.Claim.URL, Seen: r.Claim.ReadAt, Picture: r.Claim.SHA256, Identical: identical, Bits: bits}
	if r.Claim.ClaimedAt != nil {
		p.Claimed = *r.Claim.ClaimedAt
	}
	if r.Claim.PostedAt != nil {
		p.Posted = *r.Claim.PostedAt
	}
	return p
}
