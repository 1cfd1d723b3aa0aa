package metadata

import "fmt"

// provenanceFindings report a C2PA manifest, and that its digests do not fit.
func provenanceFindings(f *Facts) []Finding {
	p := f.C2PA
	if p == nil {
		return nil
	}
	unchecked := " Its signature was not checked here; a C2PA validator can do that."
	fits := "says nothing of the file that could be compared."
	if p.Binding == BindingFits && p.Uncovered > 0 {
		fits = fmt.Sprintf("fits the file, but leaves out %d bytes that are no part of the manifest.", p.Uncovered)
	} else if p.Binding == BindingFits {
		fits = "fits the file, which was not changed since, unless the manifest was written anew."
	}
	out := []Finding{{Key: KeyProvenance, Value: float64(len(p.Actions)), Unit: "steps",
		Sentence: fmt.Sprintf("The file carries a C2PA provenance manifest that lists %d actions; its digest ", len(p.Actions)) + fits + unchecked}}
	if p.Binding == BindingBroken || p.Statements == BindingBroken {
		out[0].Sentence = fmt.Sprintf("The file carries a C2PA provenance manifest that lists %d actions.", len(p.Actions)) + unchecked
		what := "digest of the file does not fit: the file was changed after the manifest was made. Changing its metadata alone does that as well."
		if p.Binding != BindingBroken {
			what = "claim does not fit its statements: some were changed, removed or added after the manifest was made."
		}
		out = append(out, Finding{Key: KeyUnbound, Sentence: "The C2PA manifest's " + what})
	}
	return out
}
