// Package warc reads and writes the frames of WARC files (ISO 28500, versions
// 1.0 and 1.1) and the HTTP messages inside them.
//
// It guarantees that a hostile or damaged file costs bounded memory: header
// lines and header blocks have limits, bodies are streamed, decoded bodies stop
// at a limit that the caller sets. It is lenient where real files are wrong
// (bare line feeds, missing reason phrases, a chunked header on a body that is
// not chunked) and never silent about it where content could be lost: what a
// reader had to skip is told by Record.Skipped.
//
// It does not index, does not know of files, and does not read ARC.
package warc
