// Package tracing measures how often verify/trace finds what was edited, and how
// often it speaks where nothing was.
//
// Ground. The pages of package alignment, photographed by its claimants' browsers:
// Chromium and Firefox, at 1 to 2 device pixels, a third in the browser's real window on a
// screen of Xvfb. A site belongs to the set that is developed on or to the one that is held
// out, as there. A third as many shots again are of pages whose letters Chromium
// smooths for sub-pixels, with edits of their own.
//
// Pictures. Every shot is saved untouched by every chain: PNG, JPEG, WebP, a
// messenger that makes it small, and twice in a row. Edits start from the PNG or
// from the shot as a JPEG had it: pastes from another page, as PNG or JPEG, at its
// size or another; lines written anew by ImageMagick, in the line's own font and in
// others, and by GIMP; blur; a part of the page copied over another. Then the picture is
// saved by one of the chains.
// Where it was edited is known to the pixel.
//
// Looking. Files are read as strangers' files are. Each picture is looked at three
// times: asked about the edited part (in an untouched picture about two parts with
// text drawn at random, as registration might name them); searched; and searched
// without knowing where the page itself shows pictures.
//
// Rates. A false alarm is any finding of a part in an untouched picture. An edit
// is found when the part is found that was asked about, or when what was searched
// out overlaps it; IoU tells how well. A rate from n pictures cannot be told
// finer than about 3/n.
//
// Limits: one operating system's fonts and smoothing; pastes and
// lines put where a program, not a person, would put them; messengers are
// imitated.
package tracing
