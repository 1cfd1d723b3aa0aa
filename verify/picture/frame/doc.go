// Package frame tells a page from what surrounds it in a screenshot: browser
// bars, window borders, a desktop's task bar, a phone's status and navigation
// bars, the plain bars of a letterbox.
//
// Find proposes a cut from the picture alone. It works from the address bar
// outwards: a plain field in a plain bar, with small icons before it, a strip
// of tabs (or the window buttons of macOS) above it, and a line or a step below
// it over the whole width of the window; then the window's sides, by the bar's
// own ends, and its lower end, by where the edges along its sides stop. Below
// macOS's window buttons a row of tabs of one width, with their titles in the
// middle, belongs to the bars as well, and strips of icons along the page's sides, as
// Edge, Opera and Vivaldi have them, to the frame. A phone
// is told by its status bar together with an address bar or the system's
// navigation; an iPhone's browser by its row of signs, the line to swipe on and an
// address bar. Everything is measured in heights of the field, so that pixel
// ratios and reduced pictures need no case of their own.
//
// A wrong cut costs a part of the page, and pages are found in pictures with
// their frames on as well, so Find cuts nothing when it is not sure; Frame.Why
// says what was missing. It never cuts on one sign alone: headers with a search
// field, footers, cookie notices and grey columns beside a page look like parts
// of a frame.
//
// From is the surer way once a page has been located: whatever is not page is
// frame, and From keeps it for those who read its address bar, tab and clock.
//
// Picture gives the frame as a picture of its own, with the page left out; Cut
// gives its strips. Both are for those who read the address bar, the active tab and
// the clock, of which Frame holds the best guesses.
//
// Measured on 68 screenshots of real windows (Chromium 156 and Firefox ESR 153;
// light and dark, one to five tabs, with and without a bar of bookmarks, filling
// the screen and on a wallpaper, at 1 to 2 device pixels per CSS pixel), the
// content is known from a page of one colour in the same window: all 68 came off,
// 60 to the pixel and 8, at 1.25, off by one. As JPEG of quality 60, 63 were right
// to 2 pixels, and reduced to 1280 pixels as JPEG of 75, 65; the rest were off by
// 3 to 12, mostly at the lower end. These pictures were also worked on, so that
// others may fare worse. 12 more with a side panel kept it in the content. Of
// 12 with their tabs in a column none was cut as PNG; recompressed, the bars of one
// came off, with up to 6 px of page. Six of the windows, put by a
// drawing program into 48 pictures with rounded corners and a shadow, on desktops
// with panel, dock or task bar, in an image viewer and in a messenger, came off as
// well; the lower end of one, dark beside a dark dock, was not known. Of 714 views of 238
// real pages (manuals, templates, dashboards, defacements; desktops and phones, light and dark, scrolled
// anywhere) and 11 real pictures of defaced pages none was cut: at most 0.42 % at
// 95 % confidence. Of 738 others, as PNG, JPEG and reduced, three were, and none after rules
// for these: go test -v -run ViewsOfCaptured -captures DIR, where eval-align keeps its
// captures.
//
// What it deliberately does not do: side panels within the window (bookmarks,
// developer tools), scroll bars, notices between bars and page and a find bar stay
// with the content, since pages have columns and rows that look the same; windows
// whose tabs were cropped away or stand in a column, that cover less than half of the
// picture's width, or that stand in a picture on a page are left alone. A viewer or a
// messenger is taken off around a browser's window, and where it is but plain bars;
// around a bare page it is left, because a defacement is often a picture and two
// lines on a plain ground, and to cut those lines would be to cut the defacement;
// once the page has been found in the picture a caller knows more, and takes them off
// by Within. A photograph of a monitor is not straightened. Themes in which bar,
// field or tabs differ in colour but not in brightness are not seen.
package frame
