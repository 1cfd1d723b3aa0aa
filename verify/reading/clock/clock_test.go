package clock

import (
	"slices"
	"testing"
	"time"

	"github.com/defacecheck/defacecheck/verify/reading/readingtest"
)

func TestDatesAreReadInEveryOrderThatTheyCanMean(t *testing.T) {
	t.Parallel()
	d := func(y, m, day int) Date { return Date{y, m, day} }
	for text, want := range map[string][]Date{
		"3:45 PM\n10/8/2026":    {d(2026, 8, 10), d(2026, 10, 8)},
		"15:45\n25/12/2026":     {d(2026, 12, 25)},
		"15:45\n12/25/2026":     {d(2026, 12, 25)},
		"08.10.2026":            {d(2026, 10, 8)},
		"2026-10-08 15:45":      {d(2026, 10, 8)},
		"下午 3:45\n2026/10/8":    {d(2026, 10, 8)},
		"2026年10月8日 星期四":        {d(2026, 10, 8)},
		"10月8日 週四 15:45":        {d(0, 10, 8)},
		"Thu Oct 8 3:45 PM":     {d(0, 10, 8)},
		"Thu 08 Oct, 15:45":     {d(0, 10, 8)},
		"Kamis, 8 Oktober 2026": {d(2026, 10, 8)},
		"8 de outubro de 2026":  {d(2026, 10, 8)},
		"8 août 2026":           {d(2026, 8, 8)},
		"October 8, 2026":       {d(2026, 10, 8)},
		"8/10/2569":             {d(2026, 8, 10), d(2026, 10, 8)}, // as Thailand counts
		"05/06/26":              {d(2005, 6, 26), d(2026, 5, 6), d(2026, 6, 5)},
		"2026. 10. 8.":          nil, // a full stop behind it
		"31/02/2026":            nil,
		"29/02/2023":            nil,
		"16/07/1405":            nil, // another calendar
		"1O/8/2026":             nil,
		"10/8-2026":             nil,
		"110/8/2026":            nil,
		"v10/8/2026":            nil,
		"10/8/20261":            nil,
		"10/8/2026 11/8/2026":   nil,
		"Thu 8 Foo 2026":        nil,
		"Oct 15:45":             nil,
		"mar 8 oct 15:45":       nil, // Tuesday, or March
		"192.168.1.1":           nil,
		"10.8.2026.1":           nil,
		"3:45 PM":               nil,
		"":                      nil,
		"99/99/9999 年月日 30日 0/0/0 00月00日": nil,
	} {
		if got := parse(readingtest.Words(90, text)); !slices.Equal(got.Dates, want) {
			t.Errorf("%q: %+v, want %v", text, got, want)
		}
	}
}

func TestTimesOfDayAreThoseOfOneClock(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"3:45 PM": 945, "03:45 pm": 945, "3:45 a.m.": 225, "12:05 AM": 5, "12:05 PM": 725, "15:45": 945, "15:45:07": 945, "00:00": 0, "23:59": 1439,
		"24:00": -1, "15:60": -1, "13:45 PM": -1, "0:10 AM": -1, "15:45 16:45": -1, "115:45": -1, "1545": -1, "15.45": -1,
		"Thu Oct 8 3:45 PM": 945,
	} {
		if got := parse(readingtest.Words(90, text)).Minute; got != want {
			t.Errorf("%q: minute %d, want %d", text, got, want)
		}
	}
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestOnlyADateThatFitsNowhereOnEarthContradicts(t *testing.T) {
	t.Parallel()
	window := Span{at("2026-10-08 00:00"), at("2026-10-08 23:59")}
	about := About{Window: window, ReadAt: at("2026-12-01 00:00"), Slack: 72 * time.Hour}
	posted := about
	posted.Posted = Span{at("2026-10-08 18:00"), at("2026-10-08 18:00")}
	for name, c := range map[string]struct {
		one, two string
		sure     float64
		about    About
		want     Outcome
	}{
		"the claimed day":                  {"15:45\n2026-10-08", "", 90, about, Agrees},
		"the day after, east of us":        {"2026-10-09", "", 90, about, Agrees},
		"in the other order":               {"8/10/2026", "", 90, about, Agrees},
		"three days later":                 {"2026-10-11", "", 90, about, Near},
		"in spring":                        {"15:45\n2026-04-27", "", 90, about, Contradicts},
		"in spring, unsure":                {"2026-04-27", "", 60, about, Unsure},
		"in spring, read in two ways":      {"2026-04-27", "2026-04-21", 90, about, Unsure},
		"in spring, read once":             {"2026-04-27", "x", 90, about, Unsure},
		"one digit from the claimed day":   {"2025-10-08", "", 90, about, Unsure},
		"two digits from the claimed day":  {"2025-12-27", "", 90, about, Contradicts},
		"no year, in spring":               {"Wed Apr 22 15:45", "", 90, about, Contradicts},
		"no year, the claimed day":         {"Thu Oct 8 15:45", "", 90, about, Agrees},
		"ambiguous, one of both fits":      {"10/9/2026", "", 90, about, Agrees},
		"ambiguous, none fits":             {"2/4/2026", "", 90, about, Contradicts},
		"after the posting":                {"2026-10-12", "", 90, posted, Impossible},
		"long after the posting":           {"2026-11-23", "", 90, posted, Impossible},
		"after the posting, no year":       {"Nov 27 10:00", "", 90, posted, Contradicts},
		"after it was examined":            {"2030-04-22", "", 90, About{ReadAt: about.ReadAt}, Impossible},
		"after it was examined, or before": {"2/12/2026", "", 90, About{ReadAt: about.ReadAt}, Uncompared},
		"nothing to hold it against":       {"2026-04-22", "", 90, About{}, Uncompared},
		"a time of day alone":              {"15:45", "", 90, about, Alone},
		"a time of day in two ways":        {"15:45", "15:46", 90, about, Nothing},
		"nothing":                          {"ENG", "", 90, about, Nothing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			two := c.two
			if two == "" {
				two = c.one
			}
			if v := Judge([]Shown{parse(readingtest.Words(c.sure, c.one)), parse(readingtest.Words(c.sure, two))}, c.about); v.Outcome != c.want {
				t.Errorf("got %+v, want %s", v, c.want)
			}
		})
	}
}

func TestAThirdReadingDecidesOnlyWhereItDisagreesWithNobodySure(t *testing.T) {
	t.Parallel()
	about := About{Window: Span{at("2026-10-08 00:00"), at("2026-10-08 23:59")}}
	shown := func(sure float64, text string) Shown { return parse(readingtest.Words(sure, text)) }
	for name, c := range map[string]struct {
		all  []Shown
		want Outcome
	}{
		"two of three, the other unsure": {[]Shown{shown(90, "2026-10-08"), shown(30, "2026-16-08"), shown(80, "2026-10-08")}, Agrees},
		"two of three, the other sure":   {[]Shown{shown(90, "2026-10-08"), shown(90, "2026-10-06"), shown(80, "2026-10-08")}, Unsure},
		"two of three, the other blind":  {[]Shown{shown(90, "2026-04-27"), shown(90, "~"), shown(80, "2026-04-27")}, Contradicts},
		"one of three":                   {[]Shown{shown(90, "2026-04-27"), shown(90, "~"), shown(60, "2026-04-27")}, Unsure},
		"none":                           {nil, Nothing},
	} {
		if v := Judge(c.all, about); v.Outcome != c.want {
			t.Errorf("%s: %+v, want %s", name, v, c.want)
		}
	}
}

func TestTheTimeOfDayRulesOutZonesThatTheDateAloneDoesNot(t *testing.T) {
	t.Parallel()
	about := About{Window: Span{at("2026-10-14 00:00"), at("2026-10-14 23:59")}}
	for text, want := range map[string]Outcome{"2026-10-13 09:00": Contradicts, "2026-10-13": Agrees, "2026-10-13 13:00": Agrees} {
		if got, off := hold(parse(readingtest.Words(90, text)), about); got != want {
			t.Errorf("%s: %s by %v, want %s", text, got, off, want)
		}
	}
}

func FuzzClock(f *testing.F) {
	f.Add("3:45 PM\n10/8/2026", int64(1770000000))
	f.Add("2026年10月8日 11:59 PM", int64(0))
	f.Add("Oct 31 99:99", int64(-1))
	f.Fuzz(func(t *testing.T, text string, when int64) {
		s := parse(readingtest.Words(90, text))
		if s.Minute < -1 || s.Minute > 1439 {
			t.Fatalf("%+v", s)
		}
		for _, d := range s.Dates {
			if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > 31 || d.Year != 0 && (d.Year < firstYear || d.Year > lastYear) {
				t.Fatalf("%+v", s)
			}
		}
		w := time.Unix(when%4e9, 0).UTC()
		v := Judge([]Shown{s, s}, About{Window: Span{w, w}, ReadAt: w.AddDate(1, 0, 0)})
		if (v.Outcome == Contradicts || v.Outcome == Impossible) && (len(v.Shown.Dates) == 0 || v.Off <= 0) {
			t.Fatalf("%+v", v)
		}
	})
}
