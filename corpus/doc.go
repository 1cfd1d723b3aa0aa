// Package corpus has the words for many claims: what was posted (Posting), the
// pictures that were posted (Picture), what was found and decided (Verdict,
// Adjudication, Setback), and a claim with all of it (Record).
//
// A claim is a picture, an address and its times (ID), however often and by whomever it
// was posted. Whoever reads claims from elsewhere gives Postings; whoever keeps them
// gives Records; reports and datasets are made from Records alone and know no
// database.
//
// Everything in a Posting is a stranger's: names, texts and addresses are kept byte for
// byte and must be made safe wherever they are shown.
package corpus
