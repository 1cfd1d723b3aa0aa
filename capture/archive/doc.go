// Package archive reads mementos: from WARC and WACZ files, from archives that
// speak the Wayback Machine's CDX and replay protocols, and from archives that
// speak Memento (RFC 7089). It also writes what a browser saw as a WARC file,
// and chooses which captures to look at.
//
// Open turns a SPEC into an Archive:
//
//	FILE.warc, FILE.warc.gz   a WARC file, 1.0 or 1.1, plain or gzip per record
//	FILE.wacz                 a WACZ file; its own index is used
//	DIRECTORY                 all such files in it and below, as one archive
//	wayback                   https://web.archive.org
//	wayback+BASEURL           another archive with a CDX server and id_ replay
//	memento+BASEURL           an archive with TimeMaps and TimeGates
//
// For wayback, the CDX server is looked for at BASE/cdx/search/cdx with replay
// under BASE/web/ (a "/web" at the end of BASE is taken off first), then at
// BASE/cdx with replay under BASE/, as pywb and OutbackCDX have it. For memento,
// TimeMaps are looked for at BASE/timemap/link/URL and BASE/timemap/json/URL, the
// TimeGate at BASE/timegate/URL and BASE/URL. What answered is kept to.
//
// A Wayback archive also lists whole hosts (HostLister), for those who ask about many
// pages; what its list says of a page is what the archive would say, or nothing.
//
// What it guarantees: records come as they were archived, nothing rewritten;
// the record nearest in time is given and says its own time; an archived
// redirect is given, not followed; no answer is never mistaken for no capture
// (the error kinds of package capture keep them apart); no host but the named
// archive's is contacted; hostile files and answers cost bounded memory.
//
// URLs match as browsers would write them, without regard to scheme, default
// port, fragment and user info; a host with "www." is another host, the order
// of a query matters, and no parameter is ignored.
//
// Digests are base32 SHA-1 where the archive has that; another algorithm's keep
// their name in front, as in "sha256:8ca0...".
//
// Its limits: ARC files and compressed .warc.zst files are refused by name,
// segmented records are not joined, a revisit is joined to its original within
// the files opened together only. What a file claims about its own origin is
// not verified: who can write a file can write anything in it.
package archive
