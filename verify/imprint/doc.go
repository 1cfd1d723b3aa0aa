// Package imprint computes perceptual hashes of pictures with goimagehash: an
// average, a difference and a perception hash of 64 bits and a difference hash
// of 256, and says how much information they rest on.
package imprint
