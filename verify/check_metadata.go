package verify

import (
	"github.com/defacecheck/defacecheck/verify/metadata"
)

// checkMetadata weighs what the file says of its own making. All of it can be
// written by anybody, so it is evidence against careless work only, and a file
// that says nothing weighs nothing.
func checkMetadata(c *Case) ([]finding, error) {
	var all []finding
	for _, m := range metadata.Findings(c.Facts, metadata.Context{
		ClaimedFrom: c.Claim.Window().From, ClaimedTo: c.Claim.Window().To,
		PostedTo: c.Claim.PostedAt.To, ReadAt: c.Claim.ReadAt, Name: c.Claim.Name,
	}) {
		all = append(all, finding{key: m.Key, sentence: m.Sentence, leaning: Edited})
	}
	if len(all) == 0 {
		return []finding{{key: "metadata.nothing", sentence: "The file says nothing of how it was made. Messengers and websites remove such marks, so this weighs nothing."}}, nil
	}
	return all, nil
}
