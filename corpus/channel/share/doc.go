// Package share estimates how large a share of many claims is genuine from the
// likelihood ratios of the claims, with an interval. It is pure arithmetic.
//
// # The estimate
//
// Each claim comes from one of two kinds, genuine with probability p and not genuine
// with 1 - p, and its likelihood ratio LR says how many times more probable its evidence
// is under the first. So the likelihood of p is
//
//	L(p) = product over the claims of (p LR + 1 - p)
//
// (the mixture whose maximum Saerens, Latinne and Decaestecker find by EM in "Adjusting
// the outputs of a classifier to new a priori probabilities", Neural Computation 14,
// 2002). Counting verdict words instead would be wrong: a score that errs now and then
// finds some genuine claims among any number of others, and the other way round (Rogan
// and Gladen, "Estimating prevalence from the results of a screening test", American
// Journal of Epidemiology 107, 1978). The prior of p is uniform; the estimate is the
// mean of the posterior and its 95 % interval that of highest density, on a grid. Every
// factor's logarithm is concave in p, so the posterior has one hill and the interval no
// holes. Highest density and not equal tails, because equal tails can never hold 0 or 1.
//
// A claim with LR 1 multiplies L by one: it neither narrows nor moves the interval.
// That is right when claims stay undecided for reasons that have nothing to do with
// their truth beyond what the LR tells. Open tells how far the share could lie if they
// do.
//
// # Claims that are not independent
//
// Claims with one picture or page, or about one site, rise and fall together, and twenty of them
// are not twenty witnesses. How far they go together is not known, so the worst is taken:
// each group is as uncertain as if all of it were one claim. L is raised to the power
//
//	sum of s² / sum over groups of (sum of |s|)²
//
// with s = (LR - 1) / (p LR + 1 - p), what a claim adds to the slope of log L, taken at
// the mean of the posterior without the power. For claims of one strength this is one by
// Kish's design effect for an intraclass correlation of 1 (Survey Sampling, 1965); as
// a power of a likelihood it is the magnitude adjustment of composite likelihoods (Pauli,
// Racugno and Ventura, "Bayesian composite marginal likelihoods", Statistica Sinica 21,
// 2011). It widens the interval and leaves the maximum where it is.
//
// # A score that is not right
//
// LRs may be too strong: Weakened is the same estimate with every log10 LR halved. And the
// score's zero may be off: Shifted is from the interval with every log10 LR less by Offset
// to that with every one more. It is needed because small errors of one direction add up
// over hundreds of claims: without it a thousand claims that are each inconclusive would
// make a share. Range holds all of these intervals and is what should be printed. Against
// a score that errs more than that no interval helps.
//
// How often, in simulated channels whose share is known, it lies within:
//
//	                                                     as scored    Range
//	the LRs are right, any share                              96 %    100 %
//	the LRs are right, one share                        92 to 98 %
//	every log10 LR is twice what it should be                 80 %    100 %
//	every log10 LR is off by 0.3, one direction         10 to 12 %     95 %
//	groups of 1 to 12 claims that go together           94 to 98 %    100 %
//	the same, taken for independent                     57 to 70 %
//
//	go test ./corpus/channel/share/ -v
package share
