package dataset

import (
	"encoding/json"
	"fmt"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/rows"
	"github.com/defacecheck/defacecheck/corpus/store"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/imprint"
)

// entryOf makes an entry of what a corpus keeps; without images, nothing that was taken
// from a page is in it.
func entryOf(k store.Kept, place placed, images bool) *Entry {
	r := k.Record
	e := &Entry{ID: r.ID, Split: place.split, Site: place.site, Group: place.group,
		Claim: claimOut(r.Claim), Picture: pictureOut(r.Picture), Verdicts: len(r.Verdicts),
		Postings: []posting{}, Adjudications: []adjudication{}}
	if v := r.Latest(); v != nil {
		e.Features = featuresOf(v.Result)
	}
	if j := r.Adjudicated(); j != nil {
		e.Label = j.Truth
	}
	for _, p := range r.Postings {
		e.Postings = append(e.Postings, posting{text(p.Notifier), text(p.Words), text(p.Channel), text(p.Message),
			text(p.Text), text(p.Forwarded), timeOut(p.EditedAt), text(p.Origin), text(p.Name)})
	}
	for _, d := range r.Edits {
		e.Edits = append(e.Edits, edit{text(d.Channel), text(d.Message), d.At, text(d.Text)})
	}
	for _, j := range r.Adjudications {
		e.Adjudications = append(e.Adjudications, adjudication{j.At, text(j.By), j.Truth, text(j.Reason)})
	}
	if b := r.SetAside; b != nil {
		e.SetAside = &setback{b.At, b.Program, b.Tries, text(b.Reason)}
	}
	if !images {
		return e
	}
	e.image = k.File
	for i, raw := range k.Results {
		e.Results = append(e.Results, json.RawMessage(raw))
		e.Digests = append(e.Digests, r.Verdicts[i].SHA256)
	}
	return e
}

func claimOut(c verify.Claim) claim {
	return claim{text(c.Name), text(c.URL), spanOut(c.ClaimedAt), spanOut(c.PostedAt), text(c.Notifier), text(c.Words), timeOut(c.ReadAt)}
}

func pictureOut(p corpus.Picture) pictureFact {
	h := p.Print.Hex()
	return pictureFact{SHA256: p.SHA256, Bytes: p.Bytes, Format: p.Format, Width: p.Width, Height: p.Height,
		Hashes: verify.HashValues{Average: h.Average, Difference: h.Difference, Perception: h.Perception,
			Difference256: h.Difference256, Information: p.Print.Information, Informative: p.Print.Informative}}
}

// kept is what a corpus keeps of an entry. The error says what is wrong with it; it
// wraps capture.ErrBadURL where that is the address.
func (e *Entry) kept() (store.Kept, error) {
	if err := checkAddress(string(e.Claim.URL)); err != nil {
		return store.Kept{}, err
	}
	h := e.Picture.Hashes
	print, err := imprint.Hex{Average: h.Average, Difference: h.Difference, Perception: h.Perception,
		Difference256: h.Difference256}.Parse(h.Information)
	if err != nil {
		return store.Kept{}, err
	}
	print.Informative = h.Informative
	if len(e.Digests) != len(e.Results) {
		return store.Kept{}, fmt.Errorf("%d results and %d digests", len(e.Results), len(e.Digests))
	}
	r := &corpus.Record{ID: e.ID, Claim: e.Claim.in(),
		Picture: corpus.Picture{SHA256: e.Picture.SHA256, Bytes: e.Picture.Bytes, Format: e.Picture.Format,
			Width: e.Picture.Width, Height: e.Picture.Height, Print: print}}
	k := store.Kept{Record: r, File: e.image}
	for i, raw := range e.Results {
		r.Verdicts = append(r.Verdicts, corpus.Verdict{SHA256: e.Digests[i]})
		k.Results = append(k.Results, raw)
	}
	for _, p := range e.Postings {
		r.Postings = append(r.Postings, p.in(r.Claim))
	}
	for _, d := range e.Edits {
		r.Edits = append(r.Edits, corpus.Edit{Channel: string(d.Channel), Message: string(d.Message), At: d.At.UTC(), Text: string(d.Text)})
	}
	for _, j := range e.Adjudications {
		r.Adjudications = append(r.Adjudications, corpus.Adjudication{At: j.At.UTC(), By: string(j.By), Truth: j.Truth, Reason: string(j.Reason)})
	}
	if b := e.SetAside; b != nil {
		r.SetAside = &corpus.Setback{At: b.At.UTC(), Program: b.Program, Tries: b.Tries, Reason: string(b.Reason)}
	}
	return k, nil
}

// checkAddress refuses what no other way into a corpus lets in: an address that a browser
// would not visit as it stands, or would spell otherwise, which makes two claims of one.
// Like there, an address of a private network is a claim; whoever visits pages refuses it.
func checkAddress(url string) error {
	switch canonical, err := capture.CanonicalURL(url); {
	case err != nil:
		return err
	case canonical != url:
		return fmt.Errorf("read URL %q: %w: a browser writes it as %q", capture.Redact(url), capture.ErrBadURL, capture.Redact(canonical))
	}
	return nil
}

func (c claim) in() verify.Claim {
	return verify.Claim{Name: string(c.Name), URL: string(c.URL), ClaimedAt: spanIn(c.ClaimedAt), PostedAt: spanIn(c.PostedAt),
		Notifier: string(c.Notifier), Words: string(c.Words), ReadAt: timeIn(c.ReadAt)}
}

func (p posting) in(c verify.Claim) corpus.Posting {
	return corpus.Posting{URL: c.URL, ClaimedAt: c.ClaimedAt, PostedAt: c.PostedAt, Notifier: string(p.Notifier), Words: string(p.Words),
		Channel: string(p.Channel), Message: string(p.Message), Text: string(p.Text), Forwarded: string(p.Forwarded),
		EditedAt: timeIn(p.EditedAt), Origin: string(p.Origin), Name: string(p.Name)}
}

// featuresOf are the numbers of a result.
func featuresOf(r *verify.Result) *Features {
	v := r.Verdict
	f := &Features{Program: r.Versions.Program, Model: r.Versions.Model, ModelDigest: r.Versions.ModelDigest,
		Word: v.Word, Answer: v.Answer, Log10LR: v.Log10LR, Leaning: v.Leaning,
		Evidence: []EvidenceFeature{}, Captures: []CaptureFeature{}}
	for _, e := range r.Evidence {
		f.Evidence = append(f.Evidence, EvidenceFeature{e.ID, e.Group, e.Version, e.Ran, e.Finding, e.Value, e.Unit, e.Log10LR, e.Counted})
	}
	for _, c := range r.Captures {
		f.Captures = append(f.Captures, captureOf(c))
	}
	return f
}

func captureOf(c verify.CaptureView) CaptureFeature {
	out := CaptureFeature{Kind: string(c.Kind), SeenAt: c.SeenAt, Validity: string(c.Validity), Status: c.Status,
		State: string(c.State), Ordinary: c.Ordinary, Missing: c.Missing}
	if m := c.Match; m != nil {
		out.Match = &matchFact{m.Located, m.Scale, m.Confidence, m.TilesSame, m.TilesDiff, m.TilesFlat, m.Agreement, m.Changed, m.Beyond}
	}
	if w := c.Words; w != nil {
		out.Words = &wordsFact{w.Read, w.Found, w.PageFound, w.Placed, w.Rare, w.Unread, w.Strange, w.Whole}
	}
	return out
}

// labels are the truths that a person can have decided.
func labels() []rows.Truth {
	return []rows.Truth{rows.Genuine, rows.Edited, rows.Misattributed, rows.NotDefaced, corpus.Unclear}
}
