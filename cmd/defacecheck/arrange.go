package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange puts a command's flags before its arguments, because the parser
// silently takes flags after the first argument for arguments, and refuses
// what the parser would explain badly: unknown flags, flags without a value,
// and a flag given twice of which only the last would count. "--" ends the
// flags.
func arrange(app *cli.App, args []string) ([]string, error) {
	path, rest, cmd := descend(app, args)
	if cmd == nil {
		return args, checkRoot(app, rest)
	}
	if len(cmd.Subcommands) > 0 && !(cmd.Action != nil && leadsFlags(rest)) {
		return args, checkParent(cmd, rest)
	}
	flags, words, err := split(cmd, rest)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(flags, isHelp) {
		return append(path, "--help"), nil // with arguments, the parser takes them for topics
	}
	out := append(path, flags...)
	return append(append(out, "--"), words...), nil
}

// descend follows command names as far as they go.
func descend(app *cli.App, args []string) (path, rest []string, cmd *cli.Command) {
	path, rest = append(path, args[:1]...), args[1:]
	for known := app.Commands; len(rest) > 0; known = cmd.Subcommands {
		next := find(known, rest[0])
		if next == nil {
			break
		}
		cmd, path, rest = next, append(path, rest[0]), rest[1:]
	}
	return path, rest, cmd
}

func find(known []*cli.Command, name string) *cli.Command {
	for _, c := range known {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// leadsFlags says whether what follows a command that does something by itself are its
// own flags and no subcommand.
func leadsFlags(rest []string) bool { return len(rest) == 0 || isFlag(rest[0]) }

// checkRoot looks at what stands where a command should.
func checkRoot(app *cli.App, rest []string) error {
	if len(rest) == 0 || !isFlag(rest[0]) {
		return nil // noCommand answers
	}
	switch strings.TrimLeft(rest[0], "-") {
	case "help", "h", "version", "v":
		return nil
	}
	return usage("flags stand behind the command: defacecheck verify "+rest[0]+" ...",
		"flag %s before any command", rest[0])
}

// checkParent looks at what stands where a subcommand should.
func checkParent(cmd *cli.Command, rest []string) error {
	switch {
	case len(rest) == 0:
		return usage(`"defacecheck `+cmd.Name+` --help" lists them`, "%s needs a subcommand", cmd.Name)
	case !isFlag(rest[0]):
		return unknownCommand(cmd.Subcommands, rest[0])
	}
	return nil
}

// split parts flags with their values from the other words.
func split(cmd *cli.Command, rest []string) (flags, words []string, err error) {
	seen := map[string]bool{}
	for i := 0; i < len(rest); i++ {
		word := rest[i]
		if word == "--" {
			return flags, append(words, rest[i+1:]...), nil
		}
		if !isFlag(word) {
			words = append(words, word)
			continue
		}
		needs, err := checkFlag(cmd, word, seen)
		if err != nil {
			return nil, nil, err
		}
		flags = append(flags, word)
		if !needs {
			continue
		}
		if i++; i == len(rest) {
			return nil, nil, usage("", "flag %s needs a value", word)
		}
		flags = append(flags, rest[i])
	}
	return flags, words, nil
}

func isFlag(word string) bool { return len(word) > 1 && word[0] == '-' }

func isHelp(word string) bool {
	return word == "--help" || word == "-help" || word == "-h" || word == "--h"
}

// checkFlag says whether the flag takes the next word as its value.
func checkFlag(cmd *cli.Command, word string, seen map[string]bool) (needsValue bool, err error) {
	name, _, hasValue := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(word, "-"), "-"), "=")
	if isHelp(word) {
		return false, nil
	}
	f := findFlag(cmd, name)
	if f == nil {
		return false, usage("the nearest is "+cli.SuggestFlag(cmd.Flags, name, false), "%s has no flag %q", cmd.Name, "--"+name)
	}
	long := f.Names()[0]
	if _, many := f.(*cli.StringSliceFlag); seen[long] && !many {
		return false, usage("", "flag --%s is given twice", long)
	}
	seen[long] = true
	_, isBool := f.(*cli.BoolFlag)
	return !isBool && !hasValue, nil
}

func findFlag(cmd *cli.Command, name string) cli.Flag {
	for _, f := range cmd.Flags {
		for _, n := range f.Names() {
			if n == name {
				return f
			}
		}
	}
	return nil
}
