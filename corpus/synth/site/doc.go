// Package site reads web sites from a folder: static pages with their style sheets,
// pictures and scripts, made self-contained, so that a page looks the same from a
// server, from an archive, and to a claimant's browser.
//
// Every direct sub-folder is a site. It needs an index.html. What the folder holds
// is a stranger's: a symbolic link that leads out of the site, a file above the limit,
// more files than the limit, and a site without an index are errors that name the
// file, and nothing is read past the limit. Nothing outside of the folder is opened
// (os.Root).
//
// Self-contained means: references to other hosts, refreshes, base addresses and
// embedded policies are taken out of pages, and out of style sheets what they load
// from elsewhere. Scripts of the site itself stay.
//
// Its limits: what a script loads by a name that stands in no attribute and no style
// sheet is not found by Needs, and would be missing from an archive, as it is from
// real ones.
package site
