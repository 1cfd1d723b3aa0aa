// Package exchange writes one claim and its verdict in forms that others read: an event
// for MISP with an object of this project's own template, and schema.org's ClaimReview
// and MediaReview as JSON-LD.
//
// # What it guarantees
//
// No form is more certain than the verdict. A score alone never makes a claim Valid or
// Invalid in MISP, where these words mean that somebody confirmed it: that takes a
// person's judgement. A ClaimReview is rated on a scale of seven whose ends, what is
// proven, are never given; where the evidence does not settle the claim it has words
// and no number, because the middle of a scale reads as "half true". A MediaReview names
// a category only where the evidence is of that very thing, and is refused
// (ErrNothingSaid) where nothing was found out. Where a person decided otherwise than the
// program (ErrDisputed), no review is written: whose word it would be is for the publisher
// to say.
//
// The same record gives the same bytes, and the same claim the same UUIDs (version 5,
// RFC 9562) whatever verdicts come later, so that what was imported is renewed and not
// doubled. Strangers' text is one harmless line each, hidden characters made visible.
//
// # The forms
//
// The MISP event follows the MISP core format (draft-dulaunoy-misp-core-format-18); its
// object is described by misp/defacement-claim/definition.json, an object template in
// the form of MISP/misp-objects, modelled on that project's ddos-claim. It is nobody's
// but ours: an instance needs the template before it shows the object as more than a list.
// Nothing is marked for detection (to_ids), since the address is the victim's, and the
// event is for the own organisation alone until somebody decides otherwise.
//
// ClaimReview and MediaReview follow schema.org. Search engines want the
// address of the page on which a review stands, which only its publisher knows.
// MediaReview is marked by schema.org as not yet settled.
//
// The tests have JSON Schemas of their own, written from these formats by hand. Held against
// what their projects publish ("make conformance"): the template against schema_objects.json of
// MISP/misp-objects; events against PyMISP's schema.json, which is older than objects and sees
// their attributes alone, and through PyMISP's classes with the template enforced; reviews
// against the types of schema-dts, which are made from schema.org's vocabulary.
package exchange
