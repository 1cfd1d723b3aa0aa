// Package mention finds a name or a sentence among the words that were read off a
// picture, and where it stands.
//
// Find compares letters (reading.Folded), not words, because what is read is cut
// into words otherwise than it was written. A mention begins and ends with a word
// and differs from what is looked for in one of five letters at most, and each of
// its longer words in a third of its own. Names of three and four letters must be
// there to the letter, and shorter ones are not looked for. Digits written for
// letters count as read, save those that look like a letter.
//
// # What it means
//
// Who made a defacement signs it, and so does who paints one: that the name is
// there supports nobody. That it is absent says nothing at all: names are drawn in
// ornamental letters, in pictures and in scripts that are not read.
package mention
