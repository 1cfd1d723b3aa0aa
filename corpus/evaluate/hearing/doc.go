// Package hearing has the program judge every claim of a made corpus, and writes what
// it found as rows (package rows), for calibration and measurement.
//
// Each claim is judged as verify judges a user's: its live site is served on loopback
// under its own name, its archive is the claim's WARC file, the clock shows the time
// for which the claim was made, and earlier claims are those that the claim names.
// Only the browser is shared, for starting one costs seconds, and several claims are
// judged side by side. Nothing of truth.json reaches the judge.
//
// Rows are appended one at a time, whole, in the order of the claims: a run that was
// ended, however, is continued, and a line that was not finished is written again. Rows
// name the digest of their claim's files, so that those of a corpus that was made larger
// since are gone on with. A file of another corpus or of a larger one, or begun by
// another program, is refused.
//
// With each row stands what simple ways of comparing find, for measuring against them:
// the distance of perceptual hashes and the difference of pixels between the whole
// picture and the page's first viewport, live and in the nearest archived capture.
package hearing
