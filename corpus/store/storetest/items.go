package storetest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
)

// Item makes up a posting. Another n is another picture, claimed for another
// address; the file is no picture, because no database looks into it.
func Item(n uint64) store.Item { return Weighing(n, 0) }

// Weighing is Item with a file of at least so many bytes, which look random.
func Weighing(n uint64, bytes int) store.Item {
	data := fmt.Appendf(nil, "\x00\xff picture %d", n)
	more := make([]byte, max(0, bytes-len(data)))
	_, _ = rand.NewChaCha8(sha256.Sum256(data)).Read(more) // never fails
	data = append(data, more...)
	sum := sha256.Sum256(data)
	return store.Item{
		File: data, ReadAt: day(4),
		Picture: corpus.Picture{SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(data)), Format: "jpeg",
			Width: 1280, Height: 800, Print: Imprint(n)},
		Posting: corpus.Posting{
			URL: fmt.Sprintf("http://site-%d.test/", n), ClaimedAt: verify.Span{From: day(1), To: day(2)},
			PostedAt: verify.Span{From: day(3), To: day(3)}, Notifier: "somebody", Words: "was here",
			Channel: "a channel", Message: fmt.Sprint(n), Text: "look at this", Forwarded: "another channel",
			EditedAt: day(5), Origin: "result.json, message 7", Name: fmt.Sprintf("photo_%d.jpg", n),
		},
	}
}

// ID is the claim of an item.
func ID(i store.Item) string {
	return corpus.ID(i.Picture.SHA256, i.Posting.URL, i.Posting.ClaimedAt, i.Posting.PostedAt)
}

// Judged makes up a verdict on an item's claim.
func Judged(i store.Item, program, model string) *verify.Result {
	r := Result(0)
	p, posting := i.Picture, i.Posting
	r.Versions.Program, r.Versions.ModelDigest = program, model
	r.Claim.Image, r.Claim.SHA256, r.Claim.Bytes, r.Claim.Format = posting.Name, p.SHA256, p.Bytes, p.Format
	r.Claim.Width, r.Claim.Height, r.Claim.Hashes = p.Width, p.Height, values(p.Print)
	r.Claim.URL, r.Claim.ClaimedAt, r.Claim.PostedAt = posting.URL, &posting.ClaimedAt, &posting.PostedAt
	return r
}

// Expected is the record of an item that was added and nothing else.
func Expected(i store.Item) *corpus.Record {
	p := i.Posting
	return &corpus.Record{
		ID: ID(i), Picture: i.Picture, Postings: []corpus.Posting{p},
		Claim: verify.Claim{Name: p.Name, URL: p.URL, ClaimedAt: p.ClaimedAt, PostedAt: p.PostedAt,
			Notifier: p.Notifier, Words: p.Words, ReadAt: i.ReadAt},
	}
}
