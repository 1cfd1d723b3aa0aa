// Package metadata reads what a picture file says of itself: EXIF, XMP, IPTC
// and the texts and order of its container, and which few of these things bear
// on a claim.
//
// Read runs every parser in a child process (picture/confine) and each parser
// apart from the others, because a metadata parser can be made to ask for 50 GB
// by four bytes of a file: what one of them cannot read becomes a note and
// never loses what the others read. Facts are stored as they stand in the file,
// cut to fixed lengths; making control and bidirectional characters visible is
// the business of whoever displays them. How many are kept is bounded as well,
// for each part of a file and apart for what names programs and times, for a
// history of editing, and for the rest, so that nothing is hidden behind any
// number of other statements; LeftOut and a note say what was left out. Steps of
// a history and documents of which parts were pasted in are counted as they are
// read.
//
// Findings is pure: the same facts and times give the same findings. A finding
// never rests on absence: messengers strip metadata from true and false
// pictures alike. It never says that content was forged: an editor's name says
// that an editor saved the file, and cropping is editing. All of it can be
// written by anyone with a metadata editor, so it is evidence about careless
// files only. How much a finding weighs is decided elsewhere, by its key:
//
//	metadata.editor           an image editor saved the file
//	metadata.generator        an image generator names itself
//	metadata.converter        a converter such as ImageMagick wrote the file
//	metadata.edit_history     the file lists steps of editing
//	metadata.composed         the file lists documents of which parts were pasted into it
//	metadata.time_impossible  a time in the future of the reading, or a picture made after it was posted
//	metadata.time_conflict    the picture's own time lies outside the claimed one, whatever the time zone
//	metadata.time_order       the file was last saved before it was made, by its own times
//	metadata.times_differ     the file names several times for its own making, too far apart for time zones to explain
//	metadata.time_agrees      the picture's own time can lie within the claimed one
//	metadata.resaved_later    the file was saved again after it was posted
//	metadata.direct_capture   the file has the marks of a screenshot function, and none of an editor
//	metadata.browser_encoder  the file is built as a browser's own capture or a page renderer builds it
//	metadata.windows_encoder  the file is built by the encoder of Windows, which editors use as well
//	metadata.reencoded        the file is built as messengers and social networks build it, which explains missing metadata
//	metadata.encoder          the file is built as another known program builds files
//	metadata.misfit           the picture shows a phone's screen, and an editor or a desktop's own program wrote the file
//	metadata.rewritten        a mark of the original writer no longer fits the file around it
//	metadata.trailing_data    another file, or the rest of one, follows the picture's end
//	metadata.thumbnail        a preview inside the file shows another picture
//	metadata.provenance       a C2PA manifest is there; it is not validated
//	metadata.provenance_broken the file no longer fits that manifest, or the statements in it its claim
//	metadata.extension        the file name's ending contradicts the content
//
// # What wrote the file
//
// signatures.json says how programs build files: the order of blocks, the zlib
// header, which row filters occur, lengths of IDATs, quantisation and Huffman
// tables, subsampling, density. Each row says whether it was measured or read,
// when, and where to look: the files by their digests, a command, or a text. The
// first row that fits wins; unknown is a normal answer, since a short file shows
// little, and libraries are shared. A row that writers
// share names them all, and is of no class that counts against a phone's picture;
// one that is asks for a mark that only its writer leaves. JPEGs of libjpeg that
// by chance have Telegram's size and quality are taken for Telegram's. WebP and
// GIF have no rows. Of quantisation tables a row asks only whether they are the
// standard's, and at which quality. The files that rows rest on, by their
// digests, other real files of known origin, and fresh files of the programs that
// are installed are read by
//
//	go test -run 'Named' -v ./verify/metadata
//
// # The previews inside
//
// Each is compared by itself, since programs that write one anew forget another.
// Of 288 previews made from 32 screenshots in nine ways (whole, with black bars,
// cut; three ways of scaling, each at its quality) the least agreement with
// their picture was 0.83; a preview below 0.7 is called another picture's, and so
// were all of 96 previews of other screenshots. Of 22 previews that programs wrote
// to 16 real files none was below 0.92; a further file, whose picture was exchanged,
// is told. An edited line cannot be seen at this size.
//
//	go test -run 'PreviewsOf' -v ./verify/metadata
//
// # False alarms
//
// On 28 untouched files (iOS, macOS, Windows, GNOME, a public mirror), read with
// their previews and held against what is known of their time, none of the eleven
// findings that can weigh against a claim came up, so that each rate is below
// 10.1 % with 95 % confidence. That says little, because most such files say
// nothing that a finding could be decided from. edit_history and composed could
// have come up in 7 of them, time_impossible and rewritten in 4, misfit in 3,
// editor and generator in 2, and time_conflict, time_order, thumbnail and
// provenance_broken in none: these four are not measured on real files. More
// files of known making are not at hand.
//
//	go test -run FalseAlarms -v ./verify/metadata
//
// # C2PA
//
// The claim, the actions and the digests of the active manifest are read, and
// the digests are held against the file. Signatures are not validated, and
// anyone can write a manifest whose digests fit, so that a fit weighs nothing.
// A statement that the claim names and that is not there breaks the manifest, and
// so does one that the claim does not name, which is not read. An earlier manifest
// may lack what a later one's claim redacts; the active one is the last.
// Only the data hash is understood; box hashes come out as unknown.
//
// EXIF is read by goexif, IPTC and what goexif does not name of EXIF by
// bep/imagemeta; of several blocks of EXIF four. Containers are walked by code of this package, since order and
// sizes are what tells one writer from another, and libraries hide them; XMP is
// read on that walk, where its statements can be counted, and in a JPEG joined
// from its pieces. Of a packet 4 MiB and 50,000 tokens are read. EXIF, XMP and IPTC
// that stand in hexadecimal digits in a text of a PNG, as ImageMagick writes them,
// are decoded here and go to the same readers; a block of EXIF in its own chunk
// goes before.
package metadata
