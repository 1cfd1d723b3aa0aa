// Package lr measures a set of likelihood ratios (LRs) of which it is known
// whether each was given to a genuine claim or to a false one.
//
// A Sample holds log10 LRs by truth and gives the figures of the field: Cllr and
// its two parts, the area under the ROC curve, Brier score, expected calibration
// error, the rate of strongly misleading evidence, the points of Tippett, ROC and
// reliability plots, and the empirical bounds of what so much data can support
// (ELUB). Intervals come from drawing whole sites again (Intervals): claims of one
// site resemble each other, and drawing claims would make intervals too narrow.
//
// What it guarantees: NewSample refuses what the figures cannot be taken of (no
// claims, one truth only, numbers that are not finite or outside of +-MaxLog10) with
// a named error, and every figure of a Sample is then finite. The order of the input
// does not matter. The same seed gives the same intervals.
//
// Two choices hold throughout. Genuine and false claims weigh the same in every mean
// over both, whatever their numbers: an LR says nothing of how frequent lies are. And
// where a probability is needed (Brier, calibration error, reliability), it is the
// posterior at a prior of 0.5.
//
// Intervals are percentile intervals and a little too narrow with few sites. Of 300 drawn
// corpora in which sites differ by half a unit of ln LR, those at 95 % held the Cllr of
// all sites in 88 % with 10 sites, in 92 % with 20 and in 95 % with 40
// (go test -v -run IntervalsHold -corpora 300).
//
// What it does not do: it fits nothing, knows no model and no evidence, and does not
// say what a good value is. The figures describe the claims that they were taken of.
//
// Sources. Cllr: Brümmer and du Preez, Application-independent evaluation of speaker
// detection, Computer Speech and Language 20 (2006). Its minimum by
// pool-adjacent-violators (PAV): the same paper; Ayer et al., Annals of
// Mathematical Statistics 26 (1955). Bounds: Vergeer, van Es, de Jongh, Alberink and
// Stoel, Numerical likelihood ratios outputted by LR systems are often based on
// extrapolation: when to stop extrapolating?, Science & Justice 56 (2016). Plots and
// validation: Meuwly, Ramos and Haraksim, A guideline for the validation of likelihood
// ratio methods, Forensic Science International 276 (2017). Bins of equal mass: Nguyen
// and O'Connor, EMNLP 2015. Drawing groups again: Davison and Hinkley, Bootstrap
// Methods and their Application (1997), section 3.8. gonum gives the ROC curve and
// quantiles; no kept Go package for the rest was found.
//
// Cllr, its minimum and the bounds were compared with those of the Netherlands Forensic
// Institute's LiR (Python); the tests hold the values.
package lr
