// Package picture reads pictures that strangers made.
//
// Read takes the bytes of a file and gives its first frame as plain pixels. On
// the way the file meets, in this order: a cap on bytes; its format, told by
// its content and never by its name; its header, read by small parsers of our
// own that allocate nothing in proportion to what the file says; caps on sides
// and pixels, before any decoder sees it; and then a decoder in a child process
// (package confine) whose memory is set by the header. What comes back must
// have exactly the size that the header declared. Every refusal is one of the
// named errors, whose text says what a person can do.
//
// PNG, JPEG, GIF, WebP and BMP are read. HEIC, AVIF, JPEG XL and TIFF are
// recognised and refused by name: no decoder for them is both permissively
// licensed, free of C and kept well enough to be handed hostile bytes; a
// picture saved as PNG serves as well.
//
// Limits, on purpose: of an animation only the first frame is used (Frames
// says how many there are); colour profiles are not applied, so that a
// wide-gamut screenshot keeps the numbers that it stores; sixteen bits a
// channel become eight. The EXIF orientation is applied, as browsers do, and
// Oriented says so. Transparent parts are laid on white, and Mask keeps where
// they were.
package picture
