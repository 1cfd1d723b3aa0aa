package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/capture/archive"
)

// plan says who will be contacted, before anybody is.
func plan(page string, live bool, archives []archive.Archive, via string) string {
	var who []string
	if live {
		who = append(who, hostOf(page)+" (live, and what the page loads)")
	}
	for _, a := range archives {
		for _, host := range a.Contacts() {
			who = append(who, host+" (list of captures, and copies)")
		}
	}
	return contacted(who, via)
}

func contacted(who []string, via string) string {
	if len(who) == 0 {
		return "will contact: nobody"
	}
	if via != "" {
		via = ", all through the proxy " + via
	}
	return "will contact: " + strings.Join(who, ", ") + via
}

func hostOf(page string) string {
	u, err := url.Parse(page)
	if err != nil {
		return capture.Redact(page)
	}
	return u.Host
}

// via names the proxy of --proxy without its password.
func via(c *cli.Context) string {
	u, err := url.Parse(c.String("proxy"))
	if err != nil {
		return ""
	}
	return u.Host
}

// settings are the unusual ones in force, for the result: a reader must be
// able to see that the road to the page was not the ordinary one.
func settings(c *cli.Context) []string {
	var notes []string
	note := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if c.Bool("no-sandbox") {
		note("The browser ran without its sandbox.")
	}
	for _, s := range c.StringSlice("resolve") {
		note("A name was not resolved but taken as told (--resolve %s).", s)
	}
	for _, s := range c.StringSlice("allow-net") {
		note("Addresses of the network %s were permitted.", s)
	}
	if v := via(c); v != "" {
		note("Pages and archives were reached through the proxy %s.", v)
	}
	if f := c.String("trust-ca"); f != "" {
		note("Certificates of the user's own were accepted besides the system's.")
	}
	return notes
}
