// Package claimant starts the browsers that claimants' pictures are taken with.
//
// A picture and a capture must never come from the same call, or a benchmark would
// compare a program with itself. So these browsers are started by chromedp and not by
// capture/browser, with full Chromium before a headless shell, and with settings
// of their own. They see what the caller's flags let them see, and have neither
// the environment nor, where we run as root, the rights of the program.
//
// Start ends a start that hangs, and Close leaves neither a process nor a profile.
// What is done in the browser is the caller's matter. Profile and Environment are
// for browsers that chromedp cannot drive.
package claimant
