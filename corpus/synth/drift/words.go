package drift

import (
	"math/rand/v2"
	"strings"
)

// sentence is what somebody wrote on a day: one of some ten thousand.
func sentence(draw uint64) string {
	r := rand.New(rand.NewPCG(draw, 1))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	return pick("The office", "Our workshop", "The reading room", "The team", "The spring course", "The small hall", "The committee", "The new edition", "The map of paths", "Our newsletter") + " " +
		pick("opens again", "is closed", "moves next door", "has a new timetable", "was repaired", "is looking for helpers", "thanks all who came", "begins an hour later", "is ready to be fetched", "will be shown") + " " +
		pick("on Monday", "until the end of the month", "because of the works", "from next week on", "as long as there is room", "after the holidays", "in the afternoon", "for members and guests", "whatever the weather", "this time without a fee") + "; " +
		pick("please ring first", "details are at the door", "questions by letter or telephone", "bring warm clothes", "places are few", "the old rules hold", "children are welcome", "see the table below", "no booking is needed", "we are looking forward to it") + "."
}

// rewritten is text of about n bytes.
func rewritten(draw uint64, n int) string {
	var b strings.Builder
	for b.Len() < n-20 || b.Len() == 0 {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(sentence(draw))
		draw = draw*6364136223846793005 + 1442695040888963407
	}
	text := b.String()
	if cut := strings.LastIndexByte(text[:min(len(text), n+20)], ' '); cut > 0 && len(text) > n+20 {
		text = text[:cut] + "."
	}
	return text
}
