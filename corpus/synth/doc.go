// Package synth makes labelled claims: pictures of web pages of which it is
// known whether the page was served that way, together with the live site and
// the archive that a judge of the claim would find. It is for the demonstration
// and for tests, and the ground on which a larger generator stands.
//
// Town makes the demonstration set: the pages of a small town that does not
// exist, in two designs and with the ordinary edits of three years, a club next
// door, and two defacements by a group that does not exist either. All pages and
// pictures are original; their sources are under testdata.
//
// How a claim is made. An archive is a WARC file that the project's own browser
// wrote, one visit after another, each at the time that the clock of the set
// says. The picture is taken by another program with another call: a camera of
// this package's own, which drives full Chrome where there is one, in a window
// of another size, pixel ratio and scroll than any judge would use by default,
// with its own writer, frame and compression. A judge that compares files
// instead of pages finds nothing here.
//
// Kinds of picture: served (a visitor saw it), spliced (a region of another
// rendering is pasted in; the mask says exactly where), and edited in the page
// (elements changed as with a browser's developer tools; the mask says which
// pixels differ from the unedited page).
//
// What it guarantees: the same version of the program and of the browser makes
// the same pictures, byte for byte; a mask covers every pixel that was altered;
// the manifest names every file with its digest, and Open refuses one that does
// not fit.
//
// Its limits: one site, one writing system, one operating system's fonts, and
// nine claims are a demonstration and no measurement. The painted frame is like
// a browser's and is nobody's in particular. The pages are plain HTTP under the
// reserved top-level domain .example; served on loopback, they need a port that
// an unprivileged user may bind, which shows in their address.
//
// It does not judge and does not know how judging is done: what it expects of a
// verdict is what a careful person would say.
package synth
