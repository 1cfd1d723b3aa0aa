// Package corpus holds what is known of many claims.
//
// Its first tenant is Earlier: verdicts that were given before, in which the
// picture of a new claim is looked for. A corpus file is nothing but verdict
// documents (schema defacecheck/verdict/1) one behind the other, as
// "cat */verdict.json" makes it or one a line.
//
// What it guarantees: a document in another schema, or a broken one, is an
// error that says which and is never skipped; blank pictures match nothing but
// the very same file; the same file and picture give the same answer in the same
// order.
//
// Its limits: whole-picture hashes find the same file and recompressed copies.
// They do not tell a copy in which a line of text was changed from a recompressed
// one, and miss the same page in another window. Everything is read into memory
// and searched from end to end, which is right for thousands of claims.
//
// What it deliberately does not do: weigh. A defacement page that stands for
// several victims is ordinary.
package corpus
