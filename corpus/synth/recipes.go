package synth

import (
	"slices"
	"strings"

	"github.com/defacecheck/defacecheck/verify"
)

// recipes are the claims of the demonstration, by name.
func recipes() []recipe {
	list := slices.Concat(honest(), forged(), unclear())
	slices.SortFunc(list, func(x, y recipe) int { return strings.Compare(x.claim.Name, y.claim.Name) })
	return list
}

// honest are pictures of what was served, with a witness.
func honest() []recipe {
	return []recipe{
		{
			claim: Claim{Name: "a-witnessed", Title: "The start page was replaced; an archive saw it, and the site is restored",
				ClaimedAt: "2026-10-17", PostedAt: "2026-10-17T22:30:00Z", Truth: Genuine,
				Expect: expect("an archive's own capture of that evening shows the same page", verify.Judged, none(), verify.Supported)},
			making: served, of: State{TownHost, at(2026, 10, 17, 21, 41), Full},
			pose:  pose{width: 1440, height: 816, scale: 1},
			frame: &frame{title: "~ Paper Kite Crew ~ hole in the fence ~"}, live: Ordinary,
			archive: append(base(), town(at(2026, 10, 16, 8, 12), Ordinary), town(at(2026, 10, 17, 21, 52), Full), town(at(2026, 10, 18, 9, 5), Ordinary)),
		},
		{
			claim: Claim{Name: "b-partial", Title: "The news were replaced, the rest of the page was left; an archive saw it",
				ClaimedAt: "2026-08-05", PostedAt: "2026-08-05T15:10:00Z", Truth: Genuine,
				Expect: expect("an archive's own capture of that noon shows the message in the same place", verify.Judged, none(), verify.Supported)},
			making: served, of: State{TownHost, at(2026, 8, 5, 13, 5), Partial},
			pose: pose{width: 1280, height: 720, scale: 1, scrollY: 330}, jpeg: 85, live: Ordinary,
			archive: append(base(), town(at(2026, 8, 4, 10, 5), Ordinary), town(at(2026, 8, 5, 13, 20), Partial), town(at(2026, 8, 6, 9, 40), Ordinary)),
		},
		{
			claim: Claim{Name: "g-still-live", Title: "The start page is replaced and still is; nobody archived the site",
				ClaimedAt: "2026-11-21T20:15:00Z", PostedAt: "2026-11-21T21:00:00Z", Truth: Genuine,
				Expect: expect("the page itself shows the picture; what it ordinarily shows nobody kept", verify.Shown, none(), verify.Supported)},
			making: served, of: State{TownHost, at(2026, 11, 21, 20, 15), Full},
			pose: pose{width: 1280, height: 720, scale: 1}, live: Full, archive: elsewhere(),
		},
	}
}

// forged are altered pictures, with captures that tell.
func forged() []recipe {
	return []recipe{
		{
			claim: Claim{Name: "c-spliced-tight", Title: "A message pasted over the news, between two captures an hour apart",
				ClaimedAt: "2026-10-08T19:30:00Z", PostedAt: "2026-10-08T20:40:00Z", Truth: Edited,
				Expect: expect("the page was ordinary 25 minutes before and 35 minutes after, and a defacement is rarely so short",
					verify.Judged, []verify.Leaning{verify.Edited}, verify.LeansFalse, verify.Contradicted)},
			making: spliced, of: State{TownHost, at(2026, 10, 8, 19, 30), Ordinary},
			pose: pose{width: 1440, height: 900, scale: 1, scrollY: 420}, live: Ordinary,
			archive: append(around(), town(at(2026, 10, 8, 19, 5), Ordinary), town(at(2026, 10, 8, 20, 5), Ordinary)),
		},
		{
			claim: Claim{Name: "d-spliced-old", Title: "A message pasted on a picture of a design that was gone for a year",
				ClaimedAt: "2026-10-08", PostedAt: "2026-10-08T22:15:00Z", Truth: Edited,
				Expect: expect("the untouched part is the design of 2024, and captures on both sides of the day show the new one",
					verify.Judged, []verify.Leaning{verify.Edited}, verify.Contradicted)},
			making: spliced, of: State{TownHost, at(2024, 9, 20, 10, 0), Ordinary},
			pose: pose{width: 1280, height: 800, scale: 1, scrollY: 60}, jpeg: 85, live: Ordinary, archive: around(),
		},
	}
}

// unclear are claims for or against which little can be known, and the
// ordinary page.
func unclear() []recipe {
	return []recipe{
		{
			claim: Claim{Name: "e-developer-tools", Title: "The news rewritten in the claimant's own browser; no capture for months around",
				ClaimedAt: "2026-07-14T18:20:00Z", PostedAt: "2026-07-14T19:00:00Z", Truth: Edited,
				Expect: expect("nobody saw the page in those months, and the picture bears no trace", verify.Judged, anyLeaning(), verify.Inconclusive)},
			making: inPage, of: State{TownHost, at(2026, 7, 14, 18, 20), Ordinary},
			pose:  pose{width: 1536, height: 732, scale: 1.25, scrollY: 400},
			frame: &frame{title: "Mirebrook: the town between mill and moor", taskBar: true}, live: Ordinary, archive: sparse(),
		},
		{
			claim: Claim{Name: "f-ordinary", Title: "The ordinary page, posted as if it were defaced",
				ClaimedAt: "2026-11-21", PostedAt: "2026-11-21T17:05:00Z", Truth: NotDefaced,
				Expect: expect("the picture shows what the site always shows", verify.OrdinaryPage, none(),
					verify.Inconclusive, verify.LeansGenuine, verify.Supported)},
			making: served, of: State{TownHost, at(2026, 11, 21, 16, 35), Ordinary},
			pose:  pose{width: 1600, height: 816, scale: 1},
			frame: &frame{title: "Mirebrook: the town between mill and moor"}, live: Ordinary,
			archive: append(base(), town(at(2026, 11, 20, 3, 15), Ordinary)),
		},
		{
			claim: Claim{Name: "h-other-site", Title: "A defacement of the sports club next door, claimed for the town",
				ClaimedAt: "2026-10-24", PostedAt: "2026-10-24T23:20:00Z", Truth: Misattributed,
				Expect: expect("nothing in the picture is the town's, but for seven weeks nobody looked",
					verify.Judged, anyLeaning(), verify.Inconclusive, verify.LeansFalse)},
			making: served, of: State{ClubHost, at(2026, 10, 24, 22, 10), Partial},
			pose: pose{width: 1440, height: 860, scale: 1}, live: Ordinary, archive: base(),
		},
		{
			claim: Claim{Name: "i-unreachable", Title: "The site does not answer, and nobody archived it",
				ClaimedAt: "2026-10-30", PostedAt: "2026-10-30T21:30:00Z", Truth: Genuine,
				Expect: expect("there is nothing to put beside the picture", verify.PageNotSeen, none(), verify.Inconclusive)},
			making: served, of: State{TownHost, at(2026, 10, 30, 20, 0), Full},
			pose: pose{width: 1280, height: 640, scale: 1.25}, jpeg: 85, live: Gone, archive: elsewhere(),
		},
	}
}
