package channel

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/defacecheck/defacecheck/corpus/channel/share"
	"github.com/defacecheck/defacecheck/corpus/outcome"
	"github.com/defacecheck/defacecheck/verify/report"
	"github.com/defacecheck/defacecheck/verify/report/plain"
)

const (
	// tooWide is the width from which a range says too little to be printed as an
	// estimate: a single claim of LR 10 leaves 0.75, no evidence 1.
	tooWide = 0.75

	// maxName bounds a channel's name in a sentence, in characters.
	maxName = 80
)

// truthSentence says how the claims came out, in a sentence to print.
func (s *Study) truthSentence() string {
	if s.Share.Claims+s.Apart == 0 {
		if s.Claims == 1 {
			return fmt.Sprintf("The only claim %s has not been judged yet, so nothing can be said of whether it is genuine.", s.source())
		}
		return fmt.Sprintf("None of the %s %s has been judged yet, so nothing can be said of how many are genuine.", plural(s.Claims, "claim"), s.source())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Of %s %s, the evidence speaks for %s, speaks against %s and leaves %s open",
		plural(s.Claims, "claim"), s.source(), number(s.of(outcome.For)), number(s.of(outcome.Against)), number(s.of(outcome.Open)))
	b.WriteString(shareClause(s.Share))
	if s.Apart > 0 {
		fmt.Fprintf(&b, "; %s %s another question", number(s.Apart), verb(s.Apart, "answers", "answer"))
	}
	if n := s.of(outcome.NoWord); n > 0 {
		fmt.Fprintf(&b, "; %s %s not been judged", number(n), verb(n, "has", "have"))
	}
	return b.String() + "."
}

// shareClause adds the estimate for the claims on which the evidence was weighed.
func shareClause(e share.Estimate) string {
	switch {
	case e.Claims == 0:
		return ""
	case e.Range.Width() >= tooWide:
		return ", which is too little to estimate what share of these is genuine"
	}
	return fmt.Sprintf(", an estimated %s of these being genuine", percents(e.Range))
}

// publicSentence says how much public the claimed sites have, in a sentence to print.
func (s *Study) publicSentence() string {
	p := s.Public
	var parts []string
	if p.List > 0 {
		part := fmt.Sprintf("%s of %s %s in the rank list of %s that was given", number(p.Ranked), plural(p.Sites, "claimed site"),
			verb(max(p.Ranked, 1), "is", "are"), plural(p.List, "entry"))
		if p.Ranked > 0 {
			part += ", the best at " + number(p.Best)
		}
		parts = append(parts, part)
	}
	if p.Looked > 0 {
		parts = append(parts, p.capturesClause())
	}
	if len(parts) == 0 {
		return "How much public the claimed sites have is not known: none was looked up in archives, and no rank list was given."
	}
	all := strings.Join(parts, "; ")
	return strings.ToUpper(all[:1]) + all[1:] + "."
}

// capturesClause says how many sites archives know, and how well. A capture that is
// not known may be there: perhaps no archive could be asked.
func (p *Public) capturesClause() string {
	known, all := p.Looked-p.Unlisted, plural(p.Looked, "site")+" looked up"
	switch {
	case known == 0:
		return "no archived capture is known of the claimed pages of " + all
	case p.Looked == 1:
		return fmt.Sprintf("archived captures are known of the claimed page of the one site looked up, about %s a year", plainRate(p.Median))
	}
	return fmt.Sprintf("archived captures are known of the claimed pages of %s of %s, at a median of %s a year for all of them", number(known), all, plainRate(p.Median))
}

// source says whose the claims are.
func (s *Study) source() string {
	if s.Channel == "" {
		return "in this corpus"
	}
	return "that “" + report.Safe(plain.Text(s.Channel, maxName)) + "” posted"
}

// assumptions say what the estimate rests on.
func (s *Study) assumptions() []string {
	e := s.Share
	if e.Claims == 0 {
		return nil
	}
	all := []string{
		fmt.Sprintf("The estimate takes in the %s that were judged, %s of them undecided. Those that answer another question (%s) or were not judged (%s) are not in it, and it holds for the latter only if they are like the others.",
			plural(e.Claims, "claim"), number(e.Open), number(s.Apart), number(s.of(outcome.NoWord))),
		"Before the evidence, every share from 0 to 100 % was taken to be equally probable.",
		fmt.Sprintf("That a claim stays undecided is taken to say no more about its truth than its likelihood ratio does. If none of the undecided were genuine, about %s of all would be; if all were, about %s.", percent(e.IfOpen.Low), percent(e.IfOpen.High)),
		fmt.Sprintf("Claims whose pictures are one or show one page, and claims about one site, are taken to stand and fall together: the %s are in %s and tell as much as about %s independent ones.", plural(e.Claims, "claim"), plural(e.Groups, "group"), plainRate(e.Effective)),
		fmt.Sprintf("The range holds the interval of the scores as they are, that of scores whose logarithm is halved in case they claim too much, and those of scores whose zero is off by %.1f either way. It does not help against a score that errs more than that in one direction.", share.Offset),
		"People's judgements are not in the estimate.",
	}
	if s.Forwarded > 0 {
		all = append(all, fmt.Sprintf("What was forwarded from elsewhere counts like what was posted first: %s of %s.", number(s.Forwarded), plural(s.Postings, "posting")))
	}
	for _, m := range s.Models {
		if m.Calibrated != nil && !*m.Calibrated {
			all = append(all, "The weights of score model "+report.Safe(m.Model)+" are set by hand and not calibrated on claims of known truth: its likelihood ratios are judgement and not measurement.")
		} else if m.Calibrated == nil {
			all = append(all, "Whether score model "+report.Safe(m.Model)+" is calibrated is told in its file, which is not at hand here.")
		}
	}
	return all
}

// percents prints an interval in whole per cents, rounded outwards.
func percents(i share.Interval) string {
	low, high := int(math.Floor(100*i.Low+1e-9)), int(math.Ceil(100*i.High-1e-9))
	if low == high {
		return fmt.Sprintf("%d %%", low)
	}
	return fmt.Sprintf("%d to %d %%", low, high)
}

// percent rounds to whole per cents.
func percent(x float64) string { return fmt.Sprintf("%.0f %%", 100*x) }

// plainRate prints a rate with as many digits as mean anything.
func plainRate(x float64) string {
	if x > 0 && x < 0.05 {
		return "less than 0.1"
	}
	if x < 9.95 {
		return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
	}
	return number(int(math.Round(x)))
}

// number prints a count with commas between thousands; 0 is "none".
func number(n int) string {
	if n == 0 {
		return "none"
	}
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case n == 0:
		return "0 " + many(noun)
	}
	return number(n) + " " + many(noun)
}

func many(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "ry"); ok {
		return stem + "ries"
	}
	return noun + "s"
}

func verb(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
