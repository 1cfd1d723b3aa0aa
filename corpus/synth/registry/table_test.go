package registry

import (
	"encoding/base64"
	"encoding/hex"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var siteName = regexp.MustCompile(`^[a-z0-9-]{2,50}$`)

func TestEverySiteOfTheListIsPinned(t *testing.T) {
	t.Parallel()
	all, err := Sites()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if !siteName.MatchString(e.Name) || !filepath.IsLocal(e.Root) {
			t.Errorf("%q in %q cannot be a folder", e.Name, e.Root)
		}
		p := e.Package
		switch p.Kind {
		case "npm":
			sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.Digest, "sha512-"))
			if err != nil || len(sum) != 64 || strings.LastIndex(p.Ref, "@") < 1 {
				t.Errorf("%s is not pinned: %v", e.Name, err)
			}
		case "deb":
			if sum, err := hex.DecodeString(p.Digest); err != nil || len(sum) != 32 || !strings.Contains(p.Ref, "=") {
				t.Errorf("%s is not pinned: %v", e.Name, err)
			}
		case own:
		default:
			t.Errorf("%s: %q is no kind", e.Name, p.Kind)
		}
		for _, page := range e.Pages {
			if !e.All() && (!filepath.IsLocal(page) || !isPage(page)) {
				t.Errorf("%s: %q is no page", e.Name, page)
			}
		}
	}
}

func TestTheListHasManySitesAndMostLookLikeThoseThatGetDefaced(t *testing.T) {
	t.Parallel()
	all, err := Sites()
	if err != nil {
		t.Fatal(err)
	}
	names, ofPackage, ofGroup := map[string]bool{}, map[string]int{}, map[string]int{}
	pages := map[string]bool{}
	for _, e := range all {
		names[e.Name] = true
		ofPackage[e.Package.Ref]++
		ofGroup[e.Group]++
		pages[e.Package.Ref+" "+e.Root+"/"+e.Main()] = true
		if n := ofPackage[e.Package.Ref]; n > 4 {
			t.Errorf("%d sites of %s", n, e.Package.Ref)
		}
	}
	if len(all) < 64 || len(names) != len(all) || len(pages) != len(all) {
		t.Errorf("%d sites, %d names, %d main pages", len(all), len(names), len(pages))
	}
	if public := ofGroup["business"] + ofGroup["shop"] + ofGroup["blog"] + ofGroup["portfolio"]; 2*public < len(all) {
		t.Errorf("%d of %d sites are such: %v", public, len(all), ofGroup)
	}
	if len(ofGroup) != 6 {
		t.Errorf("the groups are %v", ofGroup)
	}
}

func TestALineWithAFieldTooFewIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := parse("# a comment\na\tb\tnpm\tc@1\td\te\n"); err == nil {
		t.Error("it was read")
	}
}
