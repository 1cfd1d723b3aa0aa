// Package site reads web sites from folders and from archive files: pages with their
// style sheets, pictures and scripts, made self-contained, so that a page looks the
// same from a server, from an archive, and to a claimant's browser.
//
// In a folder (Load), every direct sub-folder is a site. It needs an index.html. What
// the folder holds is a stranger's: a symbolic link that leads out of the site, a file
// above the limit, more files than the limit, and a site without an index are errors
// that name the file, and nothing is read past the limit. Nothing outside of the folder
// is opened (os.Root).
//
// Of WARC and WACZ files (LoadAll), which package archive reads, every host is a site
// of which a page with some text was captured with status 200; it is named after the
// host. All files are read together. Of several captures of an address the latest is
// shown that can be read, and one without a query rather than one with: sites are
// served without queries here. What a page loads that was captured with it belongs to
// its site, whichever host it came from; the page names it by its path, or by a digest
// of its address where the path would not do as a file's name. Pages are given in
// UTF-8 where the server had told another encoding. A damaged capture counts as none;
// a file that cannot be read at all, has no page, or has more than the limits is an
// error that names it.
//
// Self-contained means: references to other hosts, refreshes, base addresses and
// embedded policies are taken out of pages, and out of style sheets what they load
// from elsewhere. Scripts of the site itself stay.
//
// Its limits: what a script loads by a name that stands in no attribute and no style
// sheet is not found by Needs, and would be missing from an archive, as it is from
// real ones; in a captured site it is there only under its own path. Pages whose paths
// hold more than letters, digits and .-_~ are not claimed about.
//
// What was measured: of 39 archive files at hand, 34 of them written by other programs,
// nine had sites that were read and 30 were refused by name, most of them for pages of
// fewer than 300 letters. Claims were made of a government's site among them, and looked
// at.
package site
