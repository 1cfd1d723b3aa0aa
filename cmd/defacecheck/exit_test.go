package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify"
)

func TestEveryVerdictWordHasItsExitCode(t *testing.T) {
	t.Parallel()
	for word, want := range map[verify.Word]int{
		verify.Supported: 0, verify.LeansGenuine: 0, verify.Inconclusive: 4,
		verify.LeansFalse: 3, verify.Contradicted: 3,
	} {
		if got := verdictCode(word); got != want {
			t.Errorf("%s: exit code %d, want %d", word, got, want)
		}
	}
}

func TestEveryKindOfErrorHasItsExitCodeAndHint(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(t.Context())
	end()
	for _, c := range []struct {
		name  string
		ctx   context.Context
		err   error
		code  int
		lines string
	}{
		{"a failure", t.Context(), fmt.Errorf("open x: %w", capture.ErrMalformed), 1, "defacecheck: open x: malformed\n"},
		{"a failure with advice", t.Context(), fmt.Errorf("start: %w", capture.ErrNoBrowser), 1, "hint: install"},
		{"a mistake", t.Context(), usage("do so", "bad flag"), 2, "defacecheck: bad flag\ndefacecheck: hint: do so\n"},
		{"a mistake from deeper down", t.Context(), fmt.Errorf("x: %w", usage("", "bad flag")), 2, "x: bad flag"},
		{"too long", t.Context(), fmt.Errorf("%w: y", tooLong{3}), 1, "--timeout"},
		{"interrupted, whatever else failed", ended, usage("", "bad flag"), 130, "defacecheck: interrupted\n"},
		{"text that steers a terminal", t.Context(), fmt.Errorf("title \x1b[2J\u202e"), 1, "‹U+001B›[2J‹U+202E›"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			p := &program{stderr: &stderr}
			if code := p.fail(c.ctx, c.err); code != c.code || !strings.Contains(stderr.String(), c.lines) {
				t.Errorf("exit code %d, want %d; printed %q, want %q", code, c.code, stderr.String(), c.lines)
			}
		})
	}
}
