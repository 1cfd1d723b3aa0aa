// Package readingtest holds what the tests of reading share: the installed
// engine, fonts to draw text with, what JPEG and messengers make of a picture, and
// words as an engine gives them.
//
// Nothing here is drawn or read at random by itself; what is drawn by lot is drawn
// by the caller's own generator.
package readingtest
