// Package browser sees web pages with a hardened Chrome: one process for a
// run, one isolated context for each capture, every page taken as hostile.
//
// # What it guarantees
//
//   - The browser always navigates to the original URL. A live page's traffic
//     leaves through an egress session of that capture alone; an archived page's
//     requests, with those of its frames and workers, are answered one by one
//     from a capture.Source, and its way out is a sealed session that refuses
//     everything. A test tries 44 ways to reach loopback, live and archived.
//   - The sandbox is on. As root the process runs as nobody; --no-sandbox is
//     only ever passed because Config.NoSandbox says so.
//   - Certificate errors are findings. Config.TrustedCertificates are pinned by
//     the hash of their public key; because Chrome forgives a pinned key
//     everything, dates and host name are checked again here.
//   - Commands go over a pipe, so no debugging port is open. A shell process
//     owns the browser, removes its profile, and outlives a killed parent just
//     long enough for both.
//   - Every phase has a budget, every list a limit. An attempt that gives no
//     picture (a page that never comes to rest is photographed all the same)
//     is followed by one without scripts in a fresh context. A crashed tab is
//     noticed at once, a dead browser is started again, once for a capture.
//   - What is read off the page (text, boxes, source, title) is read in a
//     JavaScript world that the page's scripts cannot reach, through the
//     prototypes' own functions.
//
// # How a page is made to hold still
//
// From the start of each document, before its scripts: transitions and
// animations have no duration and one iteration; the caret is not drawn; lines
// that move are stopped where they are written; media
// and animated pictures do not play; print, close, open, focus and moving the
// window do nothing; Math.random has a fixed seed; the time zone is UTC; and
// the clock stands at Request.At for archived pages, at the moment of capture
// for live ones, in whole seconds. Each look at the clock moves it by 10 ms, so
// that scripts which wait for a time or fade by the clock come to their end; and each
// frame drawn for a script moves this clock and the page's others by 100 ms, up to 12 s,
// and the photograph waits for up to 40 such frames, so that charts are drawn to theirs.
// The clock's start is recorded in Settlement.FixedClock. Request.Another asks
// for other random numbers, a clock that is a month ahead, and for coming to the place
// asked for from below, so that what a page shows
// by chance or by the day can be told from what it shows everybody. After load, fonts,
// decoded pictures and a quiet network, the page is scrolled through once to
// wake lazy pictures; then all requests are refused, loading is stopped and
// scripts are switched off, in this order, and only then is it measured and
// photographed. The full page is clipped at Budgets.Rows and says so.
//
// # Validity
//
// Every capture gets one (see weigh). The rules want more than one sign before
// they take a capture's voice away. A status of 400 and above is not enough to
// call a page an error page: intruders' pages are often served with 403, 404
// or 500 and are what visitors saw. Such a capture is OK and its Reason names
// the status.
//
// # Limits
//
// Redirects that a page makes itself, by script or refresh, have the status 0;
// only those that begin while the page settles are followed. Text and boxes
// are those of the main document: what frames show is in the pictures only.
// Requests by POST have no recorded answer and count as missing. Service
// workers never run. The headless shell, which is preferred for its speed, and
// full Chrome paint the same except for the generic monospace font, for which
// full Chrome takes the system's own. Bodies of documents that were navigated away from may be
// lost. A page can tell that it is being watched: the switches above are
// visible to a script that looks for them.
//
// # Why not chromedp's tabs
//
// Chromedp gives the pipe, the connection to the browser itself and the typed
// protocol. Its tabs are not used: they follow the page's whole DOM and style
// sheets, which a hostile page makes expensive; their event queues have no
// limit; and they cannot speak to frames and workers in other processes before
// those have sent their first request, which is when an archived page's
// requests must be caught. Its launcher is not used because it adds
// --no-sandbox for root by itself and leaves the profile of a killed parent.
package browser
