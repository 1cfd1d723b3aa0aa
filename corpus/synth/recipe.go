package synth

import (
	"fmt"
	"time"

	"github.com/defacecheck/defacecheck/verify"
)

// making is how a claim's picture comes about.
type making string

const (
	served  making = "served"             // the browser's picture of what was served
	spliced making = "spliced"            // a region of another rendering pasted over the news
	inPage  making = "edited in the page" // elements altered as with developer tools
)

// recipe is a claim before it is made.
type recipe struct {
	claim   Claim // Name, Title, ClaimedAt, PostedAt, Truth and Expect
	making  making
	of      State // what the picture shows, or is made from
	pose    pose  // width, height, scale and scroll
	frame   *frame
	jpeg    int // quality; 0 writes PNG
	archive []visit
	live    Look
}

// visit is one capture of the archives.
type visit struct {
	State
	path string
}

// townURL is the page that every claim is about.
func townURL() string { return siteURL(TownHost, "/") }

func siteURL(host, path string) string { return fmt.Sprintf("http://%s:%d%s", host, Port, path) }

// Now is the moment at which the claims of the set are to be judged: the
// latest of their dates is eleven hours earlier.
func Now() time.Time { return at(2026, 11, 22, 9, 0) }

func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
}

func town(t time.Time, l Look) visit { return visit{State{TownHost, t, l}, "/"} }

// sparse are the ordinary captures of three years, those of the last summer
// left out.
func sparse() []visit {
	return []visit{
		town(at(2024, 3, 12, 4, 31), Ordinary), town(at(2024, 9, 18, 11, 2), Ordinary),
		town(at(2025, 6, 2, 17, 45), Ordinary), town(at(2026, 3, 9, 6, 18), Ordinary),
		town(at(2026, 11, 16, 2, 50), Ordinary),
	}
}

// base are all ordinary captures, and some of an inner page.
func base() []visit {
	return append(sparse(),
		town(at(2026, 6, 22, 22, 9), Ordinary), town(at(2026, 9, 30, 15, 37), Ordinary),
		visit{State{TownHost, at(2024, 9, 18, 11, 4), Ordinary}, "/council/"},
		visit{State{TownHost, at(2026, 9, 30, 15, 40), Ordinary}, "/council/"})
}

// elsewhere is an archive that knows the neighbours and not the town.
func elsewhere() []visit {
	return []visit{
		{State{ClubHost, at(2026, 10, 12, 9, 25), Ordinary}, "/"},
		{State{ClubHost, at(2026, 11, 18, 20, 44), Ordinary}, "/"},
	}
}

// around are captures of one autumn day and its neighbours, hours from the
// moment that two forgeries claim.
func around() []visit {
	return append(base(), town(at(2026, 10, 8, 6, 10), Ordinary), town(at(2026, 10, 9, 7, 35), Ordinary))
}

func expect(why string, answer verify.Answer, leanings []verify.Leaning, words ...verify.Word) Expect {
	return Expect{Words: words, Answers: []verify.Answer{answer}, Leanings: leanings, Why: why}
}

// The leanings that several recipes accept.
func none() []verify.Leaning { return []verify.Leaning{verify.NoLeaning} }

func anyLeaning() []verify.Leaning {
	return []verify.Leaning{verify.NoLeaning, verify.Edited, verify.Misattributed}
}
