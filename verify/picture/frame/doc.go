// Package frame tells a page from what surrounds it in a screenshot: browser
// bars, window borders, a desktop's task bar, a phone's status and navigation
// bars, the plain bars of a letterbox.
//
// Find proposes a cut from the picture alone. It works from the address bar
// outwards: a plain field in a plain bar, with small icons before it, a strip
// of tabs (or the window buttons of macOS) above it, and a line or a step below
// it over the whole width of the window; then the window's sides, by the bar's
// own ends, and its lower end, by where the edges along its sides stop. A phone
// is told by its status bar together with an address bar or the system's
// navigation. Everything is measured in heights of the field, so that pixel
// ratios and reduced pictures need no case of their own.
//
// A wrong cut costs a part of the page, and pages are found in pictures with
// their frames on as well, so Find cuts nothing when it is not sure; Frame.Why
// says what was missing. It never cuts on one sign alone: headers with a search
// field, footers, cookie notices and grey columns beside a page look like parts
// of a frame.
//
// From is the surer way once a page has been located: whatever is not page is
// frame, and From keeps it for those who read its address bar and its clock.
//
// What it deliberately does not do: side panels within the window, scroll bars,
// notices between bars and page, a second row of tabs below Safari's bar and a
// find bar stay with the content, since pages have columns and rows that look
// the same; windows whose tabs were cropped away, that cover less than half of
// the picture's width, or that stand in a picture on a page are left alone; a
// photograph of a monitor is not straightened. Themes in which bar, field or
// tabs differ in colour but not in brightness are not seen.
package frame
