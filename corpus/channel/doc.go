// Package channel makes the record of a channel: what became of all the claims that one
// account, group or mirror posted. It says how many there were, how each came out, how
// large a share may be genuine, which pictures return, how much public the claimed sites
// have, and all of it over time; as one HTML page, as JSON and as CSV.
//
// # What it guarantees
//
// It reads Records and no database, and keeps less than a kilobyte of each: 794 bytes of
// each of 20,000 (TestOfEachClaimLittleIsKept). The command, which holds the files that
// it writes as well, took 87 MB for 20,000 claims and 200 pictures. The same records,
// grouped alike, give the same bytes.
//
// Every claim is counted once, under one outcome: a verdict word, one of the three
// answers that are no verdicts (the page could not be seen, the picture shows the
// ordinary page, the page showed it while its ordinary look is not known), set aside, or
// not judged. People's judgements stand beside the program's and are mixed with nothing.
// What strangers wrote is made harmless in the page and in the CSV, and kept as it is in
// the JSON, but for the names of messages and files, which are harmless there, too;
// pictures are decoded elsewhere and encoded anew here.
//
// The two sentences at the top can be printed whatever the figures are: they give counts
// and an interval, name what was left open, and say that nothing can be said where that
// is so. No claim is called false on the strength of a score.
//
// # Pictures that return
//
// A picture returns if it stands in two messages of the channel, itself or another of its page.
// What one message says of several pictures and addresses was said once; where messages have no
// names, corpus.Posting.In tells what stands for them. Which pictures are of one page, and what each
// is to the one that was posted first (the identical file, the same screenshot, another screenshot of the
// page or one whose frame was edited, or that it cannot be told), a Grouper says: corpus/reuse
// lays them beside each other. Without one, files are one picture only where they are the same.
//
// # The estimated share
//
// Package share tells how it is made. It takes the claims that were judged. Where the
// page could not be seen, the LR is taken for 1, whatever the file alone may say: a page
// that nobody saw must not count against a channel. Pictures of ordinary pages and pages
// that showed the picture answer other questions and are counted apart. Claims go
// together where their pictures are one or show one page, within one message too, or their
// addresses have one registrable domain; such groups are joined where they overlap. Another
// screenshot of a page counts like a copy, since it may be one whose frame was edited: that
// widens the interval.
//
// # How much public
//
// A site is the registrable domain of the claimed address, or its host where there is
// none. Captures a year are those that archives list for the claimed page, from the first
// to the time of the verdict and over at least one year; of several pages of a site the
// most. An archive comes by for many reasons, and a rank list holds what its makers
// measure: neither counts visitors. That a page has no capture and that no archive could be
// asked look alike here, and the page says so.
package channel
