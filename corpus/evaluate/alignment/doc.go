// Package alignment measures how well a picture is found in a page and what of
// it differs: the benchmark of verify/align in the loop that verify runs around
// it.
//
// Ground. Real pages of some twenty sites: npm site templates and Debian's HTML
// documentation, pinned by digest in sites.tsv and fetched into a cache, sites
// beside the repository where there are any, and pages of our own. A site
// belongs to the development set or to the held-out one by the hash of its name;
// the table prints both apart, and nobody tunes anything on the second.
//
// Pictures. A claimant's picture never comes from the call that makes the
// capture: full Chromium, or Firefox, at another window, pixel ratio and scroll.
// It is then cropped, reduced, recompressed, framed, photographed or altered, by
// a chain whose truth is kept: where each pixel of the shot went, and which
// region was replaced. Negatives are other pages of the site, another site on
// the same template (the page with all its words changed), and other sites.
//
// Judging. verify.Judge itself, with witnesses that see the page through the
// project's own browser at its own settings, and nothing else: what is measured
// is what a user gets.
//
// Truth of a place. Layouts differ between windows, so that one offset is not
// the truth everywhere. Lines of text that stand once on the picture and once in
// the capture, broken alike, are anchors: a placement is right when a third of
// them lie where it says, to 8 px of the capture, and its error is the median
// over these. A page with a fixed header has more than one true place, which is
// why a third is enough. Without three anchors the offset is not measured, and
// not counted.
//
// Repeatability. The seed decides everything that is drawn. Shots and captures
// are cached by the digest of the site's files, the settings and the browser.
//
// Limits: one operating system's fonts; no real photograph and no real
// messenger; windows painted like the browsers' own, not taken of them; and a
// rate from n pictures cannot be told finer than about 3/n.
package alignment
