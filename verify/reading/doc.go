// Package reading reads text off a picture with Tesseract, if it is installed.
//
// Engine.Page gives the words of a page with their boxes, in reading order.
//
// # What it guarantees
//
// Tesseract is a process of its own for each reading, under limits on address
// space, processor time, output and files, as nobody when started by root. It
// is given pixels that this program decoded and drew anew as a plain grey map,
// never the bytes of a stranger. What it writes back is parsed as a stranger's
// work. It runs on one thread, so the same picture gives the same words; what
// they depend on besides is Engine.Provenance: the version of the program and
// digests of its data. Where there is no Tesseract, Open says so with ErrAbsent
// and how to install it: not read is not the same as nothing there.
//
// # How a picture is prepared
//
// Every pixel becomes its distance from the most frequent colour around it, in
// the channel that differs most, so that light letters on dark, dark on light
// and red on black all become dark letters on white on the same page. Where
// coloured letters differ in brightness enough, it is the brightness alone: JPEG
// keeps colours at half the size. Then it
// is enlarged two or three times with a cubic filter, unless its letters are
// large already.
//
// # What was measured
//
// With Tesseract 5.3.0 and Debian's data: on plain pages 97.5 % of the words of
// small text are found at their own size, 98.7 % at twice it. A window of 1024
// x 768 takes one to three seconds of one processor. Of red, violet and
// blue words on black, 14 px high, as JPEG at 75 and reduced to two thirds at 80, 158
// of 162 are found, and 132 by the channel that differs most.
//
// Of the characters of Chinese notices in Noto Sans and Serif CJK, black on white
// and red on black, at 14, 16 and 28 px: as PNG 98.5 % of traditional ones and 99.2
// % of simplified, as JPEG at 75 96.1 and 97.5 %, reduced to two thirds at 80 77.1 and
// 79.8 %: at 14 px reduced to 9, half. (-run 'ChineseIs|Coloured' -chinese.)
//
// # What it deliberately does not do
//
// It does not correct what was read by a dictionary, does not straighten
// photographs, and reads at most one language beside English. Text in pictures
// on the page is read like any other. Handwriting and ornamental letters
// come out as nonsense, mostly with a low confidence.
package reading
