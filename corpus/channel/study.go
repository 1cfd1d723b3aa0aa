package channel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/defacecheck/defacecheck/corpus"
	"github.com/defacecheck/defacecheck/corpus/channel/share"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/corpus/rows"
)

// Schema names the shape of Study in JSON.
const Schema = "defacecheck/channel/1"

// ErrNoClaims says that the records hold no claim that the channel posted.
var ErrNoClaims = errors.New("no claim was posted there")

// Options say what is made of the records.
type Options struct {
	Channel string    // as postings name it; "" takes every claim there is
	Program string    // name and version of this program
	Ranks   io.Reader // a rank list, lines of rank and domain; nil for none
	Grouper Grouper   // which pictures are one, or of one page; nil goes by the files alone
}

// Study is a channel's record. In JSON its claims follow as a member of their own.
type Study struct {
	Schema    string         `json:"schema"`
	Program   string         `json:"program"`
	Channel   string         `json:"channel"`   // "" is every claim of the corpus
	Sentences []string       `json:"sentences"` // on how the claims came out, and on their public
	Claims    int            `json:"claims"`
	Postings  int            `json:"postings"`           // one message with two pictures is two
	Forwarded int            `json:"forwarded_postings"` // in messages that were forwarded from elsewhere, and count like others
	Pictures  int            `json:"pictures"`           // different files
	First     time.Time      `json:"first_posting,omitzero"`
	Last      time.Time      `json:"last_posting,omitzero"` // first posting of the claim posted last
	Outcomes  []Tally        `json:"outcomes"`              // every outcome, also of no claim
	Share     share.Estimate `json:"share"`                 // of genuine ones among the claims that were judged
	Apart     int            `json:"apart"`                 // judged claims that answer another question and are not in Share
	People    People         `json:"people"`
	SetAside  []Reason       `json:"set_aside"` // most frequent first
	Grouping  string         `json:"grouping"`  // how reused pictures were found
	Messages  int            `json:"messages"`  // that the claims were posted in; one with two pictures is one
	Clusters  []Cluster      `json:"clusters"`  // in most messages first
	Public    Public         `json:"public"`
	Sites     []Site         `json:"sites"`  // best known first
	Months    []Month        `json:"months"` // by time
	Models    []Model        `json:"models"` // that the newest verdicts were made with
	Assumes   []string       `json:"assumes"`

	claims []Claim
}

// Tally is how many claims had an outcome.
type Tally struct {
	Outcome outcome.Kind `json:"outcome"`
	Claims  int          `json:"claims"`
}

// People is what people decided, beside the program.
type People struct {
	Claims  int      `json:"claims"`  // with a judgement
	Opposed int      `json:"opposed"` // of them, decided the other way than the program
	Beside  []Beside `json:"beside"`
}

// Beside is how many claims had an outcome and a person's judgement.
type Beside struct {
	Outcome outcome.Kind `json:"outcome"`
	Truth   rows.Truth   `json:"truth"`
	Claims  int          `json:"claims"`
}

// Of makes the record of a channel. Records that the channel did not post are passed
// over; without any other the error is ErrNoClaims. Errors of records and of ctx come back
// wrapped, those of a rank list wrap ErrRanks.
func Of(ctx context.Context, records iter.Seq2[*corpus.Record, error], o Options) (*Study, error) {
	s := &Study{Schema: Schema, Program: o.Program, Channel: o.Channel}
	pictures, err := s.gather(ctx, records)
	if err != nil {
		return nil, fmt.Errorf("make the record of channel %q: %w", o.Channel, err)
	}
	for _, step := range []func() error{
		func() error { return s.cluster(ctx, o.Grouper, pictures) },
		func() error { return s.rank(o.Ranks) },
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("make the record of channel %q: %w", o.Channel, err)
		}
	}
	s.count()
	s.estimate()
	s.Months = months(s.claims)
	s.Models = models(s.claims)
	s.Assumes = s.assumptions()
	s.Sentences = []string{s.truthSentence(), s.publicSentence()}
	return s, nil
}

// gather keeps what is needed of each record, and the different pictures.
func (s *Study) gather(ctx context.Context, records iter.Seq2[*corpus.Record, error]) ([]corpus.Picture, error) {
	var pictures []corpus.Picture
	known, said := map[string]bool{}, messages{}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("read claim %d: %w", len(s.claims)+1, err)
		}
		c := newClaim(r, s.Channel)
		if s.Channel != "" && c.Postings == 0 {
			continue
		}
		c.messages = said.of(r, s.Channel)
		s.claims = append(s.claims, c)
		if !known[c.Picture] {
			known[c.Picture] = true
			pictures = append(pictures, r.Picture)
		}
	}
	if len(s.claims) == 0 {
		return nil, ErrNoClaims
	}
	s.Messages = len(said)
	return pictures, nil
}

// count fills in the figures that are sums over claims.
func (s *Study) count() {
	by, beside, files := map[outcome.Kind]int{}, map[Beside]int{}, map[string]bool{}
	s.Claims = len(s.claims)
	for _, c := range s.claims {
		by[c.Outcome]++
		files[c.Picture] = true
		s.Postings += c.Postings
		s.Forwarded += c.forwarded
		if c.Person != "" {
			s.People.Claims++
			beside[Beside{Outcome: c.Outcome, Truth: c.Person}]++
		}
		if c.Opposed {
			s.People.Opposed++
		}
		if !c.Posted.IsZero() && (s.First.IsZero() || c.Posted.Before(s.First)) {
			s.First = c.Posted
		}
		if c.Posted.After(s.Last) {
			s.Last = c.Posted
		}
	}
	s.Pictures = len(files)
	for _, o := range outcome.Kinds() {
		s.Outcomes = append(s.Outcomes, Tally{o, by[o]})
	}
	s.People.Beside = besides(beside)
	s.SetAside = reasons(s.claims)
}

// estimate the share of genuine ones among the claims that were judged.
func (s *Study) estimate() {
	var judged []share.Claim
	for _, c := range s.claims {
		switch side := c.Outcome.Side(); {
		case side == outcome.Another:
			s.Apart++
		case c.Log10LR == nil && side == outcome.Open: // nobody saw the page: that says nothing
			judged = append(judged, share.Claim{Group: c.group, Open: true})
		case c.Log10LR != nil:
			judged = append(judged, share.Claim{Log10LR: *c.Log10LR, Group: c.group, Open: side == outcome.Open})
		}
	}
	s.Share = share.Of(judged)
}

// of is how many claims had an outcome on that side.
func (s *Study) of(side outcome.Side) (n int) {
	for _, t := range s.Outcomes {
		if t.Outcome.Side() == side {
			n += t.Claims
		}
	}
	return n
}
