// Package rows holds judged claims of which the truth is known, one a line, in the
// form that calibration and measurement read.
//
// A file is JSON Lines. The first line is a Header: the schema, and the digest of the
// corpus that the claims come from. Each further line is a Row: who the claim is
// about (site), whose defacement it shows (family), how it was made (class), what is
// true of it, on which side of the split it lies, and the evidence that the program
// found, by the keys of its score model, before any weight:
//
//	{"schema":"defacecheck/rows/2","corpus":"<SHA-256 of the corpus manifest>"}
//	{"claim":"c000001","sha256":"<of its files>","split":"train","site":"npm:docsite","family":"f012","class":"spliced_wide",
//	 "truth":"edited","word":"inconclusive","program":"0.3.0","evidence":[
//	 {"group":"brackets","finding":"brackets.ordinary","log10_lr":-0.42},
//	 {"group":"file","finding":"metadata.editor"}]}
//
// (a row stands on one line). An item of evidence without log10_lr is a finding that
// the model has a weight for. One with log10_lr was computed, which the model has a factor
// for (score.Weight.Factor). It is given as the built-in model gives it in a verdict, or
// as it was before the bounds of its group: fitted models keep these bounds, and apply them
// before their factor. A test that
// could not run, or was not made, has no item: missing evidence is missing and not zero.
//
// Reading is strict. A line that is not wholly understood (an unknown or a repeated
// field, a truth that is none, a number that is not finite, a name with other than
// plain letters) is an error with its line number, and so is a claim told twice; a
// figure from half-read rows would be worse than none. Sizes are bounded by Limits.
//
// Splits are by site and by family, never by claim (CheckSplit): claims about one site
// share its look, and those with one defacement share its picture. Whether two
// pictures on different sides resemble each other is for whoever makes the corpus to
// find; here only names can be compared.
package rows
