// Package evaluate measures a score model on judged claims of known truth. Measure
// takes a file of rows and a model, weighs the evidence of every claim of the test side
// as judging does, and gives a Report: the figures of package lr, overall and for each
// class of claims, with intervals from drawing sites again; verdict words against
// truth; the points of the usual plots; and what becomes of the figures without each
// kind of evidence, and with each alone.
//
// What it guarantees: no claim is measured whose site or defacement family the model
// was fitted on (rows.ErrSplit); the same rows, model and seed give the same report to
// the last byte; no time and no machine stand in it.
//
// Choices. Claims of truth not_defaced answer another question: they are in the table of
// words and in no figure. A class has one truth, so its figures are of its claims against
// all claims of the other truth. A rate's interval is no narrower than the exact one of
// independent claims: what never occurred never occurs in a drawing either. Leaving out
// evidence does not fit the model again: it tells what this model leans on, and not how
// good one without it could be.
//
// Its limits. Intervals tell how far figures move with other sites of the same making.
// They do not tell how they move in the world, with other forgers, or with a class that
// the corpus has not. With few sites they are too narrow (see package lr).
package evaluate
