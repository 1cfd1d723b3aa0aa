// Package score turns findings into a log10 likelihood ratio and that into a
// verdict band. It is pure arithmetic over a versioned model file: no clock, no
// files, no randomness, and sums are taken in a fixed order, so that the same
// findings give the same score to the last digit.
//
// A likelihood ratio (LR) says how many times more probable the evidence is if
// the claim is genuine than if it is not. The model gives each finding a log10
// LR. Findings of one group share a cause: of a group only the strongest for and
// the strongest against the claim count. Every group and the whole are bounded.
//
// Beside each weight stand its reason and how often the finding was wrong where it was
// measured. Both are for readers and enter no sum.
//
// A finding's log10 LR stands in the model, or is computed elsewhere and has a factor
// in the model. A model that was fitted on claims of known truth (corpus/calibrate) says
// on which, in its training section; one that was not has no such section.
//
// The embedded model was fitted about one that is set by hand (ByHand), on the rows that
// corpus/evaluate keeps, and a test fits it again. The one set by hand says so; without a
// validation set no honest LR may exceed about ten either way (Vergeer et al. 2016 on
// empirical bounds), which is the bound it carries.
package score
