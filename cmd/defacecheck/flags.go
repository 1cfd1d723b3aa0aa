package main

import (
	"time"

	"github.com/urfave/cli/v2"
)

// defaultTimeout ends a run that waits for something that never comes. The
// slowest honest one is an archive that asks twice for two minutes' pause.
const defaultTimeout = 15 * time.Minute

// netFlags say how pages are reached.
func netFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "resolve", Usage: "take `HOST:PORT:ADDR` in place of DNS and permit that address; may be repeated"},
		&cli.StringSliceFlag{Name: "allow-net", Usage: "permit addresses of `CIDR`, such as an intranet's; may be repeated"},
		&cli.StringFlag{Name: "proxy", Usage: "go out through `URL`: socks5://, socks5h:// or http:// with host and port"},
		&cli.StringFlag{Name: "trust-ca", Usage: "accept the certificates in the PEM `FILE` besides the system's"},
	}
}

// browserFlags say how pages are rendered.
func browserFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "browser", Usage: "use the Chrome or Chromium at `PATH`; otherwise the usual places are searched"},
		&cli.BoolFlag{Name: "no-sandbox", Usage: "run the browser without its sandbox: a hostile page is then one defect nearer to this machine"},
	}
}

// archiveFlags say whose captures are asked for.
func archiveFlags(without string) []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "archive", Usage: "ask the archive `SPEC`: a .warc, .warc.gz or .wacz file, a directory of them, " +
			"wayback, wayback+BASEURL or memento+BASEURL; may be repeated; " + without},
		&cli.StringFlag{Name: "cache", Usage: "keep answers of archives in `DIR`; \"\" keeps none (default: below the user's cache directory)"},
	}
}

// commonFlags are those of every command that takes its time.
func commonFlags() []cli.Flag {
	return []cli.Flag{
		&cli.DurationFlag{Name: "timeout", Value: defaultTimeout, Usage: "give up after `DURATION`; 0 never does"},
		&cli.StringFlag{Name: "log-level", Usage: "write a log to stderr from `LEVEL` on: debug, info, warn or error"},
	}
}

func jsonFlag() cli.Flag {
	return &cli.BoolFlag{Name: "json", Usage: "print one JSON document on stdout and nothing else there"}
}
