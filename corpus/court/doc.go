// Package court judges the claims of a corpus one after the other and side by side, as
// verify.Judge does one, and shares between them what can be shared: browsers, opened
// archives, and captures of the same page, moment and window (Captures).
//
// What it guarantees: a claim gets the verdict that it would get alone, but for a live
// page that was seen up to LiveAge ago. No verdict rests on a look that an archive's
// rate limit cut short: the claim is put off instead. A browser serves so many claims
// and is then replaced, as is one that died or hangs; claims at other browsers do not
// notice. Close waits for none longer than Closing.
//
// # Cheap steps first
//
// A claim's file and the corpus are read before anybody is asked, an archive's list
// before a page is loaded, and no browser is started for a claim that has nothing to look
// at. But the browser is not spared where file and corpus seem to have decided: they
// never do. A verdict is a sum within bounds, and what a capture can add, by the
// bounds of the model's groups (witness, brackets, version, frame, trace), is more than what
// lies between any verdict that file and corpus can reach and the next. A picture that
// an editor saved can be what the page showed. A test holds this against the model that
// the program carries; should a model come to let a file decide, it fails.
package court
