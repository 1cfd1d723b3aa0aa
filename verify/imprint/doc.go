// Package imprint computes perceptual hashes of pictures with goimagehash, and
// says how much information they rest on.
//
// An Imprint holds an average, a difference and a perception hash of 64 bits
// and a difference hash of 256. They find recompressed and rescaled copies of a
// whole picture and are the key of a corpus. They are never a verdict: an
// edited paragraph moves them less than a day's other adverts do, and a frame
// of 85 pixels on top breaks most of them. Usual radii are 10 of 64 bits and
// 31 of 256.
//
// # Information
//
// All blank pictures hash alike, and a black page with three lines of text
// looks to a hash much like any other. So Distance refuses to compare when
// either picture has an Information below MinInformation. Information is the
// lesser of PDQ's quality (steps between neighbours on a 64 x 64 grid; PDQ
// discards at the same half) and the share of the 256-bit difference hash that
// content decides, doubled. Over pairs of different made-up pages of few lines,
// 4 % of those with an information below 0.25 lie within 31 of 256 bits, 0.2 %
// of those from 0.25 to 0.5, and none of 20,706 pairs from 0.5 up; with PDQ's
// quality alone 0.3 % of the pairs from 0.5 up matched by chance.
//
//	go test -run Sparse -v ./verify/imprint/
//
// # Reducing first
//
// goimagehash walks every pixel of the picture for each hash. Of averages the
// picture down to at most 256 x 256 once and hands the library the result. On
// 1280 x 6000 pixels and two cores that others kept busy, medians of two runs of
// three: 674 and 837 ms for the four hashes of the full picture, 50 and 82 ms
// this way, 10 to 13 times faster. The bits are nearly the same: over
// 26 pages of six sizes they differ on average (at worst) by 0.3 (3) for the
// average hash, 1.0 (5) for the difference hash, 0.2 (2) for the perception
// hash, and 4.7 (13) of 256. What differs are cells next to equals, where the
// rounding of the library's two passes decides; a finer first step changes none
// of it.
//
//	go test -run xxx -bench . ./verify/imprint/
//	go test -run FewBits -v ./verify/imprint/
//
// Reducing also steps round three traps of goimagehash v1.1.0: it panics on a
// picture without area, reads a sub-image that already has the size of the hash
// from the wrong place, and treats transparent as black (here it is white, as
// on a page). Its extended hashes are right for square sizes only.
package imprint
