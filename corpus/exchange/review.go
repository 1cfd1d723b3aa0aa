package exchange

import (
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
)

// thing is a node of JSON-LD.
type thing map[string]any

// The scale of ratings. Its ends stand for what is proven either way, which no score is.
const (
	worstRating = 1
	bestRating  = 7
)

// rating is what a review says: in words, and in a number where there is one.
type rating struct {
	value int // 0 is none
	words string
}

func ratings() map[outcome.Kind]rating {
	return map[outcome.Kind]rating{
		outcome.Kind(verify.Contradicted): {2, "Contradicted by the evidence"},
		outcome.Kind(verify.LeansFalse):   {3, "Evidence leans against it"},
		outcome.Kind(verify.Inconclusive): {0, "Not settled by the evidence"},
		outcome.Kind(verify.LeansGenuine): {5, "Evidence leans towards it"},
		outcome.Kind(verify.Supported):    {6, "Supported by the evidence"},
		outcome.NotSeen:                   {0, "Could not be checked"},
		outcome.Ordinary:                  {0, "Shows the ordinary page"},
		outcome.Shown:                     {0, "Shown by the page, not judged whether defaced"},
	}
}

// ClaimReview writes the newest verdict on a claim as schema.org's ClaimReview.
func ClaimReview(r *corpus.Record, o Options) ([]byte, error) {
	v, came, err := reviewed(r)
	if err != nil {
		return nil, fmt.Errorf("write a ClaimReview of claim %s: %w", r.ID, err)
	}
	given, ok := ratings()[came]
	if !ok {
		return nil, fmt.Errorf("write a ClaimReview of claim %s: there is no rating for %q", r.ID, came)
	}
	review := newReview("ClaimReview", r, v, o)
	review["claimReviewed"] = claimText(r)
	review["itemReviewed"] = claimNode(r)
	review["reviewRating"] = given.node(v)
	return document(review)
}

// newReview is what all reviews have.
func newReview(kind string, r *corpus.Record, v *verify.Result, o Options) thing {
	t := thing{"@context": "https://schema.org", "@type": kind, "@id": "urn:uuid:" + id(r.ID, kind), "inLanguage": "en",
		"datePublished": v.Claim.ReadAt.UTC().Format(time.DateOnly),
		"version":       name(v.Versions.Program + ", score model " + v.Versions.Model)}
	if s := text(v.Verdict.Sentence); s != "" {
		t["reviewBody"] = s
	}
	if o.Publisher != "" {
		t["author"] = organisation(o.Publisher, o.PublisherURL)
	}
	if o.ReviewURL != "" {
		t["url"] = address(o.ReviewURL)
	}
	return t
}

func organisation(named, url string) thing {
	t := thing{"@type": "Organization", "name": name(named)}
	if url != "" {
		t["url"] = address(url)
	}
	return t
}

// node is the rating as schema.org has it. The likelihood ratio is told only where it is
// the reason.
func (g rating) node(v *verify.Result) thing {
	t := thing{"@type": "Rating", "alternateName": g.words}
	if g.value == 0 {
		return t
	}
	t["ratingValue"], t["worstRating"], t["bestRating"] = g.value, worstRating, bestRating
	t["ratingExplanation"] = fmt.Sprintf("On a scale of %d to %d whose ends, proven false and proven true, are not given to scores. The decimal logarithm of the likelihood ratio is %+.2f.",
		worstRating, bestRating, v.Verdict.Log10LR)
	return t
}

// claimText says what is claimed, without saying whether it is so.
func claimText(r *corpus.Record) string {
	s := "The picture is what " + host(r) + " showed"
	switch c := r.Claim.ClaimedAt; {
	case c.IsZero():
	case c.To.Sub(c.From) <= 24*time.Hour:
		s += " on " + c.From.UTC().Format("2 January 2006")
	default:
		s += " between " + c.From.UTC().Format("2 January 2006") + " and " + c.To.UTC().Format("2 January 2006")
	}
	return s
}

func claimNode(r *corpus.Record) thing {
	t := thing{"@type": "Claim", "name": claimText(r), "about": thing{"@type": "WebPage", "url": address(r.Claim.URL)}}
	if s := source(r); s != "" {
		t["author"] = thing{"@type": "Organization", "name": s} // schema.org knows only people and organisations
	}
	if p := r.Claim.PostedAt; !p.IsZero() {
		t["datePublished"] = p.From.UTC().Format(time.DateOnly)
	}
	return t
}

// MediaReview writes what the newest verdict says of the picture as schema.org's
// MediaReview.
func MediaReview(r *corpus.Record, o Options) ([]byte, error) {
	v, came, err := reviewed(r)
	if err == nil && came.Side() != outcome.For && came.Side() != outcome.Against {
		err = fmt.Errorf("%w (%s)", ErrNothingSaid, came)
	}
	if err != nil {
		return nil, fmt.Errorf("write a MediaReview of claim %s: %w", r.ID, err)
	}
	review := newReview("MediaReview", r, v, o)
	review["itemReviewed"] = thing{"@type": "MediaReviewItem", "mediaItemAppearance": []thing{pictureNode(r)}}
	c := category(v, came)
	if c != "" {
		review["mediaAuthenticityCategory"] = "https://schema.org/" + c
	}
	if body, ok := review["reviewBody"]; ok && c == decontextualized {
		review["originalMediaContextDescription"] = body
	}
	return document(review)
}

func pictureNode(r *corpus.Record) thing {
	p := r.Picture
	t := thing{"@type": "ImageObjectSnapshot", "sha256": p.SHA256}
	if f := format(r); f != "" {
		t["encodingFormat"] = "image/" + f
	}
	if p.Width > 0 && p.Height > 0 {
		t["width"], t["height"] = pixels(p.Width), pixels(p.Height)
	}
	return t
}

// pixels is a length in the unit of UN/CEFACT for pixels.
func pixels(n int) thing { return thing{"@type": "QuantitativeValue", "value": n, "unitCode": "E37"} }
