package verify

import (
	"context"
	"strings"
	"testing"

	"github.com/defacecheck/defacecheck/verify/imprint"
	"github.com/defacecheck/defacecheck/verify/metadata"
)

type noPrecedents struct{}

func (noPrecedents) Find(context.Context, string, imprint.Imprint) ([]Precedent, error) {
	return nil, nil
}

func TestAnEarlierClaimIsToldAndWeighsNothing(t *testing.T) {
	for name, tc := range map[string]struct {
		earlier []Precedent
		key     string
		says    string
	}{
		"none":                 {nil, "corpus.new", "no earlier claim"},
		"the same claim again": {[]Precedent{{URL: "http://town.example/", Identical: true}}, "corpus.same_url", "this very file"},
		"the file for another": {[]Precedent{{URL: "http://other.example/", Identical: true}}, "corpus.other_url", "other.example"},
		"perhaps a copy of it": {[]Precedent{{URL: "http://other.example/", Bits: 12}}, "corpus.other_url", "may be a copy"},
	} {
		c := caseOf(t, "2026-03-10 12:00")
		c.Precedents, c.Earlier = noPrecedents{}, tc.earlier
		found, err := checkCorpus(c)
		if err != nil || found[0].key != tc.key || !strings.Contains(found[0].sentence, tc.says) {
			t.Errorf("%s: %+v %v", name, found, err)
			continue
		}
		if lr, err := c.Model.Weight(groupCorpus, found[0].key); err != nil || lr != 0 {
			t.Errorf("%s weighs %v (%v)", name, lr, err)
		}
	}
}

// TestOnlyAScreenshotOfAnotherAddressOrMomentCountsAgainst: all else, and above all another screenshot of
// the same defacement page, weighs nothing.
func TestOnlyAScreenshotOfAnotherAddressOrMomentCountsAgainst(t *testing.T) {
	on := func(s string) Span { return Span{at(s), at(s)} }
	before, late := on("2026-02-01 12:00"), on("2026-03-10 11:30")
	other := "http://other.example/"
	for name, tc := range map[string]struct {
		p   Precedent
		key string
	}{
		"for another address before":        {Precedent{URL: other, Posted: before, Relation: CannotTell, Address: true}, "corpus.recycled_other_url"},
		"the file for another before":       {Precedent{URL: other, Posted: before, Relation: IdenticalFile, Identical: true, Address: true}, "corpus.recycled_other_url"},
		"with its clock before":             {Precedent{URL: "http://www.town.example/x", Posted: before, Relation: SameScreenshot, Address: true, Clock: true}, "corpus.recycled_before"},
		"for another host of the site":      {Precedent{URL: "http://portal.town.example:8080/", Posted: before, Relation: CannotTell, Address: true}, "corpus.other_url"},
		"for another in the same hour":      {Precedent{URL: other, Posted: late, Relation: SameScreenshot, Address: true, Clock: true}, "corpus.other_url"},
		"for another, at no known time":     {Precedent{URL: other, Relation: SameScreenshot, Address: true, Clock: true}, "corpus.other_url"},
		"a bare file for another":           {Precedent{URL: other, Posted: before, Relation: IdenticalFile, Identical: true}, "corpus.other_url"},
		"a bare picture of the page":        {Precedent{URL: other, Posted: before, Relation: CannotTell}, "corpus.other_url"},
		"another screenshot of the page":    {Precedent{URL: other, Posted: before, Relation: SamePage}, "corpus.same_page"},
		"the same window without a clock":   {Precedent{URL: "http://town.example/", Posted: before, Relation: CannotTell, Address: true}, "corpus.same_url"},
		"a picture that turned out another": {Precedent{URL: other, Posted: before, Relation: Different}, "corpus.new"},
	} {
		c := caseOf(t, "2026-03-10 12:00")
		c.Claim.PostedAt = on("2026-03-10 12:00")
		c.Precedents, c.Earlier = noPrecedents{}, []Precedent{tc.p}
		found, err := checkCorpus(c)
		if err != nil || found[0].key != tc.key {
			t.Errorf("%s: %+v %v", name, found, err)
			continue
		}
		lr, err := c.Model.Weight(groupCorpus, found[0].key)
		if against := strings.Contains(tc.key, "recycled"); err != nil || against != (lr < 0) {
			t.Errorf("%s weighs %v (%v)", name, lr, err)
		}
	}
}

func TestWithoutACorpusTheCheckDidNotRun(t *testing.T) {
	found, err := checkCorpus(caseOf(t, "2026-03-10 12:00"))
	if err != nil || found[0].key != "" || found[0].sentence == "" {
		t.Errorf("%+v %v", found, err)
	}
}

func TestTheModelKnowsEveryFindingThatChecksCanMake(t *testing.T) {
	c := caseOf(t, "2026-03-10 12:00")
	for _, key := range []string{
		"witness.archive_same", "witness.archive_same_far", "witness.archive_same_alone",
		"witness.live_same", "witness.live_same_far", "witness.live_same_alone",
		"witness.resembles", "witness.other_time", "witness.ordinary_page", "witness.not_seen",
		"witness.same_in_part", "witness.same_but_little",
		"brackets.ordinary", "version.old_copy", "version.old_part", "version.nearest", "metadata.nothing",
		"corpus.new", "corpus.same_url", "corpus.other_url", "corpus.same_page", "corpus.recycled_other_url", "corpus.recycled_before",
	} {
		if _, ok := c.Model.Findings[key]; !ok {
			t.Errorf("the model has no %s", key)
		}
	}
	for _, key := range metadataKeys() {
		if _, ok := c.Model.Findings[key]; !ok {
			t.Errorf("the model has no %s", key)
		}
	}
}

func metadataKeys() []string {
	return []string{
		metadata.KeyEditor, metadata.KeyGenerator, metadata.KeyConverter, metadata.KeyEditHistory,
		metadata.KeyTimeImpossible, metadata.KeyTimeConflict, metadata.KeyTimesDiffer, metadata.KeyTimeAgrees, metadata.KeyResavedLater,
		metadata.KeyDirectCapture, metadata.KeyBrowserEncoder, metadata.KeyWindowsEncoder, metadata.KeyReencoded,
		metadata.KeyRewritten, metadata.KeyTrailingData, metadata.KeyProvenance, metadata.KeyExtension,
	}
}
