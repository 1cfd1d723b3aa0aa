package verify

import (
	"context"
	"fmt"
	"image"
	"net/url"
	"slices"

	"golang.org/x/net/idna"

	"github.com/defacecheck/defacecheck/capture"
	"github.com/defacecheck/defacecheck/verify/reading/address"
)

// bar is what was read in the address bar of the picture.
type bar struct {
	at   Rect
	read address.Reading
}

// readAddress reads the address bar at a place, which is empty where the frame
// has none. What cannot be read is told as such.
func readAddress(ctx context.Context, c *Case, r Reader, at image.Rectangle) {
	if at.Empty() {
		return
	}
	got, err := address.Read(ctx, r, c.Picture.Image, at, c.hosts()...)
	if err != nil {
		c.Readout.unread.bar = whyUnread("the address bar in the picture", err)
		return
	}
	c.Readout.bar = &bar{rect(got.Part), got}
}

// checkAddress compares the host in the picture's address bar with the claim's.
// It abstains in doubt, see package address. A bar is easily painted, so that
// the right host says little; the wrong one was left in by somebody who took the
// picture elsewhere, or leads to a page that has moved.
func checkAddress(c *Case) ([]finding, error) {
	b := c.Readout.bar
	if why := c.Readout.unread.bar; why != "" {
		return notRun("%s", why), nil
	}
	if b == nil {
		return nil, nil
	}
	v := b.read.Judge(c.hosts()...)
	f := finding{key: "address." + string(v.Outcome), leaning: Misattributed, at: []Rect{b.at}}
	if v.Outcome != address.Nothing && v.Host.Confidence > 0 {
		f.value, f.unit = value(v.Host.Confidence), "confidence of the reading, of 100"
	}
	read, claimed, against := shownHost(v.Host.Name), shownHost(host(c.Claim.URL)), shownHost(v.Against)
	if v.Outcome == address.Unsure && v.Host.Name == "" {
		f.sentence = fmt.Sprintf("The picture's address bar was not compared with the claim, because %s is no name that can be: an address in numbers, a name in another script, or below a suffix that does not exist.", against)
		return []finding{f}, nil
	}
	switch v.Outcome {
	case address.Claimed:
		f.sentence = fmt.Sprintf("The address bar in the picture reads %s, the claimed host or one that it leads to. A bar is easily painted.", read)
	case address.Alike:
		f.sentence = fmt.Sprintf("The address bar in the picture reads %s, which %s", read, likeness(v, against))
	case address.Other:
		// What stands before the domain was read less surely.
		read = shownHost(v.Host.Domain)
		f.sentence = fmt.Sprintf("The address bar in the picture reads a host of %s, which is neither %s nor a host that any capture of the page led to.", read, claimed)
	case address.Unsure:
		f.sentence = "There is something in the picture's address bar that is not the claimed host to the letter, but it was not read surely enough to say what."
	default:
		f.sentence = "No host could be read in the picture's address bar."
	}
	if p := barPath(v); p != "" {
		f.sentence += " " + c.ofPath(p)
	}
	return []finding{f}, nil
}

// likeness ends a sentence on a name like the claimed one.
func likeness(v address.Verdict, against string) string {
	switch v.Likeness {
	case address.Letters:
		return fmt.Sprintf("is another name than %s, in letters that look like its own.", against)
	case address.Contains:
		return fmt.Sprintf("contains %s and is a host of another domain than %s. Services that translate or keep pages have such names, as have other sites of the same owner, and sites that want to be taken for this one. Look at the bar.", v.Held, against)
	}
	return fmt.Sprintf("looks like %s: the one misread, or a name made to look like it. Look at the bar.", against)
}

// hosts are those of the claim and of what its page led to.
func (c *Case) hosts() []string {
	all := []string{host(c.Claim.URL)}
	add := func(raw string) {
		if u, err := url.Parse(raw); err == nil && u.Hostname() != "" && !slices.Contains(all, u.Hostname()) {
			all = append(all, u.Hostname())
		}
	}
	for _, s := range c.Sightings {
		if s.Capture.Validity != capture.OK {
			continue
		}
		add(s.Capture.FinalURL)
		for _, r := range s.Capture.Redirects {
			add(r.To)
		}
	}
	return all
}

// shownHost is a host as a reader knows it, the punycode of an internationalised
// name beside it.
func shownHost(name string) string {
	u, err := idna.ToUnicode(name)
	if err != nil || u == name {
		return name
	}
	return u + " (" + name + ")"
}
