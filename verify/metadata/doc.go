// Package metadata reads what a picture file says of itself: EXIF, XMP, IPTC
// and the texts and order of its container, and which few of these things bear
// on a claim.
//
// Read runs every parser in a child process (picture/confine) and each parser
// apart from the others, because a metadata parser can be made to ask for 50 GB
// by four bytes of a file: what one of them cannot read becomes a note and
// never loses what the others read. Facts are stored as they stand in the file,
// cut to fixed lengths; making control and bidirectional characters visible is
// the business of whoever displays them.
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
//	metadata.time_agrees      the picture's own time can lie within the claimed one
//	metadata.resaved_later    the file was saved again after it was posted
//	metadata.direct_capture   the file has the marks of a screenshot function, and none of an editor
//	metadata.browser_encoder  the file is built as a browser's own capture or a page renderer builds it
//	metadata.windows_encoder  the file is built by the encoder of Windows, which editors use as well
//	metadata.reencoded        the file is built as messengers and social networks build it, which explains missing metadata
//	metadata.encoder          the file is built as another known program builds files
//	metadata.misfit           the picture shows a phone's screen, and no phone's program wrote the file
//	metadata.rewritten        a mark of the original writer no longer fits the file around it
//	metadata.trailing_data    bytes follow the picture's end
//	metadata.thumbnail        the preview inside the file shows another picture
//	metadata.provenance       a C2PA manifest is there; it is not validated
//	metadata.provenance_broken the digests of that manifest no longer fit the file
//	metadata.extension        the file name's ending contradicts the content
//
// EXIF is read by goexif, IPTC and a second opinion on EXIF come from
// bep/imagemeta. Containers are walked by code of this package, since order and
// sizes are what tells one writer from another, and libraries hide them.
package metadata
