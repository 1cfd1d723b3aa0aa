package main

import (
	"fmt"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

// release is the version that CHANGELOG.md describes.
const release = "0.1.0"

// version names the release and, where the build knows it, the revision.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			revision = "+" + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = ".modified"
		}
	}
	if revision == "" {
		return release
	}
	return release + revision + dirty
}

func (p *program) versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: "print the version", HideHelpCommand: true,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("", "version takes no arguments")
			}
			_, err := fmt.Fprintln(p.stdout, "defacecheck", version())
			return err
		},
	}
}
