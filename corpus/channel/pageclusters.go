package channel

import (
	"fmt"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// clusterView is a picture that was used again.
type clusterView struct {
	Cluster
	Shot                    thumb
	What, Said, Span, Where string
	Kin                     []string // what its other files are to the one that is shown
}

func newClusterView(c Cluster, shot thumb) clusterView {
	v := clusterView{Cluster: c, Shot: shot, What: wholeText(c.Relation), Said: plural(c.Messages, "message"), Span: spanText(c.First, c.Last),
		Where: strings.Join(c.Sites[:min(len(c.Sites), maxInline)], ", "), Kin: kinText(c)}
	if c.Claims != c.Messages {
		v.Said += " with " + plural(c.Claims, "claim")
	}
	if n := len(c.Sites) - maxInline; n > 0 {
		v.Where += fmt.Sprintf(" and %s", plural(n, "other"))
	}
	return v
}

// wholeText says what all files of a cluster are.
func wholeText(r Relation) string {
	switch r {
	case verify.IdenticalFile:
		return "One file"
	case verify.SameScreenshot:
		return "One screenshot"
	case NotCompared:
		return "Pictures that hash alike"
	}
	return "One page"
}

// kinText says what the other files of a cluster are to the one that was posted first.
func kinText(c Cluster) (all []string) {
	if c.Files == 1 {
		return []string{"the identical file each time"}
	}
	if n := c.Pictures[0].Claims - 1; n > 0 {
		all = append(all, "the identical file again in "+plural(n, "claim"))
	}
	for _, r := range []Relation{verify.SameScreenshot, verify.SamePage, verify.CannotTell, NotCompared} {
		n := 0
		for _, p := range c.Pictures[1:] {
			if p.Relation == r {
				n++
			}
		}
		if n > 0 {
			all = append(all, plural(n, "other file")+": "+relationText(r))
		}
	}
	return all
}

// relationText says what a picture is to another.
func relationText(r Relation) string {
	switch r {
	case verify.SamePage:
		return "another screenshot of the same page, or one whose frame was edited"
	case verify.CannotTell:
		return "the same page, by itself or through another of them; whether the same screenshot cannot be told"
	case NotCompared:
		return "alike by its hash; a file that could be compared is not there"
	}
	return "the " + string(r)
}

// returnText says of a claim which picture of those that return it has.
func returnText(c Claim) string {
	if c.Cluster == 0 {
		return ""
	}
	text := "picture " + number(c.Cluster) + " of those that return"
	if c.Relation != verify.IdenticalFile {
		text += ": " + relationText(c.Relation)
	}
	return text
}
