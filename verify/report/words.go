package report

import "github.com/defacecheck/defacecheck/verify"

// words returns the five bands from against to for.
func words() []verify.Word {
	return []verify.Word{verify.Contradicted, verify.LeansFalse, verify.Inconclusive,
		verify.LeansGenuine, verify.Supported}
}
