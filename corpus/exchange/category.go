package exchange

import (
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
)

// The members of schema.org's MediaManipulationRatingEnumeration that can follow from
// evidence about a screenshot.
const (
	original         = "OriginalMediaContent"    // no evidence that it was altered
	transformed      = "TransformedContent"      // elements were added or deleted
	decontextualized = "DecontextualizedContent" // unaltered, and said to come from another time or place
)

// category is what the evidence says of the picture, "" where it does not say which.
// Only the outermost words have one. That a claim leans to an edited picture does not
// say that the file was changed: the page may have been, in the claimant's own browser,
// which schema.org would call staged. So it takes a part that was put in after the rest
// was compressed.
func category(v *verify.Result, o outcome.Kind) string {
	switch {
	case o == outcome.Kind(verify.Supported) && !counts(v, verify.Edited):
		return original
	case o != outcome.Kind(verify.Contradicted):
		return ""
	case v.Verdict.Leaning == verify.Misattributed && !counts(v, verify.Edited):
		return decontextualized
	case v.Verdict.Leaning == verify.Edited && putIn(v):
		return transformed
	}
	return ""
}

// counts says whether evidence counted against the claim that points there.
func counts(v *verify.Result, l verify.Leaning) bool {
	for _, e := range v.Evidence {
		if e.Counted < 0 && e.Leaning == l {
			return true
		}
	}
	return false
}

// putIn says whether the pixels show that a part was put in later, where the page is
// otherwise.
func putIn(v *verify.Result) bool {
	for _, e := range v.Evidence {
		if e.Counted < 0 && (e.Finding == "trace.untouched" || e.Finding == "trace.other_grid") {
			return true
		}
	}
	return false
}
