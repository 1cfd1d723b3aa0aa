package clock

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/defacecheck/defacecheck/verify/reading"
)

// Date is a day as a clock shows it, in the Gregorian calendar.
type Date struct {
	Year, Month, Day int // Year 0 when it was not written
}

// Shown is what a clock shows.
type Shown struct {
	Text       string  // the date as it was read; "" when none was
	Dates      []Date  // what the date can mean: several where day and month can be taken for each other
	Minute     int     // of the day, from 0; -1 when no time of day was read
	Confidence float64 // the least of the words of the date, 0 to 100
}

// parse finds date and time of day in the words of a clock. Only what stands
// alone between spaces and follows a form to the letter counts, and of two
// different dates none does.
func parse(words []reading.Word) Shown {
	s := Shown{Minute: -1}
	for _, line := range linesOf(words) {
		if m := timeIn(line.text); s.Minute < 0 {
			s.Minute = m
		}
		for _, found := range datesIn(line.text) {
			if s.Text != "" && !slices.Equal(s.Dates, found.dates) {
				return Shown{Minute: s.Minute}
			}
			s.Text, s.Dates = found.text, found.dates
			s.Confidence = line.least(found.from, found.to)
		}
	}
	return s
}

// line is one line of text and where its words end in it.
type line struct {
	text  string
	words []reading.Word
	ends  []int
}

func linesOf(words []reading.Word) []line {
	var all []line
	last := -1
	for _, w := range words {
		if len(all) == 0 || w.Line != last {
			all = append(all, line{})
			last = w.Line
		}
		l := &all[len(all)-1]
		if len(l.words) > 0 {
			l.text += " "
		}
		l.text += w.Text
		l.words, l.ends = append(l.words, w), append(l.ends, len(l.text))
	}
	return all
}

// least is the least confidence of the words between two bytes of the line.
func (l line) least(from, to int) float64 {
	least, begin := 100.0, 0
	for i, end := range l.ends {
		if begin < to && end > from {
			least = min(least, l.words[i].Confidence)
		}
		begin = end + 1
	}
	return least
}

// The forms of dates: figures with two separators, Chinese and Japanese, and
// names of months before or behind the day.
var (
	figures  = regexp.MustCompile(`(\d{1,4})([-/.]) ?(\d{1,2})([-/.]) ?(\d{1,4})`)
	han      = regexp.MustCompile(`(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?日`)
	dayFirst = regexp.MustCompile(`(\d{1,2})(?:st|nd|rd|th|\.)? (?:de )?(\p{L}{3,})\.?,?(?: (?:de )?(\d{4}))?`)
	dayLast  = regexp.MustCompile(`(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?`)
	hours    = regexp.MustCompile(`(?i)(\d{1,2}):(\d{2})(?::\d{2})?(?: ?([ap])\.?m\.?)?`)
)

// found is a date in a line of text.
type found struct {
	text     string
	from, to int
	dates    []Date
}

func datesIn(text string) []found {
	var all []found
	add := func(m []int, dates []Date) {
		if m != nil && alone(text, m[0], m[1]) && len(dates) > 0 {
			all = append(all, found{text[m[0]:m[1]], m[0], m[1], dates})
		}
	}
	for _, m := range figures.FindAllStringSubmatchIndex(text, -1) {
		add(m, numeric(group(text, m)))
	}
	for _, m := range han.FindAllStringSubmatchIndex(text, -1) {
		g := group(text, m)
		add(m, readings(Date{number(g[1]), number(g[2]), number(g[3])}))
	}
	for _, m := range dayFirst.FindAllStringSubmatchIndex(text, -1) {
		g := group(text, m)
		add(m, readings(Date{number(g[3]), monthOf(g[2]), number(g[1])}))
	}
	for _, m := range dayLast.FindAllStringSubmatchIndex(text, -1) {
		g := group(text, m)
		add(m, readings(Date{number(g[3]), monthOf(g[1]), number(g[2])}))
	}
	return all
}

func group(text string, m []int) []string {
	out := make([]string, len(m)/2)
	for i := range out {
		if m[2*i] >= 0 {
			out[i] = text[m[2*i]:m[2*i+1]]
		}
	}
	return out
}

// alone says whether nothing but spaces, a comma or a bracket stands next to a
// part of the text: half a number is no date.
func alone(text string, from, to int) bool {
	before, after := text[:from], text[to:]
	return (before == "" || strings.HasSuffix(before, " ") || strings.HasSuffix(before, "(")) &&
		(after == "" || strings.ContainsAny(after[:1], " ,()") || strings.HasPrefix(after, "星") || strings.HasPrefix(after, "週") || strings.HasPrefix(after, "周"))
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// numeric gives what a date in figures can mean. A year of four digits stands
// first or last; one of two digits, too. Points part day from month in that
// order, slashes and dashes in both.
func numeric(g []string) []Date {
	if g[2] != g[4] {
		return nil
	}
	a, b, c := number(g[1]), number(g[3]), number(g[5])
	switch {
	case len(g[1]) == 4 && len(g[5]) <= 2:
		return readings(Date{a, b, c})
	case len(g[1]) > 2 || len(g[5]) != 2 && len(g[5]) != 4:
		return nil
	}
	all := []Date{{c, b, a}}
	if g[2] != "." {
		all = append(all, Date{c, a, b})
	}
	if len(g[5]) == 2 {
		for i := range all {
			all[i].Year += century
		}
		if len(g[1]) == 2 {
			all = append(all, Date{century + a, b, c})
		}
	}
	return readings(all...)
}

const (
	// century is what a year of two digits is counted from.
	century = 2000
	// buddhist is how far the years of Thailand's calendar are ahead, in which
	// its desktops write dates.
	buddhist = 543
	// firstYear and lastYear bound what is a year; others are misread or of
	// another calendar.
	firstYear, lastYear = 1995, 2100
)

// readings keeps of several dates those that exist, sorted and each once.
func readings(all ...Date) []Date {
	var out []Date
	for _, d := range all {
		if d.Year >= firstYear+buddhist {
			d.Year -= buddhist
		}
		if d.Year != 0 && (d.Year < firstYear || d.Year > lastYear) {
			continue
		}
		year := cmp.Or(d.Year, 2024) // a leap year
		t := time.Date(year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
		if int(t.Month()) == d.Month && t.Day() == d.Day {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Date) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
	})
	return slices.Compact(out)
}

// timeIn is the minute of the day that a line shows, -1 where it shows none or
// several.
func timeIn(text string) int {
	all := hours.FindAllStringSubmatchIndex(text, -1)
	if len(all) != 1 || !alone(text, all[0][0], all[0][1]) {
		return -1
	}
	g := group(text, all[0])
	h, m := number(g[1]), number(g[2])
	switch half := strings.ToLower(g[3]); {
	case half != "" && (h < 1 || h > 12):
		return -1
	case half == "p":
		h = h%12 + 12
	case half == "a":
		h %= 12
	}
	if h > 23 || m > 59 {
		return -1
	}
	return 60*h + m
}
