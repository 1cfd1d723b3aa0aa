// Package verify judges a claim: a picture, a URL and a time. It opens no
// connection. It is handed captures through the small interface Witnesses, puts
// the picture beside each of them, collects Evidence, and weighs it with a
// score model into a Verdict, so that a verdict can be recomputed offline from
// what was seen.
//
// What it guarantees: a test that could not run weighs nothing; a capture that
// is not valid says nothing about content; evidence with one cause counts once;
// the same evidence gives the same score to the last digit. What it cannot do:
// an element edited in a browser's developer tools leaves no trace in pixels or
// metadata, so that only an independent witness can confirm such a claim.
package verify
