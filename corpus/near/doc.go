// Package near finds the perceptual hashes that lie within a Hamming distance of one
// among millions, in memory, by multi-index hashing (Norouzi, Punjani and Fleet, Fast
// Search in Hamming Space with Multi-Index Hashing, CVPR 2012).
//
// A hash is cut into pieces of 16 bits, and each piece is the key of a table of its own. Of two
// hashes that differ in r of m*16 bits, at least one piece differs in at most r/m
// bits; so it is enough to look up, in each table, the keys that near the piece that is
// asked for. With r = m*q + a only the first a+1 tables need keys that differ in q bits,
// and the others q-1 (their section 3.1).
//
// # What it guarantees
//
// Recall is exact: Within returns every hash within the radius that was added before it began,
// each once, for every radius from 0 to all bits. Hashes may be added while others
// search. Whether a hash means anything is for the caller to know: all blank pages hash
// alike, and only hashes of pictures that hold enough (imprint.Informative) may enter.
//
// No search costs much more than a look at every hash. Where keys are crowded, as when
// a hundred thousand copies of one page stand in a corpus, or the radius is wide, it is
// counted beforehand how many hashes the tables would give, and every hash is
// looked at instead, in the order in which they lie in memory, if that is cheaper.
//
// A piece is not 16 neighbouring bits but a diagonal of the hash's grid: pages have blank
// margins and lines, and rows or columns of the grid would be the same in many.
//
// # What was measured
//
// How many times a search (median) fits into reading all hashes from memory, which no scan of
// hashes that do not fit into a cache can beat, into a scan, and into faiss 1.15.1 on one
// thread, which finds the same; medians of three runs, which lay up to 1.8 times apart:
//
//	                      us  memory   scan   faiss flat   faiss multi-hash   bytes a hash
//	64 bits, 1,000,000    99    10.5     16          9.8                 78             45
//	64 bits, 10,000,000  398      21     39                                             44
//	256 bits, 1,000,000  318      12     21           14                 12            105
//
// With a tenth of them in one crowd the second column is 8.9, 24 and 12. A tree of differences
// (Burkhard and Keller 1973) takes 440 and 350 times as long, among 100,000.
//
//	go test -run xxx -bench . ./corpus/near/    # DEFACECHECK_HASHES=10000000 for more
//
// # Limits
//
// An index lives in memory alone and forgets nothing: there is no way to take a hash
// out. Whoever keeps hashes for good fills it anew. It holds 4 billion hashes at most.
package near
