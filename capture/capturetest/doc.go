// Package capturetest holds real servers on the loopback interface for tests
// and demonstrations, and the suite that every capture.Source passes.
//
// Site is a web site under a host name of its own choice, over http or https.
// Wayback is an archive that speaks the Wayback Machine's CDX and replay
// protocols, Memento one that speaks RFC 7089; both can be told to show the
// quirks that such archives are known for. TestSource is the suite.
//
// Nothing here contacts another machine. The servers need no *testing.T, so
// that a program can run them too.
package capturetest
