// Package align finds a picture within a capture of a page, lays one over the
// other, and says tile by tile whether they agree: the match state same,
// altered (and where), other, or uninformative.
//
// # How
//
// Describe finds FAST-9 corners on a pyramid and describes them by upright
// BRIEF-256; screenshots are upright, and giving up rotation makes the bits
// tell more apart. Register pairs the points of picture and page by Hamming
// distance with a ratio test and finds one scale and offset by RANSAC and least
// squares, then the other offsets at that scale (sticky headers, sections that
// moved) by voting. Widths turns the scale into the window widths at which to
// render the page again, because a page laid out for another width agrees only
// in parts. Compare cuts the picture, at page size, into tiles of 32 px and
// correlates each with the page within 4 px, twice: as a whole, and without the
// means of its rows and columns, which leaves the letters and takes away the
// lines they stand in. Other text in the same lines correlates at 0.80 as a
// whole (median), and at 0.23 in detail; recompressed and rescaled text at 0.90
// and more. Mask finds what varies between two captures of one page.
//
// # What it guarantees
//
// In doubt it says uninformative, or not located. Same needs matching letters or
// drawing, no changed region, and no stray changed tile at all on a sparse page.
// Altered needs 30 matching tiles, a dozen of them away from the edges where the
// pages of one site are alike, a solid changed region, and either a new
// background there or proof that one renderer drew both. Equal input gives
// equal output. No picture makes it panic. Everything is safe for concurrent
// use and nothing is started in the background.
//
// # What was measured
//
// On made-up pages, with go test -run TestAPicture -v ./verify/align
// -survey.sites=12 (12 sites; 1366x768 pictures of 1366x2400 pages):
//
//   - Untouched (scrolled, cropped, JPEG 60 to 92, scaled 0.6 to 2; 10 kinds):
//     120 of 120 located, median error 0.02 to 0.4 page px, all called same.
//   - With a browser's bars around or over it: 24 of 24 located; 19 same, 4
//     uninformative, and 1 altered, which is wrong: take frames off beforehand.
//   - One line, 5, 10, 25 % replaced: 48 of 48 located; 47 altered; overlap with
//     the true region 0.76, 0.96, 0.97, 0.98 (median). One of 25 % is other.
//   - 50 % replaced: 12 of 12 located, 3 altered, the others uninformative or
//     other: what is left lies along the edges. 80 %: 3 of 12 located.
//   - Pairs of two sites, 2052: none located, none same or altered. Pairs of
//     pages of one site, 72: 48 located, mostly by the header, none same or
//     altered. Pairs of defacements that share words and font, 132: 119 located
//     by them, none same or altered.
//
// On 24 real pages rendered by Chromium (394 pairs of different sites, 110 pairs
// of different real defacements): none same or altered. Eleven screenshots of a
// mirror with an older engine and other fonts against Chromium's rendering: all
// located, none altered, none same: eight uninformative, and three other, where
// the mirror had a background picture that the rendering lacked.
//
// The confidence of a registration was above 0.9 for untouched pictures with
// text, 0.7 to 0.98 for another page under the same header, and below 0.3 for
// every pair of different sites.
//
// # Limits
//
// One scale, no rotation, no perspective: photographs of a monitor are a second
// stage, which has its place between Register and Compare (a Registration with a
// homography, and a raster.Place that follows it). Letters in another font are
// uninformative; text boxes read off the picture and out of the capture would
// tell more, and belong to the caller. A replaced region that leaves only what
// lies along the edges cannot be told from another page of the site. Full-page
// captures show fixed backgrounds and parts sized by the window's height
// otherwise than a window does: compare with a capture of the window where there
// is one. Window frame is better taken off beforehand; see Comparison.Frame.
//
// # Cost
//
// A 1366x768 picture against a 1366x6000 page takes about 0.4 s of one core and
// 75 MB beside the pictures, half of it for describing the page, which is done
// once for many pictures; a page 16,384 px high 1.1 s and 205 MB. It grows with
// the page's height and no faster.
package align
