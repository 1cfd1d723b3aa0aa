// Package clock reads the date and the time of day in a task bar or a panel and
// says whether they can be those of a claim.
//
// Read reads a clock twice, at two sizes, and at a third where these give no date
// surely. What counts as a date follows a form
// to the letter and stands alone: figures with two separators, the forms of
// Chinese and Japanese, and names of months in eleven languages. Where day and
// month can be taken for each other both are kept; a year may be missing, of two
// digits, or Thailand's.
//
// # When a date contradicts
//
// Judge accuses only where two readings give the same date with confidence and none
// gives another so, and where it lies outside of the claimed time in every time zone on earth (UTC-12 to
// UTC+14), in every order of day and month, and for every digit that is taken for
// another in small print. It is left to the caller how far off a claimed time may
// be. A time of day narrows down a date; without one it says nothing, because
// every moment of a day is at that time somewhere, and nobody knows the zone that
// a clock was set to.
//
// # What was measured
//
// Of 450 desktops drawn after Windows 10 and 11, KDE, XFCE, macOS and GNOME, in
// six typefaces (two of them with a stroke in the zero), light and dark, at 1 to
// 2 device pixels per CSS pixel, a third as JPEG at 60 to 90 and a third reduced
// from 1920 to 1280 and recompressed, 443 had their clock found and 364 their date
// read (117, 129 and 118 of 150); the others came out unsure, nothing or a time alone.
// None contradicted its own day: at most 0.7 % at 95 % confidence. Against a day 20
// to 720 days earlier 357 contradicted it. (make eval-reading, or go test -run Clocks
// -clocks 450 -seed 21 -fonts DIR.)
//
// # What it deliberately does not do
//
// A phone's clock has no date, so that phones say nothing. Day names are not held
// against dates. Dates of other calendars than these are taken for misread. A clock
// is easily painted and easily wrong: see the weights in package score.
package clock
