package report

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

// normal returns a deep copy of r in which lists are empty rather than absent
// and metadata is generic, so that a result that was read back is no different
// from one that was just made.
func normal(r *verify.Result) (*verify.Result, error) {
	c, err := deepCopy(r)
	if err != nil {
		return nil, fmt.Errorf("encode result: %w", err)
	}
	c.Evidence = orEmpty(c.Evidence)
	c.Captures = orEmpty(c.Captures)
	c.Fits = orEmpty(c.Fits)
	c.TimeLine = orEmpty(c.TimeLine)
	c.Limits = orEmpty(c.Limits)
	c.Changes = orEmpty(c.Changes)
	c.Context = orEmpty(c.Context)
	c.Notes = orEmpty(c.Notes)
	if c.Versions.Methods == nil {
		c.Versions.Methods = map[string]string{}
	}
	for i := range c.Captures {
		if m := c.Captures[i].Match; m != nil && m.SetAside != nil {
			m.SetAside.Rects = orEmpty(m.SetAside.Rects)
		}
		if t := c.Captures[i].TLS; t != nil {
			t.SANs = orEmpty(t.SANs)
		}
	}
	return c, nil
}

func orEmpty[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// deepCopy goes through JSON, which is what metadata of any type has to pass
// anyway.
func deepCopy(r *verify.Result) (*verify.Result, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var c verify.Result
	if err := d.Decode(&c); err != nil {
		return nil, err
	}
	return &c, nil
}

// checkWords refuses a result with words that no view could explain.
func checkWords(r *verify.Result) error {
	switch {
	case !oneOf(r.Verdict.Word, words()...):
		return badWord("verdict word", r.Verdict.Word)
	case !oneOf(r.Verdict.Answer, verify.Judged, verify.PageNotSeen, verify.OrdinaryPage, verify.Shown):
		return badWord("answer", r.Verdict.Answer)
	case !oneOf(r.Verdict.Leaning, verify.NoLeaning, verify.Edited, verify.Misattributed):
		return badWord("leaning", r.Verdict.Leaning)
	}
	for _, c := range r.Captures {
		if err := checkCapture(c); err != nil {
			return err
		}
	}
	for _, f := range r.Fits {
		if !oneOf(f.Fitting, verify.FitsBest, verify.FitsAsWell, verify.FitsNot, verify.FitsUnknown) {
			return badWord("fitting", f.Fitting)
		}
	}
	return nil
}

func checkCapture(c verify.CaptureView) error {
	switch {
	case !oneOf(c.Kind, capture.Live, capture.Archive):
		return badWord("kind of capture", c.Kind)
	case !oneOf(c.Validity, capture.OK, capture.Blank, capture.Challenge, capture.Blocked,
		capture.ErrorPage, capture.Parked, capture.Unreachable, capture.Incomplete):
		return badWord("validity", c.Validity)
	case !oneOf(c.State, verify.Same, verify.Altered, verify.Other, verify.Uninformative, verify.NotCompared):
		return badWord("match state", c.State)
	}
	return nil
}

func oneOf[T ~string](v T, known ...T) bool {
	for _, k := range known {
		if v == k {
			return true
		}
	}
	return false
}

func badWord[T ~string](what string, v T) error {
	return fmt.Errorf("read result: %w: unknown %s %.60q", capture.ErrMalformed, what, string(v))
}
