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
// Pairs of different pages. A rate of one in two hundred takes thousands of
// pairs, which -pairs draws apart from the pictures: windows of one page, posted in
// the ways above, are held against full-page captures of another page at one
// width, by the calls that verify makes (the frame off, features, registration,
// tiles on four grids) and without the rest of it. A third each are pages of other
// sites, other pages of the site, and two sites on one template: the site with
// all its words changed, against itself and its other pages.
//
// A false registration is a picture that was located on a page which does not
// share what is in the window. Pages of one template share their headers, and to
// place a window by them is right: so what lies at the place is asked, by two
// measures that know nothing of the points. It is right where a line of
// text that the page has once, or two that it has more often, stand as the
// registration says, to 8 px, or where three cells of 32 px show the same drawing,
// rows and columns taken out; all else is false. How many was set on pairs of the
// development set, each looked at. States are
// false whenever they are same or altered. A pair is left out where half of the
// window's text (by characters, in whole runs of text) stands on the other page as
// well, because such pages are hardly different; where, within one site or
// template, fewer than 40 characters are in view; and where the window has fewer than
// 100 recognisable points, of which it would be cheap to say that they were not
// found. The table counts what was left out. Bounds are Clopper and Pearson's,
// one-sided, 95 %; windows are used in several pairs, so that the pairs are not
// quite independent and the bounds a little too low. A claim meets up to nine
// renderings of a page, and each is a pair of its own here.
//
// Repeatability. The seed decides everything that is drawn. Shots and captures
// are cached by the digest of the site's files, the settings and the browser.
//
// Time. On two cores that others used as well, 2,000 pairs of one set took 11 to 15
// minutes of a core beside the browsers, half an hour of the clock at first, when
// everything is rendered, and ten minutes for the pairs alone; a picture takes 2 to 10 s
// once it is cached, and 15 to 30 before. The default of 45 pictures, 14 of the kinds added
// later, and 2,000 pairs of each set is a matter of an hour and a half at first.
// -pictures 0 leaves the pictures out, -pairs 0 the pairs, -only takes some kinds,
// and -each 8 takes eight of each.
//
// Limits: one operating system's fonts; no real photograph and no real
// messenger; windows painted like the browsers' own, save Firefox's with and without
// its side panel, which are real; and a rate from n pictures cannot be told finer than about 3/n.
package alignment
