// Package photograph makes photographs of a monitor from pictures of its screen: a
// trapezium seen through a bent lens, with the screen's stripes, a border, a room,
// lamps, noise and blur. It stands in for a telephone held before a screen.
//
// The photograph is drawn by nothing but its arguments. It is a model: real cameras
// also sharpen, and stitch several exposures together, which is not done here.
package photograph
