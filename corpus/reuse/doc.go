// Package reuse tells whether a picture is a screenshot that was posted before, or another
// screenshot of the same defacement page.
//
// # Finding candidates
//
// A picture is found again by its landmarks (align.Landmarks): some sixty places of 256 bits, which lie
// in every copy that was recompressed or rescaled, in most of a part that was cut out,
// and in a desktop or a messenger around it. An index of package near holds them; a
// picture that has MinVotes of its landmarks within Radius is a candidate. Windows hashed whole were the other
// way, and would have taken thousands of windows a picture to bear a crop of a fifth a side.
// Pictures that hold too little (imprint.Informative) have no landmarks and match nothing.
//
// # Deciding
//
// Compare registers the two decoded pictures and compares them, tile by tile and,
// where either has a frame (package frame), the frame letter by letter. Only what belongs to one moment can
// prove one screenshot: the address bar says of which site it was taken, the clock
// when. Two victims' bare pages of one defacer can be one file byte by byte, so bare pictures
// prove nothing, whatever they have in common: that is CannotTell. A frame that agrees
// but for the address or the clock is another screenshot, or an edited one, and proves
// nothing either.
//
// # Putting together
//
// Search compares each picture of a corpus once with those that may be of its page, and keeps that it
// did; Clusters and Sets are made of what is kept. Pictures are of one set where their pages
// agree, be it through others. Sets lays each beside the first of its set as well, because "the same
// screenshot" does not follow from a chain: a crop without its address bar is the same as the
// original, and as the original with another address written into it.
//
// # What it guarantees
//
// In doubt it is CannotTell. A picture whose file is damaged or cannot be decoded is told (Unreadable)
// and left out, and harms no other. Nothing is found that shares no landmarks: photographs of a
// screen, and crops of less than about half of a picture, are not promised.
package reuse
