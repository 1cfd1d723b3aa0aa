// Package calibrate fits a score model on judged claims of known truth: it gives each
// finding the log10 likelihood ratio (LR) that the claims support, where the embedded
// model has one set by hand. Fit makes of a file of rows a model that verify/score
// reads, and that judging uses like any other.
//
// How. Fusion is logistic regression with a ridge (Morrison, Tutorial on logistic-regression
// calibration and fusion, Australian Journal of Forensic Sciences 45 (2013); le Cessie
// and van Houwelingen, Applied Statistics 41 (1992), for the ridge). Genuine and false
// claims weigh the same, whatever their numbers, so that the sum of weights is ln LR
// and no prior is hidden in it. There is no constant term: a claim without evidence has
// log10 LR 0 exactly, and so has a test that could not run. The ridge pulls each weight to
// the base model's, and not to none: a normal prior about what is known without the data
// (Dayanik et al., Constructing informative prior distributions from domain knowledge in
// text classification, SIGIR 2006). What few claims show keeps about what it has by hand,
// and what none shows keeps just that, times the slope of the calibration below: a weight
// says on how many claims it rests, and one that rests on none says so.
//
// What theory knows is not left to the data, because a made corpus teaches its maker's
// habits as readily as the world's. It comes from the base model:
//
//   - the sign. A finding that supports a claim there may carry more, less or nothing,
//     and never count against; the other way round likewise. What carries nothing there,
//     by reason and not for want of data, carries nothing;
//   - the groups. Of findings with one cause only the strongest on each side counts, in
//     fitting as in judging (score.Model.Combine);
//   - the caps of groups. How easily a kind of evidence is forged is a judgement about
//     people who know of this program, of whom a corpus has none;
//   - a log10 LR that was computed keeps its shape and gets a factor from 0 to 1.
//
// Which findings count depends on the weights, and the weights on which count. Fit
// begins with those that count under the base model, fits, looks which count now, and
// goes on until that no longer changes or MaxRounds is over; the best of these fits by
// its penalised cost, taken through the model as judging uses it, is kept.
//
// Calibration. Fits are repeated without each fifth of the sites, which are then scored
// (cross-validation by site). The slope, at most 1, that makes these scores best
// calibrated scales all weights (Platt's scaling without its shift, which would give
// evidence to claims that have none; the shift that was left out is told in the model). The total is
// bounded by the empirical bounds of these scores (lr.Sample.ELUB): what was not seen
// often enough is not claimed.
//
// What it guarantees: the same rows and the same program give the same bytes, whatever
// the order of the lines between; weights are rounded to four decimals. A row of the
// test side never reaches the fit; a site or a defacement family on both sides is an
// error. Every weight has its sign, every bound holds zero.
//
// Its limits. Folds are by site and not by family, because sites and families cross: the
// cross-validated figures are a little flattering where a family recurs, and those of
// the test side are not. Claims are weighed as independent. Claims of truth not_defaced
// answer another question and are left out. Whether silence of the archives is evidence
// is not learned: missing is zero.
//
// Solver. gonum/optimize knows no bounds on variables. The cost is strictly convex, so
// Newton steps, each a quadratic program in the box solved by cyclic coordinate descent
// (Friedman, Hastie and Tibshirani, Journal of Statistical Software 33 (2010)), find its
// one minimum; the tests hold it to the conditions of Karush, Kuhn and Tucker.
//
// Measured on claims drawn from a model whose LRs are known, two normal distributions two
// standard deviations apart, 4,000 claims about 40 sites: the fitted log10 LR is 0.99
// times the true one; Cllr is 0.523 cross-validated and 0.525 on the test side, where
// 0.514 is what the true LRs cost; the bounds are -2.07 and 1.82 (go test -v -run
// Gaussians). A fit of 2,000 claims takes 40 ms.
package calibrate
