package verify

import (
	"github.com/defacecheck/defacecheck/verify/metadata"
	"github.com/defacecheck/defacecheck/verify/picture/frame"
)

// checkMetadata weighs what the file says of its own making. All of it can be
// written by anybody, so it is evidence against careless work only, and a file
// that says nothing weighs nothing.
func checkMetadata(c *Case) ([]finding, error) {
	var all []finding
	w, posted := c.Claim.Window(), c.Claim.PostedAt
	for _, m := range metadata.Findings(c.Facts, metadata.About{
		Name: c.Claim.Name, ReadAt: c.Claim.ReadAt, Phone: c.Frame.Kind == frame.Phone,
		Window: metadata.Span{From: w.From, To: w.To}, Posted: metadata.Span{From: posted.From, To: posted.To},
	}) {
		f := finding{key: m.Key, sentence: m.Sentence, leaning: Edited, unit: m.Unit}
		if m.Unit != "" {
			f.value = value(m.Value)
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		return []finding{{key: "metadata.nothing", sentence: "The file says nothing of how it was made. Messengers and websites remove such marks, so this weighs nothing."}}, nil
	}
	return all, nil
}
