package verify

import (
	"fmt"

	"github.com/defacecheck/defacecheck/verify/score"
)

// The groups of evidence: items of one group share a cause.
const (
	groupWitness  = "witness"
	groupBrackets = "brackets"
	groupVersion  = "version"
	groupFile     = "file"
	groupFrame    = "frame"
	groupCorpus   = "corpus"
	groupTrace    = "trace"
)

// check is one kind of evidence: it looks at a case and says what it found. A
// new kind is one file with such a function and one line in checks.
type check struct {
	id, group, method, version string
	run                        func(*Case) ([]finding, error)
}

// checks is every kind of evidence, in the order in which they are tried.
func checks() []check {
	return []check{
		{"witness", groupWitness, "comparison with live and archived captures", "1", checkWitness},
		{"reading", groupWitness, "words read off the picture, compared with captures", "1", checkReading},
		{"address", groupFrame, "the host in the picture's address bar", "2", checkAddress},
		{"title", groupFrame, "the title in the picture's active tab", "1", checkTitle},
		{"clock", groupFrame, "the date in the picture's task bar", "1", checkClock},
		{"mention", groupFrame, "the claim's own name and words, read in the picture", "1", checkMention},
		{"brackets", groupBrackets, "ordinary captures on both sides of the claimed time", "1", checkBrackets},
		{"version", groupVersion, "which dated version the untouched part fits", "2", checkVersion},
		{"metadata", groupFile, "what the file says of itself", "1", checkMetadata},
		{"trace", groupTrace, "traces of another history in the pixels", "1", checkTrace},
		{"corpus", groupCorpus, "earlier claims with the same picture", "2", checkCorpus},
	}
}

// finding is what a check found, before the model gives it a weight.
type finding struct {
	key      string   // key in the model's table; "" when the test could not run
	method   string   // where a check has several, the one that found it; "" for the check's own
	log10LR  *float64 // set when the weight was computed and not looked up
	value    *float64
	unit     string
	leaning  Leaning // which hypothesis it points to if it counts against
	answer   Answer  // set when it answers another question than the claim's
	sentence string
	captures []string
	at       []Rect // the parts of the picture that it is about, the most telling first
}

// maxAt bounds how many parts of the picture an item of evidence names; a reader
// looks at a few, and a hostile picture must not fill the result.
const maxAt = 16

// notRun is the outcome of a test that could not run: it says why and weighs
// nothing.
func notRun(format string, args ...any) []finding {
	return []finding{{sentence: fmt.Sprintf(format, args...)}}
}

func value(x float64) *float64 { return &x }

// gather runs every check and weighs what it found.
func gather(c *Case) (all []Evidence, answer Answer, err error) {
	answer = Judged
	for _, k := range checks() {
		found, err := k.run(c)
		if err != nil {
			return nil, "", fmt.Errorf("check %s of %s: %w", k.id, c.Claim.Name, err)
		}
		for _, f := range found {
			e, err := k.weigh(c.Model, f)
			if err != nil {
				return nil, "", fmt.Errorf("check %s of %s: %w", k.id, c.Claim.Name, err)
			}
			all = append(all, e)
			if f.answer != "" {
				answer = f.answer
			}
		}
	}
	return all, answer, nil
}

func (k check) weigh(m *score.Model, f finding) (Evidence, error) {
	e := Evidence{
		ID: k.id, Group: k.group, Method: k.method, Version: k.version,
		Ran: f.key != "", Finding: f.key, Value: f.value, Unit: f.unit,
		Sentence: f.sentence, Captures: f.captures,
		At: f.at[:min(len(f.at), maxAt)], Computed: f.log10LR,
	}
	if f.method != "" {
		e.Method = f.method
	}
	if !e.Ran {
		return e, nil
	}
	e.FalseAlarms, e.FittedOn = m.FalseAlarms(f.key), m.FittedOn(f.key)
	var err error
	if f.log10LR != nil {
		e.Log10LR, err = m.Computed(k.group, f.key, *f.log10LR)
	} else {
		e.Log10LR, err = m.Weight(k.group, f.key)
	}
	if e.Log10LR < 0 {
		e.Leaning = f.leaning
	}
	return e, err
}
