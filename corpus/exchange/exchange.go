package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify"
	"github.com/defacecheck/defacecheck/verify/report"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

// Why a review is not written.
var (
	ErrNoVerdict   = errors.New("the claim has not been judged: judge it first")
	ErrNothingSaid = errors.New("the evidence does not tell anything about the picture that a MediaReview could say: a ClaimReview can say that it is open")
	ErrDisputed    = errors.New("a person decided otherwise than the program: a review must be written by hand, or the claim judged again")
)

// Options are what the record does not know.
type Options struct {
	Publisher    string // who publishes a review or owns an event; "" is not told
	PublisherURL string // of the publisher's site
	ReviewURL    string // of the page on which the review is published
	Picture      []byte // the picture's file, to be put into a MISP event; nil leaves it out
}

// space is the name space of this project's UUIDs of version 5.
func space() uuid.UUID { return uuid.MustParse("6bbdd3ca-48fc-473a-a901-e16a16ab0303") }

// id is the UUID of a part of a claim.
func id(claim string, parts ...string) string {
	return uuid.NewSHA1(space(), []byte(corpus.Digest(append([]string{claim}, parts...)...))).String()
}

// reviewed is the newest verdict of a claim that a review may be written about.
func reviewed(r *corpus.Record) (*verify.Result, outcome.Kind, error) {
	o := outcome.Of(r)
	v := r.Latest()
	if v == nil || v.Result == nil {
		return nil, o, ErrNoVerdict
	}
	if a := r.Adjudicated(); a != nil {
		decided := o.Side() == outcome.For || o.Side() == outcome.Against
		if outcome.Opposed(o, a.Truth) || decided && a.Truth == corpus.Unclear {
			return nil, o, fmt.Errorf("%w (%s, against %q)", ErrDisputed, a.Truth, o)
		}
	}
	return v.Result, o, nil
}

// document is v as JSON in which nothing is hidden.
func document(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(report.EscapeHidden(data), '\n'), nil
}

// The longest texts, in characters.
const (
	maxName = 200
	maxText = 10_000
)

func name(s string) string { return plain.Text(s, maxName) }
func text(s string) string { return plain.Text(s, maxText) }

// host is that of the claimed address, or the address where it has none.
func host(r *corpus.Record) string {
	u, err := url.Parse(r.Claim.URL)
	if err != nil || u.Hostname() == "" {
		return name(r.Claim.URL)
	}
	return name(u.Hostname())
}

// when is the claimed day, else that of the posting, else when the claim became known.
func when(r *corpus.Record) time.Time {
	for _, s := range []verify.Span{r.Claim.ClaimedAt, r.Claim.PostedAt} {
		if !s.IsZero() {
			return s.From.UTC()
		}
	}
	return r.Claim.ReadAt.UTC()
}

// source is the first channel that posted the claim, or who is said to have made it.
func source(r *corpus.Record) string {
	for _, p := range r.Postings {
		if p.Channel != "" {
			return name(p.Channel)
		}
	}
	return name(r.Claim.Notifier)
}

// address is a URL as it may stand in JSON.
func address(s string) string { return strings.ToValidUTF8(s, "\ufffd") }
