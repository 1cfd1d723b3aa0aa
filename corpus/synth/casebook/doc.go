// Package casebook makes labelled claims by the thousand: the picture, what the
// claimant says, the site as it is when the claim is judged, the archive as a WARC
// file, and the truth with a mask of what was altered.
//
// Every claim is a directory of the corpus: claim.json is all that a judge may know
// (Claim), truth.json what is so (Known), beside the picture, mask.png,
// archive.warc.gz and live/. corpus.json (Manifest) lists the claims with digests,
// the split, and the distributions that everything was drawn from (draws.go, each
// with its source or the word "assumed").
//
// How a claim is made. Claim i of a seed is drawn (plan): its class, a page of a
// site, a defacement, the times, what the archive has, what becomes of the picture.
// The picture is taken by a claimant's browser (package claimant), which asks a proxy
// that answers for the site as it was at that moment (packages site, drift,
// defacement). Archives need no browser: they hold what the same servers answer at
// other moments, to other visitors. What is pasted, or altered in the developer
// tools, is masked by the difference of the picture before and after, and the mask
// goes through crops, scaling and photographs with the picture.
//
// What it guarantees. Claim i depends on the seed, the class, the sites and the
// defacements, and on no other claim: the same seed and browser give the same files.
// A claim's directory appears whole or not at all, however the run ends, and a run
// that is started again makes what is missing. Claims of one side of the split share
// neither site nor family with the other; what resembles each other (a third of the
// runs of five words) stays on one side, and claims for testing whose picture resembles
// one for training all the same (31 of 256 bits) are left out of the manifest: of 425
// none did. Where sites are too few for two sides, all are for training.
//
// What it costs: on two processors that had seventeen other processes to run, two
// browsers made 34 claims of seven sites in 100 seconds, 20 a minute. A claim takes
// about a megabyte.
//
// What it does not. The pages are static, the sites' own scripts run with a still
// clock and still chance, and what they loaded from other hosts is taken out. One
// system's fonts, Chrome alone, which plays the phones as well. A defacement that was
// served and one that was put into the page by the claimant look the same by making,
// as they do in the world. Sites are served on port 8080, which shows in addresses.
// The distributions are assumptions to a good part.
package casebook
