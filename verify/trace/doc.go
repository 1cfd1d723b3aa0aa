// Package trace looks for what editing and saving leave in the pixels of a
// screenshot: parts of it with another history than the rest.
//
// Find takes a decoded picture and what is known of it: where the page lies in
// it, where the page itself shows pictures, and which parts are asked about
// because a capture does not agree with them. Methods stand in files of their
// own behind one small interface. Each returns findings with a place, how
// surprising they are, and a sentence that is true whatever the cause.
//
// # What screenshots leave
//
// Camera pictures have noise everywhere, and most of forensics is about noise.
// Screenshots are plain ground and letters. What tells on them is the ground
// beside the letters: a program that paints leaves it exactly plain, and JPEG
// makes it faintly uneven in each block of 8x8 pixels that a letter touches and
// in none beside. Halo counts where that unevenness begins. It says of the whole
// picture whether it was compressed and where its blocks begin, and of a part
// whether it lies on other blocks (OtherGrid), was compressed and the rest was not
// (Uneven), or was not and the rest was (Untouched).
//
// Rise looks at the letters themselves, in the parts that are asked about: whether
// they are blurred against the rest, as material of another scale is, or painted
// without smoothing where the rest is smoothed.
//
// # What is guaranteed
//
// Only decoded pixels are read; no file is opened, nothing is started. Time and
// memory grow with the number of pixels: 0.1 s of one core and two bytes a pixel
// for 1920x1080. Equal input gives equal output, and no picture makes it panic.
// The context ends it.
//
// # What it cannot see
//
// An edit in the browser's own tools leaves no trace; nor does one made on a PNG
// with material that was never compressed, at the same scale. Where the picture
// is compressed once more after the edit the traces of halos are gone. A part
// that has no letters on plain ground, such as a photograph, has no halos. Silence
// therefore says nothing.
//
// # What is no edit
//
// A page shows pictures that were JPEGs before; without a capture that says where
// they lie they look like parts from another file. Who blots out a name or draws
// an arrow leaves what a forger leaves.
package trace
