package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestFlagsMayStandBeforeOrBehindTheArgument(t *testing.T) {
	t.Parallel()
	want := []string{"defacecheck", "verify", "--url", "http://a.test/", "--json", "--out=o", "--", "x.png"}
	for name, line := range map[string]string{
		"before":  "verify --url http://a.test/ --json --out=o x.png",
		"behind":  "verify x.png --url http://a.test/ --json --out=o",
		"between": "verify --url http://a.test/ x.png --json --out=o",
		"dashes":  "verify --url http://a.test/ --json --out=o -- x.png",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := arrange((&program{}).app(), append([]string{"defacecheck"}, strings.Fields(line)...))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("arrange %q = %q, %v; want %q", line, got, err, want)
			}
		})
	}
}

func TestAfterTwoDashesNothingIsAFlag(t *testing.T) {
	t.Parallel()
	got, err := arrange((&program{}).app(), []string{"defacecheck", "inspect", "--", "--json"})
	want := []string{"defacecheck", "inspect", "--", "--json"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestArrangeFollowsSubcommands(t *testing.T) {
	t.Parallel()
	got, err := arrange((&program{}).app(), []string{"defacecheck", "archive", "list", "http://a.test/", "--archive", "a,b.warc"})
	want := []string{"defacecheck", "archive", "list", "--archive", "a,b.warc", "--", "http://a.test/"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestMistakesInFlagsAreNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, message, hint string }{
		{"an unknown flag brings the nearest", "verify x.png --clamed-at 2025-01-01", `no flag "--clamed-at"`, "--claimed-at"},
		{"a flag without its value", "verify x.png --url", "--url needs a value", ""},
		{"a flag given twice", "verify --url a --url b x.png", "--url is given twice", ""},
		{"a flag before the command", "--json verify x.png", "before any command", "behind the command"},
		{"a parent without subcommand", "archive", "needs a subcommand", "--help"},
		{"an unknown subcommand", "archive lst http://a.test/", `no command is called "lst"`, "list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := arrange((&program{}).app(), append([]string{"defacecheck"}, strings.Fields(c.line)...))
			var u *usageError
			if !errors.As(err, &u) || !strings.Contains(err.Error(), c.message) || !strings.Contains(hint(err), c.hint) {
				t.Errorf("arrange %q: %v (hint %q); want %q (hint %q)", c.line, err, hint(err), c.message, c.hint)
			}
		})
	}
}

func TestFlagsThatListMayBeRepeated(t *testing.T) {
	t.Parallel()
	line := "verify --archive a.warc --archive b.warc --resolve a:80:127.0.0.1 --resolve b:80:127.0.0.1 x.png"
	if _, err := arrange((&program{}).app(), append([]string{"defacecheck"}, strings.Fields(line)...)); err != nil {
		t.Error(err)
	}
}
